import {describe, expect, test} from '@jest/globals'
import {fileKey} from '../../../util/files/keys'
import {before, examine, file, found, invoke, payloads, sourceUrl, startExecution, table, tick, user} from './fixture'

describe('a request', () => {
  test.each([
    ['whose event was never published, after a minute', {requestedAt: before(1.1)}, ['request-without-event mended']],
    ['that may still be publishing', {requestedAt: before(0.9)}, []],
    ['that has had its minute for publishing just now', {requestedAt: before(1)}, []],
    ['whose event led to nothing, after an hour', {announcedAt: before(61)}, ['request-without-event mended']],
    ['whose event is on its way', {announcedAt: before(59)}, []],
    ['whose event has had its hour just now', {announcedAt: before(60)}, []]
  ])('%s', async (_, more, drift) => {
    await table.put(file('Requested', more), user)
    expect(await found()).toEqual(drift)
    expect(payloads()).toEqual(drift.map(() => ['RequestFile', {userId: 'ann', url: sourceUrl, correlationId: expect.any(String)}]))
  })

  test.each([
    ['never published, since the request', {requestedAt: before(90)}, before(90), 'FileRequested was never published'],
    ['published without success, since then', {requestedAt: before(90), announcedAt: before(61)}, before(61), 'FileRequested was published and led to nothing']
  ])('is told with its event %s', async (_, more, since, detail) => {
    await table.put(file('Requested', more), user)
    expect((await examine('unfinished')).drift).toEqual([{kind: 'request-without-event', fileId: 'a', since, detail, outcome: 'found'}])
  })

  test('that RequestFile refuses is an error of the tick, and keeps nothing else', async () => {
    invoke.mockResolvedValue({Payload: new TextEncoder().encode('{"statusCode": 502, "body": "no"}')})
    await table.put(file('Requested'), user, file('MetadataReady', {...fileKey('b'), fileId: 'b'}))
    await expect(tick()).rejects.toThrow('Expected to repair all drift; 1 of 2 were not, first request-without-event of a')
    expect(startExecution).toHaveBeenCalledWith({stateMachineArn: 'arn:workflow', input: '{"fileId":"b"}'})
  })

  test('that no one wants any more is told as failed', async () => {
    await table.put(file('Requested'))
    const {drift} = await examine('unfinished', false)
    expect(drift).toEqual([expect.objectContaining({outcome: 'failed', reason: 'Expected someone to want file a; no one does.'})])
  })
})
