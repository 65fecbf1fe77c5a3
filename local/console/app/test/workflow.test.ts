import {readFileSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import type {Machine} from 'asl-verify/definition'
import {type HistoryEvent, judgeVisit, stateStanding, listVisits} from '../pages/workflow/history'
import {listItems} from '../pages/workflow/items'
import {draw} from '../pages/workflow/layout'
import {findMap, listStates, listWays} from '../pages/workflow/machine'

const nested: Machine = {
  StartAt: 'Look',
  States: {
    Look: {Type: 'Choice', Choices: [{Next: 'Each'}], Default: 'Done'},
    Each: {
      Type: 'Map', Next: 'Both', Catch: [{ErrorEquals: ['States.ALL'], Next: 'Done'}],
      ItemProcessor: {StartAt: 'Part', States: {Part: {Type: 'Task', Next: 'Check'}, Check: {Type: 'Pass', End: true}}}
    },
    Both: {Type: 'Parallel', Next: 'Done', Branches: [{StartAt: 'Left', States: {Left: {Type: 'Pass', End: true}}}, {StartAt: 'Right', States: {Right: {Type: 'Wait', End: true}}}]},
    Done: {Type: 'Succeed'}
  }
}

const workflow = JSON.parse(readFileSync('terraform/workflows/FileDownloadWorkflow.asl.json', 'utf8')) as Machine

describe('The drawing of a machine', () => {
  const {nodes, edges} = draw(nested, true)
  const node = (name: string) => nodes.find((each) => each.name === name)!

  it('has every state of every level, and every way', () => {
    expect(nodes.map(({name}) => name).filter((name) => !name.startsWith('(')).sort()).toEqual([...listStates(nested).keys()].sort())
    expect(edges.map(({from, to, kind}) => `${from} ${kind} ${to}`).sort()).toEqual([
      '(start) next Look', 'Both next Done', 'Done next (end)', 'Each catch Done', 'Each next Both', 'Look choice Done', 'Look choice Each', 'Part next Check'
    ])
  })

  it.each([['Each', ['Part', 'Check']], ['Both', ['Left', 'Right']]])('holds the states of %s inside its box', (container, inner) => {
    const box = node(container)
    expect(box.isContainer).toBe(true)
    for (const {x, y, width, height} of inner.map(node)) {
      expect(Math.abs(x - box.x) + width / 2).toBeLessThanOrEqual(box.width / 2)
      expect(Math.abs(y - box.y) + height / 2).toBeLessThanOrEqual(box.height / 2)
    }
  })

  it('lets no two states of one level overlap, in the deployed workflow either', () => {
    for (const machine of [nested, workflow]) {
      const level = draw(machine, true).nodes.filter(({name}) => name in machine.States)
      const overlaps = level.flatMap((one, index) => level.slice(index + 1)
        .filter((other) => Math.abs(one.x - other.x) * 2 < one.width + other.width && Math.abs(one.y - other.y) * 2 < one.height + other.height)
        .map((other) => `${one.name} ${other.name}`))
      expect(overlaps).toEqual([])
    }
  })

  it('draws a way once, however often a state goes it', () => {
    expect(listWays({StartAt: 'A', States: {A: {Type: 'Task', Next: 'B', Catch: [{ErrorEquals: ['X'], Next: 'B'}, {ErrorEquals: ['Y'], Next: 'B'}]}, B: {Type: 'Succeed'}}}))
      .toEqual([{from: 'A', to: 'B', kind: 'next'}])
  })
})

const events: HistoryEvent[] = [
  {id: 1, previousEventId: 0, timestamp: 1, type: 'ExecutionStarted'},
  {id: 2, previousEventId: 0, timestamp: 1, type: 'TaskStateEntered', stateEnteredEventDetails: {name: 'Transfer', input: '{"a":1}'}},
  {id: 3, previousEventId: 2, timestamp: 1, type: 'TaskScheduled', taskScheduledEventDetails: {parameters: '{"f":1}'}},
  {id: 4, previousEventId: 3, timestamp: 2, type: 'TaskFailed', taskFailedEventDetails: {error: 'Odd', cause: 'why'}},
  {id: 5, previousEventId: 4, timestamp: 3, type: 'TaskScheduled', taskScheduledEventDetails: {parameters: '{"f":1}'}},
  {id: 6, previousEventId: 5, timestamp: 4, type: 'TaskSucceeded', taskSucceededEventDetails: {output: '{"b":2}'}},
  {id: 7, previousEventId: 6, timestamp: 4, type: 'TaskStateExited', stateExitedEventDetails: {name: 'Transfer', output: '{"b":2}'}},
  {id: 8, previousEventId: 7, timestamp: 4, type: 'WaitStateEntered', stateEnteredEventDetails: {name: 'Later', input: '{}'}}
]

describe('A history', () => {
  it('is told as visits, each with its attempts and the state before', () => {
    expect(listVisits(events)).toEqual([
      {
        state: 'Transfer', enteredAt: 1000, exitedAt: 4000, input: '{"a":1}', output: '{"b":2}', from: undefined,
        attempts: [{startedAt: 1000, endedAt: 2000, parameters: '{"f":1}', error: 'Odd', cause: 'why'}, {startedAt: 3000, endedAt: 4000, parameters: '{"f":1}', output: '{"b":2}'}]
      },
      {state: 'Later', enteredAt: 4000, input: '{}', from: 'Transfer', attempts: []}
    ])
  })

  it.each([
    [3, false, 'running'], [4, false, 'retrying'], [4, true, 'failed'], [5, false, 'running'], [7, true, 'succeeded']
  ])('after event %i, over %s, leaves the state %s', (count, isOver, standing) => {
    expect(judgeVisit(listVisits(events.slice(0, count))[0]!, isOver)).toBe(standing)
  })

  it('tells a failure that was handled from one that was not', () => {
    const caught = [...events.slice(0, 4), {...events[6]!, previousEventId: 4}]
    expect(judgeVisit(listVisits(caught)[0]!, true)).toBe('caught')
  })

  it('keeps the lines of a Map apart, and shows of a state what matters most', () => {
    const [started, entered, scheduled] = events
    const second = [{...entered!, id: 12, previousEventId: 1}, {...scheduled!, id: 13, previousEventId: 12}]
    const visits = listVisits([started!, ...events.slice(1, 7), ...second])
    expect(visits.map((visit) => judgeVisit(visit, false))).toEqual(['succeeded', 'running'])
    expect(stateStanding(visits, false)).toBe('running')
  })
})

const mapEvents: HistoryEvent[] = [
  {id: 1, previousEventId: 0, timestamp: 1, type: 'ExecutionStarted'},
  {id: 2, previousEventId: 0, timestamp: 1, type: 'MapStateEntered', stateEnteredEventDetails: {name: 'Each', input: '[1,2,3]'}},
  {id: 3, previousEventId: 2, timestamp: 1, type: 'MapStateStarted', mapStateStartedEventDetails: {length: 3}},
  {id: 4, previousEventId: 3, timestamp: 1, type: 'MapIterationStarted', mapIterationStartedEventDetails: {name: 'Each', index: 0}},
  {id: 5, previousEventId: 3, timestamp: 1, type: 'MapIterationStarted', mapIterationStartedEventDetails: {name: 'Each', index: 1}},
  {id: 6, previousEventId: 4, timestamp: 1, type: 'TaskStateEntered', stateEnteredEventDetails: {name: 'Part', input: '1'}},
  {id: 7, previousEventId: 5, timestamp: 1, type: 'TaskStateEntered', stateEnteredEventDetails: {name: 'Part', input: '2'}},
  {id: 8, previousEventId: 7, timestamp: 2, type: 'TaskStateExited', stateExitedEventDetails: {name: 'Part', output: '2'}},
  {id: 9, previousEventId: 8, timestamp: 2, type: 'PassStateEntered', stateEnteredEventDetails: {name: 'Check', input: '2'}}
]

describe('The items of a Map', () => {
  it('have each its own visits, also those that have not begun', () => {
    const visits = listVisits(mapEvents)
    const run = visits.find(({state}) => state === 'Each')
    expect(listItems(nested.States['Each']!, run, visits).map(({index, visit}) => [index, visit?.state, visit?.input])).toEqual([
      [0, 'Part', '1'], [1, 'Check', '2'], [2, undefined, undefined]
    ])
  })

  it('are those of the newest run alone', () => {
    const visits = listVisits(mapEvents)
    const later = {...visits.find(({state}) => state === 'Each')!, enteredAt: 9000}
    expect(listItems(nested.States['Each']!, later, [...visits, later]).map(({visit}) => visit)).toEqual([undefined, undefined, undefined])
  })

  const exit = (id: number, previousEventId: number, type: string, name: string): HistoryEvent =>
    ({id, previousEventId, timestamp: 3, type, stateExitedEventDetails: {name, output: '{}'}})
  const iteration = (id: number, previousEventId: number, end: string, index: number): HistoryEvent =>
    ({id, previousEventId, timestamp: 3, type: `MapIteration${end}`, [`mapIteration${end}EventDetails`]: {name: 'Each', index}})

  it('end with the Map, which then is left, and leads to the next state', () => {
    const visits = listVisits([
      ...mapEvents, exit(10, 9, 'PassStateExited', 'Check'), iteration(11, 10, 'Succeeded', 1), exit(12, 6, 'TaskStateExited', 'Part'), iteration(13, 12, 'Succeeded', 0),
      {id: 14, previousEventId: 13, timestamp: 3, type: 'MapStateSucceeded'}, exit(15, 14, 'MapStateExited', 'Each'),
      {id: 16, previousEventId: 15, timestamp: 3, type: 'PassStateEntered', stateEnteredEventDetails: {name: 'Complete', input: '{}'}}
    ])
    expect(visits.map((visit) => [visit.state, visit.from, judgeVisit(visit, true)])).toEqual([
      ['Each', undefined, 'succeeded'], ['Part', undefined, 'succeeded'], ['Part', undefined, 'succeeded'], ['Check', 'Part', 'succeeded'], ['Complete', 'Each', 'failed']
    ])
  })

  it('that fail, fail the Map, which a Catch then leaves', () => {
    const failed: HistoryEvent = {id: 10, previousEventId: 9, timestamp: 3, type: 'MapIterationFailed', mapIterationFailedEventDetails: {name: 'Each', index: 1}}
    const visits = listVisits([
      ...mapEvents, failed, {id: 11, previousEventId: 10, timestamp: 3, type: 'MapStateFailed', mapStateFailedEventDetails: {error: 'Odd'}}, exit(12, 11, 'MapStateExited', 'Each')
    ])
    expect(judgeVisit(visits[0]!, true)).toBe('caught')
  })

  it('belong to the Map that a state is, or is in', () => {
    expect(['Each', 'Check', 'Left', 'Done'].map((name) => findMap(nested, name))).toEqual(['Each', 'Each', undefined, undefined])
  })
})
