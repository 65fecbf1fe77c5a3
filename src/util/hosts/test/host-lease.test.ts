import {afterAll, afterEach, beforeEach, describe, expect, it, jest} from '@jest/globals'
import {startTable} from '../../../../test/helpers/table'
import {virtualClock} from '../../../../test/helpers/virtual-clock'
import {connectionError, endedEarly} from '../../../lib/http/failures'
import {NamedError} from '../../errors'
import {findRefusal} from '../../sources/source-errors'

const table = await startTable()
const {sleep, counted} = virtualClock()
jest.unstable_mockModule('node:timers/promises', () => ({setTimeout: sleep}))
const {getItem, updateItem, ...door} = await import('../../../lib/vendor/AWS/DynamoDB')
jest.unstable_mockModule('../../../lib/vendor/AWS/DynamoDB', () => ({...door, getItem: counted(getItem), updateItem: counted(updateItem)}))
const {findHost: hostOf, politely, takesOneAtATime} = await import('../host-lease')
const {hostKey} = await import('../../files/keys')

const url = new URL('https://media.example.com/clip.mp4')
const state = counted((): Promise<Record<string, unknown> | undefined> => table.get(hostKey('media.example.com')))
const put = counted(table.put)
const connection = (work: string, user = 'ann', milliseconds = 60_000) => ({work, user, milliseconds})
const limited = (availableAt?: string): NamedError => new NamedError('RateLimitedError', 'Too many.', {availableAt})
const failing = (error: unknown, work = 'w'): Promise<unknown> =>
  politely(url, connection(work), async () => { throw error }).then(() => { throw new Error('Expected a failure.') }, (failure: unknown) => failure)

beforeEach(() => { Object.assign(process.env, {HOST_CONCURRENCY: '3', HOST_RATE_PER_SECOND: '1000', POWERTOOLS_LOG_LEVEL: 'SILENT'}) })
afterEach(() => table.clear())
afterAll(() => table.stop())

describe('politely', () => {
  it('answers what the work does, and leaves no place taken', async () => {
    expect(await politely(url, connection('w'), async () => Object.keys((await state())?.leases as object))).toEqual(['w'])
    expect(await state()).toMatchObject({leases: {}, waiting: {}, strikes: 0})
  })

  it('throws what the work throws', async () => {
    const error = new Error('of its own')
    expect(await failing(error)).toBe(error)
    expect(await state()).toMatchObject({leases: {}, strikes: 0})
  })

  it('gives a place back as soon as the work says that it needs the host no more, and once', async () => {
    await politely(url, connection('w'), async (release) => {
      expect(Object.keys((await state())?.leases as object)).toEqual(['w'])
      await release()
      await release()
      expect((await state())?.leases).toEqual({})
    })
    expect(await state()).toMatchObject({leases: {}, version: 2})
  })

  it('does not do again, nor hold against the host, what fails after that', async () => {
    let times = 0
    const late = await politely(url, connection('w'), async (release) => {
      times += 1
      await release()
      throw limited()
    }).catch((error: unknown) => error)
    expect([times, (late as NamedError).message]).toEqual([1, 'Too many.'])
    expect(await state()).toMatchObject({leases: {}, strikes: 0})
  })

  it('costs one read and two writes', async () => {
    await politely(url, connection('w'), async () => undefined)
    expect(await state()).toMatchObject({version: 2})
  })

  it('sets no limits where the operator wants none, nor to this machine itself', async () => {
    expect(await politely(new URL('http://127.0.0.1:8080/'), connection('w'), async () => 'done')).toBe('done')
    process.env.HOST_CONCURRENCY = '0'
    expect(await politely(url, connection('w'), async () => 'done')).toBe('done')
    expect(await table.all()).toEqual([])
  })

  it('waits a moment for a place, and for the workflow to wait where it takes longer', async () => {
    process.env.HOST_CONCURRENCY = '1'
    const long = politely(url, connection('long'), () => sleep(6_000))
    await sleep(50)
    const refused = await politely(url, connection('late', 'ben'), async () => 'done').catch((error: unknown) => error)
    expect(refused).toMatchObject({name: 'RateLimitedError', availableAt: expect.any(String), message: expect.stringContaining('media.example.com')})
    const wait = Date.parse((refused as NamedError).availableAt ?? '') - Date.now()
    expect([wait > 5_000, wait < 15_000]).toEqual([true, true])
    const patient = politely(url, connection('patient', 'eve'), async () => 'done')
    await long
    expect(await patient).toBe('done')
  }, 20_000)
})

describe('A host that refuses', () => {
  it('is left alone after three times, until it is tried by one who closes the circuit', async () => {
    for (const time of [1, 2, 3]) {
      expect(await failing(limited(), `w${time}`)).toMatchObject({message: 'Too many.'})
    }
    const refused = await failing(new Error('not to be done'))
    expect(refused).toMatchObject({name: 'RateLimitedError', message: expect.stringMatching(/refused several requests.*continues by itself after/)})
    const {openUntil, ...rest} = await state() as {openUntil: string}
    expect(Date.parse(openUntil) - Date.now()).toBeGreaterThan(25_000)

    await put({...rest, openUntil: new Date(Date.now() - 1).toISOString()})
    const probing = politely(url, connection('probe'), async () => {
      expect(await failing(new Error('not to be done'), 'second')).toMatchObject({name: 'RateLimitedError'})
    })
    await probing
    expect(await state()).not.toHaveProperty('openUntil')
    expect(await state()).toMatchObject({strikes: 0, opened: 0, leases: {}})
  })

  it('is left alone at once for as long as it says', async () => {
    const availableAt = new Date(Date.now() + 3_600_000).toISOString()
    await failing(limited(availableAt))
    expect(await state()).toMatchObject({openUntil: availableAt})
  })

  it('is left alone longer where the probe is refused too, and waits on where the network fails', async () => {
    await failing(limited(new Date(Date.now() + 20).toISOString()))
    await sleep(30)
    await failing(new NamedError('TransientSourceError', 'The network.'))
    expect(await state()).toMatchObject({opened: 1, leases: {}})
    expect(await state()).not.toHaveProperty('probe')
    await failing(limited())
    const {openUntil, opened} = await state() as {openUntil: string, opened: number}
    expect([opened, Date.parse(openUntil) - Date.now() > 50_000]).toEqual([2, true])
  })

  it('is forgiven eight times 403 once it answers', async () => {
    for (let time = 0; time < 8; time++) {
      await failing(new NamedError('SourceForbiddenError', 'No.'), `w${time}`)
    }
    expect(await state()).toMatchObject({strikes: 8})
    await failing(new NamedError('SourceNotFoundError', 'Not there, but it answers.'))
    expect(await state()).toMatchObject({strikes: 0})
  })
})

const refused = (statusCode: number, headers = {}): NamedError => findRefusal({statusCode, headers}, 'media.example.com')!

describe('A host that takes one connection at a time', () => {
  /** Gives the bytes of one connection, and refuses another one beside it. */
  const oneAtATime = (statusCode: number, log: string[]) => {
    let isTaken = false
    return (name: string) => async (): Promise<string> => {
      if (isTaken) {
        log.push(`${name} refused`)
        throw refused(statusCode)
      }
      isTaken = true
      await sleep(300)
      isTaken = false
      log.push(name)
      return name
    }
  }
  const range = (work: string) => ({...connection(work), turnMilliseconds: 20_000})

  it.each([429, 503, 403])('by %d gives ranges their turns: none is refused more than once, and the circuit stays closed', async (statusCode) => {
    const log: string[] = []
    const host = oneAtATime(statusCode, log)
    const works = ['a', 'b', 'c']
    expect(await Promise.all(works.map((work) => politely(url, range(work), host(work))))).toEqual(works)
    const refusals = log.filter((line) => line.endsWith('refused'))
    expect([refusals.length > 0, refusals.length]).toEqual([true, new Set(refusals).size])
    expect(log.filter((line) => !line.endsWith('refused')).sort()).toEqual(works)
    expect(await state()).toMatchObject({leases: {}, strikes: 0, most: 1})
    expect(await state()).not.toHaveProperty('openUntil')
    expect(Date.parse(String((await state())?.['mostUntil'])) - Date.now()).toBeGreaterThan(86_000_000)
    expect([await takesOneAtATime(url), await takesOneAtATime(new URL('https://other.example.com/')), await takesOneAtATime(new URL('http://127.0.0.1/'))]).toEqual([true, false, false])
  }, 20_000)

  it.each([[429, 86_000_000], [503, 500_000]])('by %d makes another file wait for its turn in the workflow, and is remembered', async (statusCode, least) => {
    const first = politely(url, connection('first'), () => sleep(500))
    await sleep(100)
    const failure = await failing(refused(statusCode), 'second')
    expect(failure).toMatchObject({name: 'RateLimitedError', availableAt: expect.any(String)})
    expect(Date.parse((failure as NamedError).availableAt ?? '') - Date.now()).toBeLessThan(15_000)
    await first
    expect(Date.parse(String((await state())?.['mostUntil'])) - Date.now()).toBeGreaterThan(least)
  })

  it('is given a moment to notice that the last connection has ended', async () => {
    await put({...hostKey('media.example.com'), leases: {}, waiting: {}, strikes: 0, opened: 0, version: 1, most: 1, mostUntil: new Date(Date.now() + 60_000).toISOString()})
    let asked = 0
    const work = async (): Promise<string> => {
      if (++asked < 3) {
        throw refused(429)
      }
      return 'done'
    }
    expect(await politely(url, range('late'), work)).toBe('done')
    expect(await state()).toMatchObject({strikes: 0, leases: {}})
  }, 20_000)

  it('that continues to refuse is no longer asked by this worker', async () => {
    await put({...hostKey('media.example.com'), leases: {}, waiting: {}, strikes: 0, opened: 0, version: 1, most: 1, mostUntil: new Date(Date.now() + 60_000).toISOString()})
    let asked = 0
    const work = async (): Promise<never> => {
      asked += 1
      throw refused(503)
    }
    const failure = await politely(url, range('late'), work).catch((error: unknown) => error)
    expect([asked, (failure as NamedError).name]).toEqual([4, 'TransientSourceError'])
  }, 30_000)

  const reset = (): NamedError => connectionError(endedEarly(), 'media.example.com')

  it('by closing the connection without an answer gives ranges their turns too, and is remembered for some minutes', async () => {
    let isTaken = false
    const work = (name: string) => async (): Promise<string> => {
      if (isTaken) {
        throw reset()
      }
      isTaken = true
      await sleep(300)
      isTaken = false
      return name
    }
    const works = ['a', 'b', 'c']
    expect(await Promise.all(works.map((each) => politely(url, range(each), work(each))))).toEqual(works)
    expect(await state()).toMatchObject({leases: {}, strikes: 0, most: 1})
    expect(Date.parse(String((await state())?.['mostUntil'])) - Date.now()).toBeLessThan(600_001)
  }, 20_000)

  it('is not what a connection that is closed means to other work', async () => {
    const first = politely(url, range('first'), () => sleep(300))
    await sleep(50)
    expect(await failing(reset(), 'second')).toMatchObject({name: 'TransientSourceError'})
    await first
    expect(await state()).not.toHaveProperty('most')
  })

  it.each([['503', refused(503)], ['a closed connection', reset()]])('or is in trouble for a moment, by %s, is asked again by a range', async (_what, error) => {
    let asked = 0
    const work = async (): Promise<string> => {
      if (++asked < 3) {
        throw error
      }
      return 'done'
    }
    expect(await politely(url, range('lone'), work)).toBe('done')
    expect(await state()).not.toHaveProperty('most')
  }, 20_000)

  it('is not what a named time, a missing file or a broken connection beside others means', async () => {
    const first = politely(url, range('first'), () => sleep(1_500))
    await sleep(100)
    for (const error of [refused(404), new NamedError('TransientSourceError', 'The network.'), limited(), refused(429, {'retry-after': '1'})]) {
      expect(await politely(url, range('second'), async () => { throw error }).catch((failure: unknown) => failure)).toBe(error)
    }
    await first
    expect(await state()).not.toHaveProperty('most')
  })

  it('has its other workers told a later time while one tries again: it stays left alone', async () => {
    await failing(refused(429, {'retry-after': '1'}))
    await sleep(2_100)
    const later = new Date(Date.now() + 600_000).toISOString()
    await politely(url, connection('probe'), async () => {
      await put({...await state(), openUntil: later})
    })
    expect(await state()).toMatchObject({openUntil: later, leases: {}})
  })
})

describe('A host that takes one connection a second', () => {
  /** As nginx does with `limit_req`: what comes too early is refused, and does not count. */
  const oneASecond = (statusCode: number) => {
    let [last, refusals] = [-Infinity, 0]
    const work = async (): Promise<void> => {
      if (Date.now() - last < 1_000) {
        refusals += 1
        throw refused(statusCode)
      }
      last = Date.now()
    }
    return {work, refusals: () => refusals}
  }

  it.each([429, 503])('by %d is asked again in a moment where all was well just before, and by no one too early from then on', async (statusCode) => {
    const {work, refusals} = oneASecond(statusCode)
    for (const each of ['a', 'b', 'c', 'd']) {
      await politely(url, connection(each), work)
    }
    expect(refusals()).toBe(1)
    expect(await state()).toMatchObject({most: 1, apart: 1_250, strikes: 0, leases: {}})
    expect(await state()).not.toHaveProperty('openUntil')
  }, 20_000)

  it('and refuses those that keep to that is asked half as often, at last as by anybody', async () => {
    await politely(url, connection('fine'), async () => undefined)
    let asked = 0
    const failure = await politely(url, connection('late'), async () => {
      asked += 1
      throw refused(429)
    }).catch((error: unknown) => error)
    expect([asked, (failure as NamedError).name]).toEqual([4, 'RateLimitedError'])
    expect(await state()).toMatchObject({most: 1, apart: 10_000, strikes: 0})
  }, 30_000)

  it.each([
    ['it had refused before', {strikes: 3}], ['the last connection was long ago', {nextAt: new Date(Date.now() - 60_000).toISOString()}]
  ])('is not what a refusal means where %s', async (_where, before) => {
    await put({...hostKey('media.example.com'), leases: {}, waiting: {}, strikes: 0, opened: 0, version: 1, nextAt: new Date().toISOString(), ...before})
    const error = refused(429)
    expect(await failing(error)).toBe(error)
    expect(await state()).not.toHaveProperty('most')
  })
})

describe('Eight workers', () => {
  it('never have more connections than the limit together, though one of them dies with its place', async () => {
    let connected = 0
    let most = 0
    let done = 0
    const work = async (): Promise<void> => {
      connected += 1
      most = Math.max(most, connected)
      await sleep(10 + Math.random() * 20)
      connected -= 1
      done += 1
    }
    // Its place ends by itself, and until then it counts.
    const dead = new Promise<never>(() => undefined)
    void politely(url, connection('dead', 'dan', 1_500), () => dead)
    await sleep(50)
    const worker = async (index: number): Promise<void> => {
      for (let turn = 0; turn < 5; turn++) {
        await politely(url, connection(`${index}-${turn}`, `user-${index % 3}`), work).catch((error: NamedError) => {
          expect(error.name).toBe('RateLimitedError')
          turn -= 1
        })
      }
    }
    const working = Promise.all(Array.from({length: 8}, (_, index) => worker(index)))
    await sleep(1_000)
    const mostBesideTheDead = most
    await working
    expect({besideTheDead: mostBesideTheDead <= 2, ever: most <= 3, done}).toEqual({besideTheDead: true, ever: true, done: 40})
    expect(await state()).toMatchObject({leases: {}})
  }, 60_000)
})

describe('findHost', () => {
  it.each([
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'youtube'], ['https://youtu.be/dQw4w9WgXcQ', 'youtube'], ['https://clips.twitch.tv/BraveKindClip', 'twitch'],
    ['https://WWW.Example.com./a.mp4', 'example.com'], ['http://127.0.0.1:8080/a', '127.0.0.1']
  ])('of %s is %s', (text, host) => {
    expect(hostOf(new URL(text))).toBe(host)
  })
})
