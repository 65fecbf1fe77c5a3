import {describe, expect, it} from '@jest/globals'
import {type AslState, definition, tasks} from './definition'

const state = (name: string): AslState => definition.States[name]!

/** Where a state may lead when it does not fail. */
const onwards = ({Next, Default, Choices = []}: AslState): string[] =>
  [Next, Default, ...Choices.map((choice) => choice.Next)].filter((name) => name !== undefined)

const anywhere = (from: AslState): string[] => [...onwards(from), ...(from.Catch ?? []).map(({Next}) => Next)]

const pathsFrom = (name: string, seen: readonly string[] = []): string[][] => {
  const next = onwards(state(name)).filter((each) => !seen.includes(each))
  return next.length === 0 ? [[...seen, name]] : next.flatMap((each) => pathsFrom(each, [...seen, name]))
}

const reachable = (start: string, next: (from: AslState) => string[]): Set<string> => {
  const reached = new Set<string>()
  const visit = (name: string): void => {
    if (!reached.has(name)) {
      reached.add(name)
      next(state(name)).forEach(visit)
    }
  }
  visit(start)
  return reached
}

/** The one failure that is nobody's: the file has another owner, who tells what becomes of it. */
const silentEnds = ['AlreadyClaimed']

describe('the common path', () => {
  const [common, ...others] = pathsFrom(definition.StartAt)

  it('claims, waits, announces and transfers', () => {
    expect({common, others}).toEqual({common: ['ClaimFile', 'WaitUntilAvailable', 'PublishFileDownloadStarted', 'TransferFile'], others: []})
  })

  it('costs at most 5 transitions beyond the transfer', () => {
    expect(common!.filter((name) => name !== 'TransferFile').length).toBeLessThanOrEqual(5)
  })
})

describe('every state', () => {
  it('can be reached', () => {
    expect([...reachable(definition.StartAt, anywhere)].sort()).toEqual(Object.keys(definition.States).sort())
  })

  it('leads to an end', () => {
    const isEnd = (name: string): boolean => state(name).End === true || ['Succeed', 'Fail'].includes(state(name).Type)
    expect(Object.keys(definition.States).filter((name) => ![...reachable(name, anywhere)].some(isEnd))).toEqual([])
  })
})

describe('a failure', () => {
  const failures = tasks.filter(({name}) => !['RecordFailure', 'PublishFileDownloadFailed'].includes(name)).flatMap(({name, Catch}) =>
    Catch!.filter(({Next}) => !silentEnds.includes(Next)).map(({ErrorEquals, Next}) => ({name, errors: ErrorEquals.join(' '), Next})))

  it.each(failures)('of $name by $errors is recorded and announced, or leads back to the transfer', ({Next}) => {
    const reached = reachable(Next, onwards)
    expect(reached.has('TransferFile') || (reached.has('RecordFailure') && reached.has('PublishFileDownloadFailed'))).toBe(true)
  })

  it('is announced even where it cannot be recorded', () => {
    expect(state('RecordFailure').Catch!.at(-1)).toEqual({ErrorEquals: ['States.ALL'], ResultPath: '$.recording', Next: 'PublishFileDownloadFailed'})
  })

  it('ends in silence only where another execution owns the file', () => {
    const silent = tasks.flatMap(({name, Catch}) =>
      Catch!.filter(({Next}) => silentEnds.includes(Next)).map(({ErrorEquals}) => `${name}: ${ErrorEquals.join(' ')}`))
    expect(silent).toEqual(['ClaimFile: DynamoDB.ConditionalCheckFailedException', 'RecordFailure: DynamoDB.ConditionalCheckFailedException'])
  })

  it('makes the execution fail, once it is announced', () => {
    expect(onwards(state('PublishFileDownloadFailed'))).toEqual(['DownloadFailed'])
    expect(state('DownloadFailed')).toEqual({Type: 'Fail', ErrorPath: '$.errorCode', CausePath: '$.cause.errorMessage'})
  })

  it('carries what the announcement needs to every state that describes it', () => {
    const describing = tasks.flatMap(({name, Catch}) =>
      Catch!.filter(({Next}) => Next === 'DescribeFailure').map(({ErrorEquals, ResultPath}) => ({name, ErrorEquals, ResultPath})))
    expect(describing.filter(({ResultPath}) => ResultPath === undefined || ResultPath === '$')).toEqual([])
  })
})
