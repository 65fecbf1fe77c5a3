import type {EntryOf} from '../../../api/entry'
import {api, local} from '../../core/http'
import type {File} from './model'
import {noWish, type Wish, wishBody} from './wish'

export interface FilePage {
  readonly files: readonly File[]
  readonly nextToken: string | null
}

/** Every answer has new links; a video that plays is not to begin again with each, and a picture is not to be loaded again. */
const links = new Map<string, {readonly url: string, readonly until: number}>()
const linkMilliseconds = 20 * 60_000

const lasting = (key: string, url: string): string => {
  const known = links.get(key)
  if (known !== undefined && known.until > Date.now()) {
    return known.url
  }
  links.set(key, {url, until: Date.now() + linkMilliseconds})
  return url
}

const withLastingLinks = (file: File): File => {
  const {fileId, completedAt, downloadUrl, thumbnailUrl, captions} = file
  return {
    ...file,
    downloadUrl: downloadUrl && lasting(`${fileId} media ${completedAt}`, downloadUrl),
    thumbnailUrl: thumbnailUrl && lasting(`${fileId} thumbnail`, thumbnailUrl),
    captions: captions.map(({language, url}) => ({language, url: lasting(`${fileId} captions ${language}`, url)}))
  }
}

export const listFiles = async (nextToken?: string): Promise<FilePage> => {
  const page = await api<FilePage>('GET', `/files?limit=100${nextToken === undefined ? '' : `&nextToken=${encodeURIComponent(nextToken)}`}`)
  return {...page, files: page.files.map(withLastingLinks)}
}

export const requestFile = (url: string, wish: Wish = noWish): Promise<{readonly fileId: string, readonly status: string}> =>
  api('POST', '/files', {url, ...wishBody(wish)})

export const retryFile = ({fileId}: File): Promise<unknown> => api('POST', `/files/${encodeURIComponent(fileId)}/retry`)

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

export const parseDeviceId = ({token}: Device): string | undefined => token.startsWith(tokenPrefix) ? token.slice(tokenPrefix.length).split('@')[0] : undefined

export const registerDevice = (deviceId: string, platform: string, userId: string): Promise<unknown> =>
  api('PUT', `/devices/${encodeURIComponent(deviceId)}`, {platform, token: `${tokenPrefix}${deviceId}@${userId}`})

export const unregisterDevice = (deviceId: string): Promise<unknown> => api('DELETE', `/devices/${encodeURIComponent(deviceId)}`)

export const listPushes = async (userId: string): Promise<ReadonlyArray<EntryOf<'notification'>>> =>
  (await local<{entries: ReadonlyArray<EntryOf<'notification'>>}>(`/pushes?limit=50&userId=${encodeURIComponent(userId)}`)).entries
