import type {FileView} from '../../src/types/domain'
import {eventually, type Line, type System} from './system'

export interface Answer<T> {
  readonly status: number
  readonly body: T
}

/** One call of the HTTP API as a user. */
export const call = async <T>(system: Pick<System, 'address'>, user: string, method: string, path: string, body?: unknown): Promise<Answer<T>> => {
  const response = await fetch(system.address + path, {
    method,
    headers: {authorization: `Bearer ${user}`, 'content-type': 'application/json'},
    ...(body === undefined ? {} : {body: typeof body === 'string' ? body : JSON.stringify(body)})
  })
  const text = await response.text()
  return {status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T}
}

export interface Accepted {
  readonly fileId: string
  readonly status: string
}

export const requestFile = (system: System, user: string, url: string): Promise<Answer<Accepted>> =>
  call<Accepted>(system, user, 'POST', '/files', {url})

export const registerDevice = (system: System, user: string, deviceId: string, platform: 'APNS' | 'FCM' = 'APNS'): Promise<Answer<unknown>> =>
  call(system, user, 'PUT', `/devices/${deviceId}`, {platform, token: `token-of-${user}-${deviceId}`})

/** The file once it is Downloaded or Failed. */
export const settledFile = (system: System, user: string, fileId: string, milliseconds?: number): Promise<FileView> =>
  eventually(`${fileId} to be Downloaded or Failed`, async () => {
    const {body} = await call<FileView>(system, user, 'GET', `/files/${fileId}`)
    return ['Downloaded', 'Failed'].includes(body.status) ? body : undefined
  }, milliseconds)

/** Lines of one type, those of events by detail-type. */
export const eventsOf = (system: System, detailType: string): Line[] =>
  system.lines.filter((line) => line.type === 'event' && (line['event'] as {'detail-type': string})['detail-type'] === detailType)

export const notificationsOf = (system: System): Line[] => system.lines.filter((line) => line.type === 'notification')

/** Waits a moment in which a second effect would show, then passes. */
export const quiet = (milliseconds = 1500): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
