import {describe, expect, test} from '@jest/globals'
import {context} from '../../../../test/helpers/context'
import {envelopeOf} from '../../../../test/helpers/envelope'
import {example} from '../../../../test/helpers/example'
import {fileKey} from '../../../util/files/keys'
import {arnOf, completed, completedEvent, device, emitMetrics, fileId, handler, ledger, publish, sentRow, table, targets, user} from './fixture'

describe('a user who asks for a file that is there already', () => {
  const late = envelopeOf('FileRequested', {...example('FileRequested', 'late'), fileId, userId: 'carol'})
  const record = {
    ...fileKey(fileId), fileId, status: 'Downloaded', correlationId: completed.correlationId, s3Key: completed.s3Key, size: completed.size,
    contentType: completed.contentType, etag: completed.etag, title: completed.title
  }

  test('is told alone', async () => {
    await table.put(record, user('alice'), user('carol'), device('alice', 'phone'), device('carol', 'phone'))
    expect(await handler(late, context)).toEqual({sent: 1})
    expect(targets()).toEqual([arnOf('carol', 'phone')])
    expect(await ledger()).toEqual([sentRow('carol', 'phone')])
  })

  test('is told in the words of the file\'s completion', async () => {
    await table.put(record, user('carol'), device('carol', 'phone'))
    await handler(late, context)
    const [first] = publish.mock.calls
    publish.mockClear()
    await table.clear()
    await table.put(record, user('carol'), device('carol', 'phone'))
    await handler(completedEvent, context)
    expect(publish.mock.calls).toEqual([first])
  })

  test('hears nothing a second time, nor after the completion told them', async () => {
    await table.put(record, user('carol'), device('carol', 'phone'))
    await handler(completedEvent, context)
    expect(await handler(late, context)).toEqual({sent: 0})
    expect(publish).toHaveBeenCalledTimes(1)
  })

  test('is left to the outcome while the file is on its way', async () => {
    await table.put({...record, status: 'Downloading'}, user('carol'), device('carol', 'phone'))
    expect(await handler(late, context)).toEqual({sent: 0})
  })

  test('is no outcome to count', async () => {
    await table.put(record, user('carol'), device('carol', 'phone'))
    await handler(late, context)
    expect(emitMetrics).not.toHaveBeenCalled()
  })
})
