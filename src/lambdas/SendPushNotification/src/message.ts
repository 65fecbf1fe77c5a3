import type {publish} from '../../../lib/vendor/AWS/SNS'
import type {Notice} from './notice'

type PublishInput = Parameters<typeof publish>[0]
type Attributes = NonNullable<PublishInput['MessageAttributes']>

const ttlSeconds = 86_400
// APNs and FCM refuse payloads over 4 KB, and no lock screen shows that much; a character may take six bytes in JSON.
const maxCharacters = {body: 300, mediaTitle: 100}
const maxCollapseIdBytes = 64

const cut = (text: string, characters: number): string => {
  const all = [...text]
  return all.length <= characters ? text : `${all.slice(0, characters - 1).join('')}…`
}

const shortened = ({mediaTitle, ...notice}: Notice): Notice =>
  ({...notice, body: cut(notice.body, maxCharacters.body), ...(mediaTitle && {mediaTitle: cut(mediaTitle, maxCharacters.mediaTitle)})})

const apns = ({title, body, mediaTitle, data}: Notice): string =>
  JSON.stringify({aps: {alert: {title, ...(mediaTitle && {subtitle: mediaTitle}), body}, sound: 'default'}, data})

/** https://docs.aws.amazon.com/sns/latest/dg/sns-fcm-v1-payloads.html */
const fcm = ({title, body, mediaTitle, data}: Notice, collapseKey: string): string => JSON.stringify({
  fcmV1Message: {
    message: {
      notification: {title, body: mediaTitle ? `${mediaTitle}\n${body}` : body},
      data,
      android: {collapse_key: collapseKey, priority: 'high', ttl: `${ttlSeconds}s`, notification: {sound: 'default', tag: collapseKey}}
    }
  }
})

const attributes = (values: Readonly<Record<string, string>>): Attributes =>
  Object.fromEntries(Object.entries(values).map(([name, StringValue]) => [`AWS.SNS.MOBILE.${name}`, {DataType: 'String', StringValue}]))

/** A push for one endpoint. All pushes about a file collapse into the newest one, should two ever reach a device. */
export const messageFor = (endpointArn: string, fileId: string, notice: Notice): PublishInput => {
  const short = shortened(notice)
  const collapseId = fileId.slice(-maxCollapseIdBytes)
  return {
    TargetArn: endpointArn,
    MessageStructure: 'json',
    Message: JSON.stringify(
      {default: `${short.title}: ${short.body}`, APNS: apns(short), APNS_SANDBOX: apns(short), GCM: fcm(short, collapseId)}
    ),
    MessageAttributes: attributes({
      'APNS.COLLAPSE_ID': collapseId,
      'APNS.PRIORITY': '10',
      'APNS.PUSH_TYPE': 'alert',
      'APNS.TTL': String(ttlSeconds),
      'APNS_SANDBOX.TTL': String(ttlSeconds),
      'FCM.TTL': String(ttlSeconds)
    })
  }
}
