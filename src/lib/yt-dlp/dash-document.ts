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
const listOf = (element: Element, name: string): readonly unknown[] => Array.isArray(element[name]) ? element[name] as unknown[] : []
const elementsOf = (element: Element, name: string): readonly Element[] => listOf(element, name).map((each) => isElement(each) ? each : {})
const elementOf = (element: Element, name: string): Element => isElement(element[name]) ? element[name] : {}
const attributeOf = (element: Element, name: string): string | undefined => {
  const value = element[`@${name}`]
  return typeof value === 'string' ? value : undefined
}
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : isElement(value) && typeof value['#text'] === 'string' ? value['#text'] : ''

// ISO/IEC 23009-1, 5.8.5.5; what is not there is a track for everybody.
const roles: Readonly<Record<string, number>> = {
  main: 0, dub: 2, alternate: 3, supplementary: 4, commentary: 5, 'enhanced-audio-intelligibility': 5, emergency: 5, sign: 6, description: 6
}
const spokenLabel = /\b(?:audio.?descri|descri(?:bed|ptive)|commentary|visually impaired)/i

const isRole = (element: Element): boolean => /:dash:role:/i.test(attributeOf(element, 'schemeIdUri') ?? '')
/** ETSI TS 102 822-3-1, AudioPurposeCS: 1 is for the blind, 2 for those who hear badly. */
const isPurpose = (element: Element): boolean => /AudioPurposeCS/i.test(attributeOf(element, 'schemeIdUri') ?? '')

/** How far a track is from being the main one: by its worst role, whom it is for, and last by what it calls itself. */
const rankOf = (set: Element): number => {
  const accessible = elementsOf(set, 'Accessibility')
  const named = [...elementsOf(set, 'Role'), ...accessible].filter(isRole).map((element) => roles[attributeOf(element, 'value') ?? ''] ?? 1)
  const purposes = accessible.filter(isPurpose).map((element) => /^[12]$/.test(attributeOf(element, 'value') ?? '') ? 6 : 0)
  const labels = [attributeOf(set, 'label') ?? '', ...listOf(set, 'Label').map(textOf)].some((label) => spokenLabel.test(label)) ? [5] : []
  const ranks = [...named, ...purposes, ...labels]
  return ranks.length === 0 ? 1 : Math.max(...ranks)
}

const purposes: Readonly<Record<string, string>> = {1: 'description', 2: 'enhanced-audio-intelligibility'}

const rolesOf = (set: Element): readonly string[] => {
  const accessible = elementsOf(set, 'Accessibility')
  const named = [...elementsOf(set, 'Role'), ...accessible].filter(isRole).flatMap((element) => attributeOf(element, 'value') ?? [])
  const found = [...named, ...accessible.filter(isPurpose).flatMap((element) => purposes[attributeOf(element, 'value') ?? ''] ?? [])]
  return found.length === 0 ? ['main'] : found
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** https://dashif.org/docs: `$…$` are replaced, `$$` is a dollar. */
const pattern = (template: string, id: string): RegExp => new RegExp(`^${template.split(/(\$[^$]*\$)/).map((part) => {
  const [, name] = /^\$([A-Za-z]*)(?:%0\d+d)?\$$/.exec(part) ?? []
  return name === undefined ? escaped(part) : name === '' ? String.raw`\$` : name === 'RepresentationID' ? escaped(id) : String.raw`\d+`
}).join('')}$`)

const kindOf = (set: Element, representation: Element): string => {
  const attribute = (name: string): string | undefined => attributeOf(representation, name) ?? attributeOf(set, name)
  const kind = attribute('contentType') ?? attribute('mimeType')?.split('/')[0] ?? ''
  return kind === 'application' || kind === '' ? /^(?:mp4a|ac-|ec-|opus)/.test(attribute('codecs') ?? '') ? 'audio' : 'other' : kind
}

interface Segments {
  readonly isSegmented: boolean
  owns: (address: string) => boolean
}

const segmentsOf = (parents: readonly Element[], id: string): Segments => {
  const templates = parents.map((parent) => elementOf(parent, 'SegmentTemplate'))
  const lists = parents.map((parent) => elementOf(parent, 'SegmentList'))
  const last = (name: string): string[] =>
    templates.map((template) => attributeOf(template, name)).filter((text) => text !== undefined).slice(-1)
  const sources = [...templates, ...lists].map((each) => attributeOf(elementOf(each, 'Initialization'), 'sourceURL'))
  const listed =
    new Set([...sources, ...lists.flatMap((list) => elementsOf(list, 'SegmentURL').map((segment) => attributeOf(segment, 'media')))])
  const patterns = [...last('media'), ...last('initialization')].map((template) => pattern(template, id))
  return {
    isSegmented: patterns.length > 0 || lists.some((list) => elementsOf(list, 'SegmentURL').length > 0),
    owns: (address) => listed.has(address) || patterns.some((each) => each.test(address))
  }
}

const rootOf = (text: string): Element => {
  try {
    const document: unknown = parser.parse(text)
    return isElement(document) ? elementOf(document, 'MPD') : {}
  } catch {
    return {}
  }
}

/** Descriptors may stand at either place. */
const mergedRoles = (set: Element, representation: Element): Element => ({
  ...set,
  ...Object.fromEntries(['Role', 'Accessibility', 'Label'].map((name) => [name, [...listOf(set, name), ...listOf(representation, name)]]))
})

/** The pictures and sounds of a DASH manifest; none if the text is something else. */
export const parseTracks = (text: string): readonly Track[] => {
  const root = rootOf(text)
  let segmented = 0
  return elementsOf(root, 'Period').flatMap((period, periodIndex) => elementsOf(period, 'AdaptationSet').flatMap((set, setIndex) =>
    elementsOf(set, 'Representation').flatMap((representation): Track[] => {
      const kind = kindOf(set, representation)
      const id = attributeOf(representation, 'id')
      const {isSegmented, owns} = segmentsOf([period, set, representation], id ?? '')
      const number = isSegmented && /^(?:video|audio|image)/.test(kind) ? segmented++ : undefined
      const baseUrl = [representation, set, period].flatMap((element) => listOf(element, 'BaseURL').map(textOf))
        .find((part) => part.trim() !== '')?.trim()
      return kind === 'video' || kind === 'audio'
        ? [{kind, period: periodIndex, set: setIndex, rank: rankOf(mergedRoles(set, representation)),
            roles: rolesOf(mergedRoles(set, representation)), id, language: attributeOf(set, 'lang'), number, baseUrl, owns}]
        : []
    })))
}
