import {trustedJson} from '../../shared/json'
import type {Answer, Call, Reply} from './call'

interface Given {
  readonly tags?: Record<string, string>
  readonly [member: string]: unknown
}

interface Entry {
  readonly description: Record<string, unknown>
  readonly tags: Record<string, string>
}

const ok = (body: unknown): Reply => ({status: 200, headers: {'content-type': 'application/json'}, body: JSON.stringify(body)})
const noContent: Reply = {status: 204}
const notFound = (what: string): Reply => ({
  status: 404,
  headers: {'content-type': 'application/json', 'x-amzn-errortype': 'NotFoundException'},
  body: JSON.stringify({Code: 'NotFoundException', Message: `${what} does not exist.`})
})

/** Region in the credential scope of a SigV4 signature. */
const readRegion = ({headers}: Call): string => /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? ''

const buildArn = (call: Call, names: readonly string[]): string =>
  `arn:aws:schemas:${readRegion(call)}:123456789012:${names.length === 1 ? 'registry' : 'schema'}/${names.join('/')}`

const describe = (arn: string, names: readonly string[], {tags = {}, ...given}: Given, version: number): Entry => {
  const at = '2026-01-01T00:00:00Z'
  const description = names.length === 1
    ? {...given, RegistryName: names[0], RegistryArn: arn}
    : {...given, SchemaName: names[1], SchemaArn: arn, SchemaVersion: String(version), LastModified: at, VersionCreatedDate: at}
  return {description, tags}
}

const answerTags = ({method, url, body}: Call, entry: Entry): Reply => {
  if (method === 'POST') {
    Object.assign(entry.tags, trustedJson<{tags: object}>(body.toString()).tags)
    return noContent
  }
  if (method === 'DELETE') {
    url.searchParams.getAll('tagKeys').forEach((key) => delete entry.tags[key])
    return noContent
  }
  return ok({tags: entry.tags})
}

const answerEntry = (call: Call, entries: Map<string, Entry>, names: readonly string[]): Reply => {
  const {method, body} = call
  const arn = buildArn(call, names)
  const known = entries.get(arn)
  if (method === 'POST' || (method === 'PUT' && known !== undefined)) {
    const version = Number(known?.description.SchemaVersion ?? 0) + 1
    const entry = describe(arn, names, {...known?.description, tags: known?.tags, ...trustedJson<Given>(body.toString())}, version)
    entries.set(arn, entry)
    return ok({...entry.description, tags: entry.tags})
  }
  if (known === undefined) {
    return notFound(arn)
  }
  if (method === 'DELETE') {
    entries.delete(arn)
    return noContent
  }
  return ok({...known.description, tags: known.tags})
}

/** The schema registry, which moto lacks: registries and schemas that can be made, read, changed, tagged and deleted. */
export const schemaRegistry = (): Answer => {
  const entries = new Map<string, Entry>()
  return (call) => {
    const path = decodeURIComponent(call.url.pathname)
    const tagged = /^\/tags\/(.+)$/.exec(path)?.[1]
    if (tagged !== undefined) {
      const entry = entries.get(tagged)
      return entry === undefined ? notFound(tagged) : answerTags(call, entry)
    }
    const names = /^\/v1\/registries\/name\/([^/]+)(?:\/schemas\/name\/([^/]+))?$/.exec(path)?.slice(1).filter((name) => name !== undefined)
    return names === undefined ? notFound(path) : answerEntry(call, entries, names)
  }
}
