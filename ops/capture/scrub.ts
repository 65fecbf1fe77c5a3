import type {EventEnvelope} from '../../local/runtime/core/types'
import {wishIn} from '../../local/replay/wish'

/** What a capture is made of, as JSON knows it. */
export interface Material {
  readonly events: readonly EventEnvelope[]
}

type FileIdOf = (url: URL, preset?: unknown, audio?: unknown, record?: unknown) => string

const secretName = /token|sig|key|secret|pass|auth|session|cookie|credential|policy|expires|code|jwt/i
const isSecret = (name: string, value: string): boolean => value !== '' && (secretName.test(name) || value.length >= 24)

/** A URL without what may be secret in it; the same one if nothing is. */
const scrubbedUrl = (text: string): string => {
  const url = URL.parse(text)
  if (url === null) {
    return text
  }
  const parameters = url.search.slice(1).split('&').map((parameter) => {
    const [, name = parameter, value = ''] = /^([^=]*)=(.*)$/s.exec(parameter) ?? []
    return isSecret(name, value) ? `${name}=scrubbed` : parameter
  })
  const search = url.search === '' ? '' : `?${parameters.join('&')}`
  const isSame = url.username === '' && url.password === '' && search === url.search
  return isSame ? text : `${url.protocol}//${url.host}${url.pathname}${search}${url.hash}`
}

/** URLs end where text continues. */
const urls = /https?:\/\/[^\s"'<>\\]*[^\s"'<>\\.,;:!?)]/g

const scrubbedText = (text: string): string => text.replaceAll(urls, scrubbedUrl)

/** Says where on a machine the code lay. */
const machine = new Set(['trace', 'stackTrace'])

const mapped = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') {
    return change(value)
  }
  if (Array.isArray(value)) {
    return value.map((item) => mapped(item, change))
  }
  if (value instanceof Date || typeof value !== 'object' || value === null) {
    return value
  }
  const members = Object.entries(value).filter(([name]) => !machine.has(name))
  return Object.fromEntries(members.map(([name, member]) => [change(name), mapped(member, change)]))
}

const text = ({detail}: EventEnvelope, name: string): string | undefined => typeof detail[name] === 'string' ? detail[name] : undefined

const usersIn = (value: unknown): string[] => typeof value !== 'object' || value === null
  ? []
  : Object.entries(value).flatMap(([name, member]) =>
      typeof member === 'string' ? (/^(?:userId|requestedBy)$/.test(name) ? [member] : []) : usersIn(member))

/** All users, by number in the order in which they come. */
const pseudonyms = (material: Material): ReadonlyMap<string, string> =>
  new Map([...new Set(usersIn(material))].map((user, index) => [user, `user-${index + 1}`]))

/** A file is called after its URL: after another one if that lost a secret. */
const renamed = (events: readonly EventEnvelope[], fileIdOf: FileIdOf): ReadonlyMap<string, string> => new Map(events.flatMap((event) => {
  const [fileId, sourceUrl] = [text(event, 'fileId'), text(event, 'sourceUrl')]
  if (fileId === undefined || sourceUrl === undefined || scrubbedUrl(sourceUrl) === sourceUrl) {
    return []
  }
  const {preset, audio, record} = wishIn(event.detail)
  const isOwn = fileIdOf(new URL(sourceUrl), preset, audio, record) === fileId
  return isOwn ? [[fileId, fileIdOf(new URL(scrubbedUrl(sourceUrl)), preset, audio, record)] as const] : []
}))

const replacing = (names: ReadonlyMap<string, string>) => (value: string): string =>
  [...names].reduce((changed, [from, to]) => changed.replaceAll(from, to), value)

/** A user's id stands alone, or in a key between two number signs. */
const replacingUsers = (users: ReadonlyMap<string, string>) => (value: string): string =>
  users.get(value) ?? value.replace(/^(USER|PUSH)#([^#]*)/, (whole, kind: string, user: string) => users.has(user) ? `${kind}#${users.get(user)}` : whole)

/** JSON that stands as text in a history, however deep. */
const throughJson = (change: (value: string) => string): ((value: string) => string) => {
  const through = (value: string): string => {
    if (!/^[[{]/.test(value)) {
      return change(value)
    }
    try {
      return JSON.stringify(mapped(JSON.parse(value), through))
    } catch {
      return change(value)
    }
  }
  return through
}

/** Takes away what may be secret, and who the users are, everywhere alike; what hangs together by a name still does. */
export const scrub = <T extends Material>(material: T, fileIdOf: FileIdOf): T => {
  const [users, files] = [replacingUsers(pseudonyms(material)), replacing(renamed(material.events, fileIdOf))]
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- `mapped` changes texts alone
  return mapped(material, throughJson((value) => files(scrubbedText(users(value))))) as T
}
