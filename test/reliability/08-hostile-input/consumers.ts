import fc from 'fast-check'
import type {EventName} from '../../../src/types/eventbridge'
import {context} from '../../helpers/context'
import {envelopeOf} from '../../helpers/envelope'
import {example} from '../../helpers/example'
import {hostileText, hostileValue, nearly} from './arbitraries'
import type {Fuzz} from './fuzz'
import {outcomeOf, requireNamed} from './outcome'

type Handler = (event: never, context: unknown) => Promise<unknown>

const refused = ['InvalidEventError', 'UnknownEventError']

const examples = {
  FileRequested: example('FileRequested', 'direct'), FileDownloadCompleted: example('FileDownloadCompleted', 'video'),
  FileDownloadFailed: example('FileDownloadFailed', 'gone')
} as const

const hostileEnvelope = (...events: ReadonlyArray<keyof typeof examples>): fc.Arbitrary<unknown> => fc.oneof(
  hostileValue,
  ...events.map((event) => nearly({...examples[event]}).map((detail) => envelopeOf(event as EventName, detail))),
  ...events.map((event) => nearly({...envelopeOf(event as EventName, examples[event])}))
)

const fuzzConsumer = async (name: string, events: fc.Arbitrary<unknown>, names: readonly string[], fuzz: Fuzz): Promise<void> => {
  const {handler} = await import(`../../../src/lambdas/${name}/src/index`) as {handler: Handler}
  await fuzz(name, events, async (event) => requireNamed(await outcomeOf(() => handler(event as never, context)), names))
}

const key = fc.oneof(hostileText, hostileText.map((text) => `media/${text}`), hostileText.map((text) => `media/${encodeURIComponent(Buffer.from(text).toString())}.mp4`))

const notification = fc.oneof(
  hostileValue,
  fc.array(key, {maxLength: 5}).map((keys) => ({Records: keys.map((each) => ({s3: {bucket: {name: 'media'}, object: {key: each}}}))})),
  nearly({Records: [{s3: {object: {key: 'media/a.mp4'}}}]})
)

/** Those who read the bus and the bucket: an event is handled, or refused by a name that sends it into quarantine. */
export const fuzzConsumers = async (fuzz: Fuzz): Promise<void> => {
  await fuzzConsumer('StartFileUpload', hostileEnvelope('FileRequested'), refused, fuzz)
  await fuzzConsumer('SendPushNotification', hostileEnvelope('FileRequested', 'FileDownloadCompleted', 'FileDownloadFailed'), refused, fuzz)
  await fuzzConsumer('S3ObjectCreated', notification, ['InvalidEventError', 'ObjectVerificationError'], fuzz)
}
