import type {Message} from '@aws-sdk/client-sqs'
import fc from 'fast-check'
import {readContracts} from '../../../shared/contracts/schema'
import {readLetter} from '../../../ops/dlq/letter'
import {edited} from '../../../ops/quarantine/edits'
import {refusalsOfFix} from '../../../ops/quarantine/fit'
import {judge} from '../../../ops/quarantine/judge'
import {refusedIn} from '../../../ops/quarantine/refused'
import {listText} from '../../../ops/quarantine/report'
import {asObject} from '../../../shared/json'
import {envelopeOf} from '../../helpers/envelope'
import {example} from '../../helpers/example'
import {hostileText, hostileValue, nearly} from './arbitraries'
import type {Fuzz} from './fuzz'

const envelope = nearly({...envelopeOf('FileRequested', example('FileRequested', 'direct'))})

/** Lambda's record around an event that a function refused. */
const record = fc.tuple(fc.oneof(envelope, hostileValue), hostileText).chain(([requestPayload, reason]) => nearly({
  version: '1.0', timestamp: '2025-11-23T10:00:00.000Z', requestPayload,
  requestContext: {functionArn: 'arn:aws:lambda:us-west-2:123456789012:function:StartFileUpload:$LATEST', condition: 'RetriesExhausted', approximateInvokeCount: 3},
  responsePayload: {errorType: 'InvalidEventError', errorMessage: `Event 6a7e8feb-b491-4cf7-a9f1-bf3703467718 ${reason}`}
}))

const attribute = hostileText.map((StringValue) => ({DataType: 'String', StringValue}))

const message: fc.Arbitrary<Message> = fc.record({
  Body: fc.oneof(hostileText, record.map((value) => JSON.stringify(value)), envelope.map((value) => JSON.stringify(value))),
  MessageAttributes: fc.record({RULE_ARN: attribute, ERROR_CODE: attribute, RETRY_ATTEMPTS: attribute, FIX: attribute}, {requiredKeys: []}),
  Attributes: fc.constantFrom({SentTimestamp: '1763892000000'}, {})
}, {requiredKeys: []})

/** Whatever lies in a dead-letter queue is listed, judged and fixed, or refused with a sentence; one letter never hides the others. */
export const fuzzQuarantine = async (fuzz: Fuzz): Promise<void> => {
  const contracts = readContracts('.')
  await fuzz('letters', fc.array(message, {maxLength: 4}), (messages) => {
    const refused = refusedIn(messages.map((each) => readLetter('StartFileUpload-failed', each)))
    listText(refused.map((one) => ({refused: one, judgement: judge(one, contracts)})))
  }, 3)
  await fuzz('fixes', fc.tuple(hostileValue, hostileValue, hostileValue), ([original, fixed, value]) => {
    contracts.forEach(({schema}) => refusalsOfFix(schema, original, fixed))
    edited(asObject(original), {set: [`size=${JSON.stringify(value) ?? ''}`], unset: ['title', '__proto__']})
  // Each compiles the contracts again.
  }, 0.1)
}
