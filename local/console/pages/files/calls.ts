import type {EntryOf} from '../../../local-api/entry'
import {api, local} from '../../core/http'
import {hasRoute} from '../../core/runtime'
import type {File} from './model'

export interface FilePage {
  readonly files: readonly File[]
  readonly nextToken: string | null
}

/** Every answer has new links; a video that plays is not to begin again with each. */
const links = new Map<string, {readonly url: string, readonly until: number}>()
const linkMilliseconds = 20 * 60_000

const withLastingLink = (file: File): File => {
  const {fileId, completedAt, downloadUrl} = file
  const key = `${fileId} ${completedAt}`
  const known = links.get(key)
  if (downloadUrl === null || (known !== undefined && known.until > Date.now())) {
    return {...file, downloadUrl: downloadUrl === null ? null : known!.url}
  }
  links.set(key, {url: downloadUrl, until: Date.now() + linkMilliseconds})
  return file
}

export const listFiles = async (nextToken?: string): Promise<FilePage> => {
  const page = await api<FilePage>('GET', `/files?limit=100${nextToken === undefined ? '' : `&nextToken=${encodeURIComponent(nextToken)}`}`)
  return {...page, files: page.files.map(withLastingLink)}
}

export const requestFile = (url: string, preset?: string): Promise<{readonly fileId: string, readonly status: string}> =>
  api('POST', '/files', {url, ...(preset !== undefined && preset !== '' && {preset})})

/** Asks again: by the file where the API has a route for that, else by its link. */
export const retryFile = ({fileId, sourceUrl}: File): Promise<unknown> =>
  hasRoute('POST /files/{fileId}/retry') ? api('POST', `/files/${encodeURIComponent(fileId)}/retry`) : requestFile(sourceUrl)

export const canCancel = (): boolean => hasRoute('POST /files/{fileId}/cancel')

export const cancelFile = ({fileId}: File): Promise<unknown> => api('POST', `/files/${encodeURIComponent(fileId)}/cancel`)

export interface Device {
  readonly arn: string
  readonly platform: string
  readonly token: string
  readonly isEnabled: boolean
  readonly userId: string
}

export const listDevices = async (userId: string): Promise<Device[]> =>
  (await local<{devices: Device[]}>('/devices')).devices.filter((device) => device.userId === userId)

/** A device that was made here says its id by its token. */
const tokenPrefix = 'console-'

export const deviceIdOf = ({token}: Device): string | undefined => token.startsWith(tokenPrefix) ? token.slice(tokenPrefix.length).split('@')[0] : undefined

export const registerDevice = (deviceId: string, platform: string, userId: string): Promise<unknown> =>
  api('PUT', `/devices/${encodeURIComponent(deviceId)}`, {platform, token: `${tokenPrefix}${deviceId}@${userId}`})

export const unregisterDevice = (deviceId: string): Promise<unknown> => api('DELETE', `/devices/${encodeURIComponent(deviceId)}`)

export const listPushes = async (userId: string): Promise<ReadonlyArray<EntryOf<'notification'>>> =>
  (await local<{entries: ReadonlyArray<EntryOf<'notification'>>}>(`/pushes?limit=50&userId=${encodeURIComponent(userId)}`)).entries
