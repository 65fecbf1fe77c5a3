import {describe, expect, it} from '@jest/globals'
import {faultFromFlag, parseFaults} from '../fault'

describe('A fault', () => {
  it.each([
    ['dynamodb.UpdateItem=throttle', {at: 'dynamodb.UpdateItem', effect: 'throttle'}],
    ['dynamodb.UpdateItem:3=throttle', {at: 'dynamodb.UpdateItem', effect: 'throttle', nth: 3}],
    ['s3.*:2+=reset@TransferFile', {at: 's3.*', effect: 'reset', nth: 2, times: 'always', by: 'TransferFile'}],
    ['deliver.StartFileUpload=duplicate', {at: 'deliver.StartFileUpload', effect: 'duplicate'}],
    ['kill.TransferFile:4=after', {at: 'kill.TransferFile', effect: 'after', nth: 4}],
    ['runtime.TransferFile=before', {at: 'runtime.TransferFile', effect: 'before'}],
    ['source.practice:2=slow-loris,bytes=4096', {at: 'source.practice', effect: 'slow-loris', nth: 2, bytes: 4096}],
    ['source.*=redirect,to=http://127.0.0.1:1/a.mp4?b=c', {at: 'source.*', effect: 'redirect', to: 'http://127.0.0.1:1/a.mp4?b=c'}],
    ['deliver.S3ObjectCreated=delay@events,seconds=0.5,chance=0.25', {at: 'deliver.S3ObjectCreated', effect: 'delay', by: 'events', seconds: 0.5, chance: 0.25}]
  ])('is told by the flag %s', (flag, fault) => expect(faultFromFlag(flag)).toEqual(fault))

  it.each([
    ['dynamodb', 'Expected a fault as <what>[:<nth>[+]]=<effect>[@<function>][,<member>=<value>…], for example dynamodb.UpdateItem:3=throttle; got "dynamodb".'],
    ['dynamodb.UpdateItem=duplicate', 'Expected `effect` of dynamodb.UpdateItem to be throttle, error, timeout, reset; got "duplicate".'],
    ['deliver.StartFileUpload=throttle', 'Expected `effect` of deliver.StartFileUpload to be duplicate, delay, reorder, drop; got "throttle".'],
    ['source.practice=throttle', 'Expected `effect` of source.practice to be rate-limit, error, reset, truncate, stall, slow-loris, change, redirect; got "throttle".'],
    ['source.practice=stall,bytes=much', 'Expected `bytes` to be a whole number; got "much".'],
    ['source.practice=stall,bytes', 'Expected `bytes` to be a whole number; got "".'],
    ['source.practice=redirect,to=nowhere', 'Expected `to` to be a URL; got "nowhere".'],
    ['kill.TransferFile:0=after', 'Expected `nth` to be a whole number from 1; got 0.']
  ])('is not told by the flag %s', (flag, message) => expect(() => faultFromFlag(flag)).toThrow(message))

  it('is one of a plan, a list, or alone', () => {
    const fault = {at: 's3.UploadPart', effect: 'reset', nth: 2, times: 3, by: 'TransferFile', about: 'url-1', chance: 0.5}
    expect([parseFaults({faults: [fault]}), parseFaults([fault]), parseFaults(fault)]).toEqual([[fault], [fault], [fault]])
  })

  it.each([
    [{effect: 'reset'}, 'Expected `at` as <service>.<Operation>, deliver.<Target>, kill.<Function>, runtime.<State> or source.<name>; got nothing.'],
    [{at: 's3.UploadPart', effect: 'reset', often: true}, 'Expected a fault to have the members at, effect, nth, times, by, about, seconds, bytes, to, chance; got "often".'],
    [{at: 's3.UploadPart', effect: 'reset', chance: 2}, 'Expected `chance` to be over 0 and at most 1; got 2.'],
    [{at: 's3.UploadPart', effect: 'reset', times: 'twice'}, 'Expected `times` to be a whole number from 1, or "always"; got "twice".'],
    [{faults: 'all'}, 'Expected `faults` to be a list; got "all".'],
    [{faults: ['all']}, 'Expected each fault to be an object; got "all".']
  ])('is not %j', (plan, message) => expect(() => parseFaults(plan)).toThrow(message))
})
