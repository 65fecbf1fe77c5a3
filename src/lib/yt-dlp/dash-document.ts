import {XMLParser} from 'fast-xml-parser'

type Element = Readonly<Record<string, unknown>>

/** A track of a DASH manifest (ISO/IEC 23009-1, 5.3.5), in the order of the document. */
export interface Track {
  readonly kind: 'video' | 'audio'
  readonly period: number
  readonly set: number
  /** The lower, the more it is the main one of its kind. */
  readonly rank: number
  readonly id?: string
  readonly language?: string
  /** As it names them; of `main` if it names none. */
  readonly roles: readonly string[]
  /** As yt-dlp counts the tracks that lie in segments; undefined for one that is a file of its own. */
  readonly number?: number
  /** The last part of its address. */
  readonly baseUrl?: string
  /** Whether a segment is of it, by its address in the manifest. */
  owns: (address: string) => boolean
}

const repeated = new Set(['Period', 'AdaptationSet', 'Representation', 'Role', 'Accessibility', 'Label', 'BaseURL', 'SegmentURL'])
const parser = new XMLParser({ignoreAttributes: false,
  attributeNamePrefix: '@', removeNSPrefix: true, parseAttributeValue: false, parseTagValue: false, isArray: (name) => repeated.has(name)})

const isElement = (value: unknown): value is Element => typeof value === 'object' && value !== null
const listValues = (element: Element, name: string): readonly unknown[] => Array.isArray(element[name]) ? element[name] as unknown[] : []
const listElements = (element: Element, name: string): readonly Element[] =>
  listValues(element, name).map((each) => isElement(each) ? each : {})
const readElement = (element: Element, name: string): Element => isElement(element[name]) ? element[name] : {}
const readAttribute = (element: Element, name: string): string | undefined => {
  const value = element[`@${name}`]
  return typeof value === 'string' ? value : undefined
}
const readText = (value: unknown): string =>
  typeof value === 'string' ? value : isElement(value) && typeof value['#text'] === 'string' ? value['#text'] : ''

// ISO/IEC 23009-1, 5.8.5.5; what is not there is a track for everybody.
const roles: Readonly<Record<string, number>> = {
  main: 0, dub: 2, alternate: 3, supplementary: 4, commentary: 5, 'enhanced-audio-intelligibility': 5, emergency: 5, sign: 6, description: 6
}
const spokenLabel = /\b(?:audio.?descri|descri(?:bed|ptive)|commentary|visually impaired)/i

const isRole = (element: Element): boolean => /:dash:role:/i.test(readAttribute(element, 'schemeIdUri') ?? '')
/** ETSI TS 102 822-3-1, AudioPurposeCS: 1 is for the blind, 2 for those who hear badly. */
const isPurpose = (element: Element): boolean => /AudioPurposeCS/i.test(readAttribute(element, 'schemeIdUri') ?? '')

/** How far a track is from being the main one: by its worst role, whom it is for, and last by what it calls itself. */
const computeRank = (set: Element): number => {
  const accessible = listElements(set, 'Accessibility')
  const named =
    [...listElements(set, 'Role'), ...accessible].filter(isRole).map((element) => roles[readAttribute(element, 'value') ?? ''] ?? 1)
  const purposes = accessible.filter(isPurpose).map((element) => /^[12]$/.test(readAttribute(element, 'value') ?? '') ? 6 : 0)
  const labels =
    [readAttribute(set, 'label') ?? '', ...listValues(set, 'Label').map(readText)].some((label) => spokenLabel.test(label)) ? [5] : []
  const ranks = [...named, ...purposes, ...labels]
  return ranks.length === 0 ? 1 : Math.max(...ranks)
}

const purposes: Readonly<Record<string, string>> = {1: 'description', 2: 'enhanced-audio-intelligibility'}

const listRoles = (set: Element): readonly string[] => {
  const accessible = listElements(set, 'Accessibility')
  const named = [...listElements(set, 'Role'), ...accessible].filter(isRole).flatMap((element) => readAttribute(element, 'value') ?? [])
  const found = [...named, ...accessible.filter(isPurpose).flatMap((element) => purposes[readAttribute(element, 'value') ?? ''] ?? [])]
  return found.length === 0 ? ['main'] : found
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** https://dashif.org/docs: `$…$` are replaced, `$$` is a dollar. */
const pattern = (template: string, id: string): RegExp => new RegExp(`^${template.split(/(\$[^$]*\$)/).map((part) => {
  const [, name] = /^\$([A-Za-z]*)(?:%0\d+d)?\$$/.exec(part) ?? []
  return name === undefined ? escaped(part) : name === '' ? String.raw`\$` : name === 'RepresentationID' ? escaped(id) : String.raw`\d+`
}).join('')}$`)

const findKind = (set: Element, representation: Element): string => {
  const attribute = (name: string): string | undefined => readAttribute(representation, name) ?? readAttribute(set, name)
  const kind = attribute('contentType') ?? attribute('mimeType')?.split('/')[0] ?? ''
  return kind === 'application' || kind === '' ? /^(?:mp4a|ac-|ec-|opus)/.test(attribute('codecs') ?? '') ? 'audio' : 'other' : kind
}

interface Segments {
  readonly isSegmented: boolean
  owns: (address: string) => boolean
}

const readSegments = (parents: readonly Element[], id: string): Segments => {
  const templates = parents.map((parent) => readElement(parent, 'SegmentTemplate'))
  const lists = parents.map((parent) => readElement(parent, 'SegmentList'))
  const last = (name: string): string[] =>
    templates.map((template) => readAttribute(template, name)).filter((text) => text !== undefined).slice(-1)
  const sources = [...templates, ...lists].map((each) => readAttribute(readElement(each, 'Initialization'), 'sourceURL'))
  const listed =
    new Set([...sources, ...lists.flatMap((list) => listElements(list, 'SegmentURL').map((segment) => readAttribute(segment, 'media')))])
  const patterns = [...last('media'), ...last('initialization')].map((template) => pattern(template, id))
  return {
    isSegmented: patterns.length > 0 || lists.some((list) => listElements(list, 'SegmentURL').length > 0),
    owns: (address) => listed.has(address) || patterns.some((each) => each.test(address))
  }
}

const parseRoot = (text: string): Element => {
  try {
    const document: unknown = parser.parse(text)
    return isElement(document) ? readElement(document, 'MPD') : {}
  } catch {
    return {}
  }
}

/** Descriptors may stand at either place. */
const mergedRoles = (set: Element, representation: Element): Element => ({
  ...set,
  ...Object.fromEntries(
    ['Role', 'Accessibility', 'Label'].map((name) => [name, [...listValues(set, name), ...listValues(representation, name)]])
  )
})

/** The pictures and sounds of a DASH manifest; none if the text is something else. */
export const parseTracks = (text: string): readonly Track[] => {
  const root = parseRoot(text)
  let segmented = 0
  return listElements(root, 'Period').flatMap((period, periodIndex) => listElements(period, 'AdaptationSet').flatMap((set, setIndex) =>
    listElements(set, 'Representation').flatMap((representation): Track[] => {
      const kind = findKind(set, representation)
      const id = readAttribute(representation, 'id')
      const {isSegmented, owns} = readSegments([period, set, representation], id ?? '')
      const number = isSegmented && /^(?:video|audio|image)/.test(kind) ? segmented++ : undefined
      const baseUrl = [representation, set, period].flatMap((element) => listValues(element, 'BaseURL').map(readText))
        .find((part) => part.trim() !== '')?.trim()
      return kind === 'video' || kind === 'audio'
        ? [{kind, period: periodIndex, set: setIndex, rank: computeRank(mergedRoles(set, representation)),
            roles: listRoles(mergedRoles(set, representation)), id, language: readAttribute(set, 'lang'), number, baseUrl, owns}]
        : []
    })))
}
