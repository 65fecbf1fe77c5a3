import {describe, expect, it} from '@jest/globals'
import {DatabaseSync} from 'node:sqlite'
import {manualClock, settled} from '../../events/test/manual-clock'
import {bench, type Bench, type FunctionBody, succeeded} from './workflows'

const named = (name: string) => Object.assign(new Error('No.'), {name})
const invoke = (name: string, more: object = {}) => ({Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: {FunctionName: name, 'Payload.$': '$'}, ResultSelector: {'v.$': '$.Payload'}, End: true, ...more})

/** Every kind of state, a retried failure and a caught one. */
const definition = {
  StartAt: 'Claim', States: {
    Claim: invoke('claim', {End: undefined, ResultPath: '$.claim', Retry: [{ErrorEquals: ['Busy'], IntervalSeconds: 3}], Next: 'Hold'}),
    Hold: {Type: 'Wait', Seconds: 60, Next: 'Both'},
    Both: {
      Type: 'Parallel', ResultPath: '$.both', Next: 'Each', Branches: [
        {StartAt: 'Left', States: {Left: {Type: 'Wait', Seconds: 10, Next: 'Right'}, Right: invoke('right')}},
        {StartAt: 'Other', States: {Other: invoke('other', {Catch: [{ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Rest'}]}), Rest: {Type: 'Pass', Result: 'rest', End: true}}}
      ]
    },
    Each: {
      Type: 'Map', ItemsPath: '$.items', MaxConcurrency: 2, ResultPath: '$.each', Next: 'Sort',
      ItemProcessor: {StartAt: 'One', States: {One: invoke('one', {Next: 'Pause', End: undefined}), Pause: {Type: 'Wait', Seconds: 5, End: true}}}
    },
    Sort: {Type: 'Choice', Choices: [{Variable: '$.claim.v', StringEquals: 'claimed', Next: 'Done'}], Default: 'Lost'},
    Lost: {Type: 'Fail', Error: 'Lost'},
    Done: {Type: 'Succeed', OutputPath: '$'}
  }
}

const input = {items: [1, 2, 3]}
const outcome = {items: [1, 2, 3], claim: {v: 'claimed'}, both: [{v: 'right'}, 'rest'], each: [{v: 10}, {v: 20}, {v: 30}]}

/** Functions whose effects outlive the engine: the first claim finds the table busy. */
const functions = (): Record<string, FunctionBody> => {
  let busy = true
  return {
    claim: () => {
      if (busy) {
        busy = false
        throw named('Busy')
      }
      return 'claimed'
    },
    right: () => 'right',
    other: () => { throw named('Broken') },
    one: (item) => Number(item) * 10
  }
}

/** Makes a store die with its n-th transaction: either nothing of that is written, or it is, but nothing follows. Returns whether it has. */
const doom = (db: DatabaseSync, transaction: number, writes: boolean, kill: () => void): () => boolean => {
  const exec = db.exec.bind(db)
  let left = transaction
  db.exec = (sql) => {
    if (sql === 'COMMIT' && --left === 0) {
      kill()
      exec(writes ? 'COMMIT' : 'ROLLBACK')
    } else {
      exec(sql)
    }
  }
  return () => left <= 0
}

const startOrResume = async (work: Bench): Promise<void> => {
  if (work.look().status === 'NONE') {
    work.start(input)
  } else {
    await work.states.start?.()
  }
  await work.clock.advance(1000_000)
}

/** The story with a kill at the n-th transaction and a restart; undefined once there are not as many. */
const killedAt = async (transaction: number, writes: boolean): Promise<unknown> => {
  const db = new DatabaseSync(':memory:')
  const clock = manualClock()
  const bodies = functions()
  const first = bench(definition, bodies, {db, clock})
  const isDead = doom(db, transaction, writes, () => void first.states.stop?.())
  await startOrResume(first)
  if (!isDead()) {
    return undefined
  }
  const second = bench(definition, bodies, {db, clock})
  await startOrResume(second)
  return second.look()
}

describe('an execution whose runtime is killed', () => {
  it('without a kill ends as it should', async () => {
    const work = bench(definition, functions())
    work.start(input)
    await work.clock.advance(1000_000)
    expect(work.look()).toEqual(succeeded(outcome))
  })

  it.each([[false], [true]])('at any transaction ends the same after a restart (written: %s)', async (writes) => {
    const endings: unknown[] = []
    for (let ending: unknown = succeeded(outcome), transaction = 1; ending !== undefined; transaction += 1) {
      ending = await killedAt(transaction, writes)
      endings.push(ending)
    }
    expect(endings.length).toBeGreaterThan(10)
    expect(endings).toEqual([...Array(endings.length - 1).fill(succeeded(outcome)), undefined])
  }, 60_000)

  it('continues waiting until the same moment', async () => {
    const life = {db: new DatabaseSync(':memory:'), clock: manualClock()}
    const waiting = {StartAt: 'W', States: {W: {Type: 'Wait', Seconds: 100, End: true}}}
    const first = bench(waiting, {}, life)
    first.start()
    await life.clock.advance(40_000)
    await first.states.stop?.()
    await life.clock.advance(20_000)
    const second = bench(waiting, {}, life)
    await second.states.start?.()
    await life.clock.advance(39_999)
    expect(second.look()).toEqual({status: 'RUNNING'})
    await life.clock.advance(1)
    expect(second.look()).toEqual(succeeded({}))
  })

  it('runs an interrupted task again, without a second entry in the history, and keeps its retries', async () => {
    const life = {db: new DatabaseSync(':memory:'), clock: manualClock()}
    const machine = {StartAt: 'T', States: {T: invoke('f', {TimeoutSeconds: 50, Retry: [{ErrorEquals: ['E'], MaxAttempts: 1}]})}}
    const first = bench(machine, {f: () => new Promise(() => undefined)}, life)
    first.start()
    await life.clock.advance(40_000)
    await first.states.stop?.()
    const second = bench(machine, {f: () => { throw named('E') }}, life)
    await second.states.start?.()
    await life.clock.advance(2000)
    expect(second.look().error).toBe('E')
    expect(second.trail().slice(1)).toEqual(['TaskStateEntered:T', 'TaskScheduled', 'TaskStarted', 'TaskFailed', 'TaskScheduled', 'TaskStarted', 'TaskFailed', 'ExecutionFailed'])
  })

  it('keeps the definition it was started with', async () => {
    const life = {db: new DatabaseSync(':memory:'), clock: manualClock()}
    const version = (result: string) => ({StartAt: 'W', States: {W: {Type: 'Wait', Seconds: 10, Next: 'P'}, P: {Type: 'Pass', Result: result, End: true}}})
    const first = bench(version('old'), {}, life)
    first.start()
    await first.states.stop?.()
    const second = bench(version('new'), {}, life)
    await second.states.start?.()
    second.start({}, 'later')
    await life.clock.advance(10_000)
    expect([second.look().output, second.look('later').output]).toEqual(['old', 'new'])
  })

  it('continues waiting for a task token without calling again', async () => {
    const life = {db: new DatabaseSync(':memory:'), clock: manualClock()}
    const machine = {StartAt: 'T', States: {T: {...invoke('f'), Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', ResultSelector: undefined, TimeoutSeconds: 100}}}
    const first = bench(machine, {f: () => null}, life)
    first.start()
    await settled()
    await first.states.stop?.()
    const second = bench(machine, {f: () => null}, life)
    await second.states.start?.()
    await life.clock.advance(100_000)
    expect([second.calls, second.look().error]).toEqual([[], 'States.Timeout'])
  })
})
