import {join} from 'node:path'
import {describe, expect, test} from '@jest/globals'
import {chosenQueues, queueNames} from '../queues'

const wiring = join(import.meta.dirname, '../../../local/wiring.json')

describe('the dead-letter queues', () => {
  test('are those of the wiring: of every rule and every asynchronous function', () => {
    expect(queueNames(wiring, '')).toEqual(expect.arrayContaining([
      'FileCoordinator-failed', 'FileCoordinator-undelivered', 'FileDownloadCompleted-undelivered', 'FileDownloadFailed-undelivered',
      'FileRequested-undelivered', 'S3ObjectCreated-failed', 'SendPushNotification-failed', 'StartFileUpload-failed', 'TriggerFileDownload-undelivered'
    ]))
  })

  test('have the suffix of another stack where its names have it', () => {
    expect(queueNames(wiring, '-Dev')).toEqual(expect.arrayContaining(['FileRequested-Dev-undelivered', 'StartFileUpload-Dev-failed']))
  })

  test('are not known without a wiring', () => {
    expect(() => queueNames('nowhere.json', '')).toThrow('nowhere.json holds no wiring.')
  })

  test('are all meant where none is named', () => {
    expect(chosenQueues(['a-failed', 'b-failed'], [])).toEqual(['a-failed', 'b-failed'])
  })

  test('are refused by another name', () => {
    expect(() => chosenQueues(['a-failed'], ['c-failed'])).toThrow('Expected queues of this stack; it has no c-failed. There are a-failed.')
  })
})
