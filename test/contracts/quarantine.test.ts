import {describe, expect, it} from '@jest/globals'
import {join} from 'node:path'
import {readContracts} from '../../shared/contracts/schema'
import {contractVersion} from '../../shared/contracts/version'
import {readLetter} from '../../ops/dlq/letter'
import {refusedIn, type Refused} from '../../ops/quarantine/refused'
import {contractVersions, type EventName} from '../../src/types/eventbridge'
import {parseEvent} from '../../src/util/eventbridge-helpers'
import {envelopeOf} from '../helpers/envelope'

const contracts = readContracts(join(import.meta.dirname, '../..'))

/** What Lambda puts into a function's on-failure queue when the function cannot parse an event. */
const recordOf = (event: EventName, envelope: unknown): string => {
  try {
    parseEvent(event, envelope)
    return ''
  } catch (error) {
    const {name, message} = error as Error
    return JSON.stringify({
      version: '1.0', requestPayload: envelope, responsePayload: {errorType: name, errorMessage: message},
      requestContext: {functionArn: 'arn:aws:lambda:us-west-2:123456789012:function:Consumer:$LATEST', condition: 'RetriesExhausted', approximateInvokeCount: 3}
    })
  }
}

const refusedBy = (event: EventName, envelope: unknown): Array<Partial<Refused>> =>
  refusedIn([readLetter('Consumer-failed', {MessageId: '1', ReceiptHandle: 'r', Body: recordOf(event, envelope), Attributes: {SentTimestamp: '0'}})])
    .map(({event: name, error, readBy, envelope: whole}) => ({event: name, error, readBy, envelope: whole}))

describe('the quarantine finds what parseEvent refuses', () => {
  it.each(contracts)('of $event, with the envelope and the version of the contract', ({event, schema}) => {
    const name = event as EventName
    const [empty, stranger] = [envelopeOf(name, {}), envelopeOf(name, {}, {source: 'somebody.else'})]
    const found = {event, error: 'InvalidEventError', readBy: contractVersion(schema)}
    expect([...refusedBy(name, empty), ...refusedBy(name, stranger)]).toEqual([{...found, envelope: empty}, {...found, envelope: stranger}])
  })

  it('because no one expects it, without a version', () => {
    const lost = envelopeOf('FileRequested', {}, {'detail-type': 'FileLost'})
    expect(refusedBy('FileRequested', lost)).toEqual([{event: 'FileLost', error: 'UnknownEventError', readBy: undefined, envelope: lost}])
  })
})

it('the version that a consumer names is the digest of its contract', () => {
  expect(contractVersions).toEqual(Object.fromEntries(contracts.map(({event, schema}) => [event, contractVersion(schema)])))
})
