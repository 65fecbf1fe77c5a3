import {describe, expect, it} from '@jest/globals'
import {faultFromFlag, faultsOf} from '../fault'

describe('A fault', () => {
  it.each([
    ['dynamodb.UpdateItem=throttle', {at: 'dynamodb.UpdateItem', effect: 'throttle'}],
    ['dynamodb.UpdateItem:3=throttle', {at: 'dynamodb.UpdateItem', effect: 'throttle', nth: 3}],
    ['s3.*:2+=reset@TransferFile', {at: 's3.*', effect: 'reset', nth: 2, times: 'always', by: 'TransferFile'}],
    ['deliver.StartFileUpload=duplicate', {at: 'deliver.StartFileUpload', effect: 'duplicate'}],
    ['kill.TransferFile:4=after', {at: 'kill.TransferFile', effect: 'after', nth: 4}],
    ['runtime.TransferFile=before', {at: 'runtime.TransferFile', effect: 'before'}]
  ])('is told by the flag %s', (flag, fault) => expect(faultFromFlag(flag)).toEqual(fault))

  it.each([
    ['dynamodb', 'Expected a fault as <what>[:<nth>[+]]=<effect>[@<function>], for example dynamodb.UpdateItem:3=throttle; got "dynamodb".'],
    ['dynamodb.UpdateItem=duplicate', 'Expected `effect` of dynamodb.UpdateItem to be throttle, error, timeout, reset; got "duplicate".'],
    ['deliver.StartFileUpload=throttle', 'Expected `effect` of deliver.StartFileUpload to be duplicate, delay, reorder, drop; got "throttle".'],
    ['kill.TransferFile:0=after', 'Expected `nth` to be a whole number from 1; got 0.']
  ])('is not told by the flag %s', (flag, message) => expect(() => faultFromFlag(flag)).toThrow(message))

  it('is one of a plan, a list, or alone', () => {
    const fault = {at: 's3.UploadPart', effect: 'reset', nth: 2, times: 3, by: 'TransferFile', about: 'url-1', chance: 0.5}
    expect([faultsOf({faults: [fault]}), faultsOf([fault]), faultsOf(fault)]).toEqual([[fault], [fault], [fault]])
  })

  it.each([
    [{effect: 'reset'}, 'Expected `at` as <service>.<Operation>, deliver.<Target>, kill.<Function> or runtime.<State>; got nothing.'],
    [{at: 's3.UploadPart', effect: 'reset', often: true}, 'Expected a fault to have the members at, effect, nth, times, by, about, seconds, chance; got "often".'],
    [{at: 's3.UploadPart', effect: 'reset', chance: 2}, 'Expected `chance` to be over 0 and at most 1; got 2.'],
    [{at: 's3.UploadPart', effect: 'reset', times: 'twice'}, 'Expected `times` to be a whole number from 1, or "always"; got "twice".'],
    [{faults: 'all'}, 'Expected `faults` to be a list; got "all".'],
    [{faults: ['all']}, 'Expected each fault to be an object; got "all".']
  ])('is not %j', (plan, message) => expect(() => faultsOf(plan)).toThrow(message))
})
