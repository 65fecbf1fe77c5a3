/** What a push shows. */
export interface Alert {
  readonly title?: string
  readonly subtitle?: string
  readonly body?: string
}

interface Message {
  readonly aps?: {readonly alert?: Alert}
  readonly fcmV1Message?: {readonly message?: {readonly notification?: Alert}}
}

/** What a push of either platform shows; undefined if it shows nothing. */
export const alertIn = (message: unknown): Alert | undefined => {
  const {aps, fcmV1Message} = (message ?? {}) as Message
  return aps?.alert ?? fcmV1Message?.message?.notification
}
