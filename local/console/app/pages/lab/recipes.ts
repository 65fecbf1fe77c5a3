import type {Fault} from './calls'

export interface Recipe {
  readonly title: string
  readonly words: string
  readonly fault: Fault
}

/** Things that go wrong in the world, ready to be switched on. */
export const recipes: readonly Recipe[] = [
  {title: 'Source: busy for a minute', words: 'The practice source refuses with 429 and Retry-After. The workflow waits, and the host is left alone meanwhile.', fault: {at: 'source.*', effect: 'rate-limit', seconds: 60}},
  {title: 'Source: break off', words: 'It resets the connection half-way through the next transfer, which continues from there.', fault: {at: 'source.*', effect: 'reset', nth: 2}},
  {title: 'Source: change in mid-transfer', words: 'It has another video under the same URL. Bytes of both are never mixed.', fault: {at: 'source.*', effect: 'change', nth: 3}},
  {title: 'Source: fall silent', words: 'It stops sending half-way and keeps the connection.', fault: {at: 'source.*', effect: 'stall', nth: 2}},
  {title: 'Source: lure into a private network', words: 'It redirects to the address at which clouds keep credentials. The guard refuses.', fault: {at: 'source.*', effect: 'redirect', times: 'always'}},
  {title: 'Fail the next S3 call', words: 'An upload meets an internal error once; the SDK and the workflow try again.', fault: {at: 's3.*', effect: 'error'}},
  {title: 'Throttle the table', words: 'Ten DynamoDB calls in a row are told to slow down.', fault: {at: 'dynamodb.*', effect: 'throttle', times: 10}},
  {title: 'Lose a PutEvents answer', words: 'The events are on the bus, and the publisher never hears of it.', fault: {at: 'events.PutEvents', effect: 'timeout'}},
  {title: 'Deliver twice', words: 'The next event reaches SendPushNotification a second time. No one should be notified twice.', fault: {at: 'deliver.SendPushNotification', effect: 'duplicate'}},
  {title: 'Lose a delivery', words: 'The next event for StartFileUpload is not delivered.', fault: {at: 'deliver.StartFileUpload', effect: 'drop'}},
  {title: 'Kill TransferFile', words: 'Its process dies in the middle of the transfer, at its third call.', fault: {at: 'kill.TransferFile', effect: 'after', nth: 3}}
]
