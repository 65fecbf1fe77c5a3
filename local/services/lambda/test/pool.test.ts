import {describe, expect, it} from '@jest/globals'
import pLimit from 'p-limit'
import {setTimeout as sleep} from 'node:timers/promises'
import {type Growth, lookMilliseconds} from '../growth'
import type {Invocation, Outcome} from '../outcome'
import {createPool, type PoolOptions} from '../pool'
import type {Sandbox} from '../sandbox'

interface FakeSandbox extends Sandbox {
  /** Its start is over. */
  readonly begin: () => void
  /** What it was given, each with the way to end it. */
  readonly taken: Array<{readonly requestId: string, readonly end: () => void}>
}

const outcome: Outcome = {payload: 'null', milliseconds: 1, maxMemoryBytes: 1}
const invocation = (requestId: string): Invocation => ({requestId, payload: '{}'})
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const fakeSandbox = (version: string): FakeSandbox => {
  let begin = (): void => undefined
  const ready = new Promise<void>((resolve) => { begin = resolve })
  let alive = true
  const taken: FakeSandbox['taken'] = []
  return {
    version, ready, begin, taken, isAlive: () => alive, wantedMilliseconds: () => 0, kill: () => { alive = false },
    invoke: ({requestId}) => new Promise((settle) => { taken.push({requestId, end: () => settle(outcome)}) })
  }
}

/** One more sandbox is always worth it, or never. */
const always: Growth = {isWorthIt: () => true, reset: () => undefined}
const never: Growth = {isWorthIt: () => false, reset: () => undefined}

/** A pool has looked whether one more is worth it. */
const look = (): Promise<void> => sleep(lookMilliseconds + 20)

const open = (options: Partial<PoolOptions> = {}) => {
  const started: FakeSandbox[] = []
  const pool = createPool({
    version: () => '1', starts: pLimit(2), maximumSandboxes: 10, growth: always, ...options,
    start: (version) => {
      const sandbox = fakeSandbox(version)
      started.push(sandbox)
      return sandbox
    }
  })
  const ended: string[] = []
  const invoke = (requestId: string): void => void pool.invoke(invocation(requestId), () => undefined).then(() => ended.push(requestId), () => ended.push(`${requestId} refused`))
  return {pool, started, ended, invoke}
}

const takenBy = (sandboxes: readonly FakeSandbox[]): string[][] => sandboxes.map(({taken}) => taken.map(({requestId}) => requestId))

describe('Of many invocations at once', () => {
  it('one sandbox starts at once, others as each is worth it, and no more at a time than may', async () => {
    const {started, invoke} = open();
    ['a', 'b', 'c', 'd'].forEach(invoke)
    await turn()
    expect(started).toHaveLength(1)
    await look()
    expect(started).toHaveLength(2)
    await look()
    expect(started).toHaveLength(2)
    started[0]!.begin()
    await turn()
    expect(started).toHaveLength(3)
    expect(takenBy(started)).toEqual([['a'], [], []])
  })

  it('all go through the one that there is while no other is worth it', async () => {
    const {started, ended, invoke} = open({growth: never});
    ['a', 'b', 'c'].forEach(invoke)
    await turn()
    started[0]!.begin()
    for (let index = 0; index < 3; index++) {
      await look()
      started[0]!.taken[index]!.end()
    }
    await turn()
    expect([started.length, ended]).toEqual([1, ['a', 'b', 'c']])
  })

  it('those that wait take what is free first, and no sandbox starts that no one waits for any more', async () => {
    const {started, invoke} = open();
    ['a', 'b', 'c', 'd'].forEach(invoke)
    await look()
    await look()
    started[0]!.begin()
    for (let index = 0; index < 3; index++) {
      await turn()
      started[0]!.taken[index]!.end()
    }
    await turn()
    started.slice(1).forEach((sandbox) => sandbox.begin())
    await turn()
    expect(takenBy(started)).toEqual([['a', 'b', 'c', 'd'], ...started.slice(1).map(() => [])])
  })

  it('one beyond the limit waits for a sandbox, also where that dies', async () => {
    const {started, invoke} = open({maximumSandboxes: 1});
    ['a', 'b'].forEach(invoke)
    await turn()
    started[0]!.begin()
    await turn()
    expect(started).toHaveLength(1)
    started[0]!.kill()
    started[0]!.taken[0]!.end()
    await turn()
    started[1]!.begin()
    await turn()
    expect(takenBy(started)).toEqual([['a'], ['b']])
  })
})

describe('A sandbox', () => {
  it('that dies at its start goes to who waits for it, whom it tells why', async () => {
    const {started, invoke} = open()
    invoke('a')
    await turn()
    started[0]!.kill()
    started[0]!.begin()
    await turn()
    expect(takenBy(started)).toEqual([['a']])
  })

  it('of an older build is not used again', async () => {
    let version = '1'
    const {started, invoke} = open({version: () => version})
    invoke('a')
    await turn()
    started[0]!.begin()
    await turn()
    started[0]!.taken[0]!.end()
    await turn()
    version = '2'
    invoke('b')
    await turn()
    expect(started.map((sandbox) => [sandbox.version, sandbox.isAlive()])).toEqual([['1', false], ['2', true]])
  })
})

describe('A pool', () => {
  it('without a build refuses all who wait, and serves the next once there is one', async () => {
    let isBuilt = false
    const {started, ended, invoke} = open({version: () => {
      if (!isBuilt) {
        throw new Error('no build')
      }
      return '1'
    }})
    invoke('a')
    await turn()
    expect(ended).toEqual(['a refused'])
    isBuilt = true
    invoke('b')
    await turn()
    expect(started).toHaveLength(1)
  })

  it('that is stopped kills what it has and starts nothing for those who wait', async () => {
    const {pool, started, invoke} = open({maximumSandboxes: 1});
    ['a', 'b'].forEach(invoke)
    await turn()
    started[0]!.begin()
    await turn()
    pool.stop()
    started[0]!.taken[0]!.end()
    await turn()
    expect(started.map((sandbox) => sandbox.isAlive())).toEqual([false])
  })
})
