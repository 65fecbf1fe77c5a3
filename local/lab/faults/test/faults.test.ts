import {describe, expect, it} from '@jest/globals'
import {seededRandom} from '../../../runtime/clock/random'
import {realClock} from '../../../runtime/core/clock'
import type {Observation} from '../../../runtime/core/types'
import {createFaults, type Faults, type Occasion} from '../faults'
import {decideFates} from '../fates'
import {struck, struckLater} from '../inside'

const planned = (observed: Observation[] = []): Faults =>
  createFaults({clock: realClock, observe: (observation) => observed.push(observation), random: seededRandom(1)})

const strikes = (faults: Faults, occasions: readonly Occasion[]) => occasions.map((occasion) => faults.strike(occasion)?.effect)

const update: Occasion = {at: 'dynamodb.UpdateItem', by: 'TransferFile', text: 'FILE#one'}

describe('The plan of faults', () => {
  it('strikes the nth of its kind, as often as it says', () => {
    const faults = planned()
    faults.add([{at: 'dynamodb.UpdateItem', effect: 'throttle', nth: 2, times: 2}])
    expect(strikes(faults, [update, {at: 'dynamodb.GetItem'}, update, update, update])).toEqual([undefined, undefined, 'throttle', 'throttle', undefined])
    expect(faults.list()).toEqual([{id: 1, at: 'dynamodb.UpdateItem', effect: 'throttle', nth: 2, times: 2, seen: 4, struck: 2}])
  })

  it('strikes always where it says so, and anything that its place stands for', () => {
    const faults = planned()
    faults.add([{at: 'dynamodb.*', effect: 'error', times: 'always'}])
    expect(strikes(faults, [update, {at: 'dynamodb.GetItem'}, {at: 's3.GetObject'}])).toEqual(['error', 'error', undefined])
  })

  it('looks at who calls and at what is said', () => {
    const faults = planned()
    faults.add([{at: '*.*', effect: 'error', times: 'always', by: 'TransferFile', about: 'one'}])
    expect(strikes(faults, [update, {...update, by: 'ListFiles'}, {...update, text: 'FILE#two'}])).toEqual(['error', undefined, undefined])
  })

  it('strikes by chance as its seed says', () => {
    const run = (): unknown[] => {
      const faults = planned()
      faults.add([{at: 'dynamodb.*', effect: 'error', times: 'always', chance: 0.5}])
      return strikes(faults, Array.from({length: 100}, () => update))
    }
    const first = run()
    expect(first.filter((effect) => effect === 'error').length).toBeGreaterThan(30)
    expect(first.filter((effect) => effect === 'error').length).toBeLessThan(70)
    expect(run()).toEqual(first)
  })

  it('tells of what it strikes, and forgets what is removed', () => {
    const observed: Observation[] = []
    const faults = planned(observed)
    const [first] = faults.add([{at: 'dynamodb.*', effect: 'error', times: 'always'}])
    faults.strike(update)
    expect(observed).toEqual([{type: 'fault', at: expect.any(String), place: 'dynamodb.UpdateItem', effect: 'error', by: 'TransferFile'}])
    expect([faults.remove(first!.id), faults.remove(first!.id), faults.strike(update)]).toEqual([true, false, undefined])
  })
})

describe('A delivery', () => {
  const arn = 'arn:aws:lambda:us-west-2:123456789012:function:StartFileUpload'

  it.each([
    [[], [0]],
    [[{at: 'deliver.StartFileUpload', effect: 'duplicate'}], [0, 0]],
    [[{at: 'deliver.StartFileUpload', effect: 'duplicate', seconds: 5}], [0, 5000]],
    [[{at: 'deliver.StartFileUpload', effect: 'delay'}], [60_000]],
    [[{at: 'deliver.StartFileUpload', effect: 'drop'}], []],
    [[{at: 'deliver.SendPushNotification', effect: 'drop'}], [0]]
  ] as const)('with %j arrives after %j ms', (plan, fates) => {
    const faults = planned()
    faults.add(plan)
    expect(decideFates(faults, arn, '{}')).toEqual(fates)
  })

  it('is overtaken by others within the time that a reordering has', () => {
    const faults = planned()
    faults.add([{at: 'deliver.*', effect: 'reorder', seconds: 10, times: 'always'}])
    const fates = Array.from({length: 20}, () => decideFates(faults, arn, '{}')[0]!)
    expect(fates.every((milliseconds) => milliseconds >= 0 && milliseconds < 10_000)).toBe(true)
    expect(fates).not.toEqual([...fates].sort((left, right) => left - right))
  })
})

describe('A call of one engine by another', () => {
  const occasion: Occasion = {at: 'lambda.Invoke', by: 'states'}

  it.each([
    ['throttle', {code: 'TooManyRequestsException', statusCode: 429}, []],
    ['error', {code: 'ServiceException', statusCode: 500}, []],
    ['reset', {message: 'The connection of lambda.Invoke broke: the fault \'reset\' was asked for.'}, []],
    ['timeout', {message: 'The connection of lambda.Invoke broke: the fault \'timeout\' was asked for.'}, ['done']]
  ] as const)('fails by %s, its effect done or not', async (effect, error, done) => {
    const faults = planned()
    const calls: string[] = []
    faults.add([{at: 'lambda.Invoke', effect, times: 2}])
    expect(() => struck(faults, occasion, () => calls.push('done'))).toThrow(expect.objectContaining(error))
    expect(calls).toEqual(done)
    await expect(struckLater(faults, occasion, async () => calls.push('done'))).rejects.toMatchObject(error)
    expect(struck(faults, occasion, () => 'fine')).toBe('fine')
    expect(await struckLater(faults, occasion, async () => 'fine')).toBe('fine')
  })
})
