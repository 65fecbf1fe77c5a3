const PLACEHOLDER = /<([A-Za-z0-9_.-]+)>/g

export const RESERVED = ['aws.events.rule-arn', 'aws.events.rule-name', 'aws.events.event', 'aws.events.event.json', 'aws.events.event.ingestion-time'] as const

/** Names that a template asks for. */
export const placeholders = (template: string): string[] => [...template.matchAll(PLACEHOLDER)].map(([, name]) => name!)

const insideText = (template: string, at: number): boolean =>
  (template.slice(0, at).replaceAll(/\\./g, '').match(/"/g) ?? []).length % 2 === 1

/** Where a value stands: bare, in a text of a JSON object or list, or in a template that is one text. */
type Place = 'bare' | 'text' | 'whole text'

const placeOf = (template: string, at: number): Place => {
  if (!insideText(template, at)) {
    return 'bare'
  }
  return /^\s*[{[]/.test(template) ? 'text' : 'whole text'
}

/**
 * Nothing in a text is escaped. An object keeps its quotes there, so that the outcome is no JSON and is not delivered; only in a template that
 * is one text EventBridge leaves them out. What is missing is an empty text.
 */
const written = (value: unknown, place: Place): string => {
  if (place === 'bare') {
    return JSON.stringify(value ?? '')
  }
  if (value === undefined || typeof value === 'string') {
    return value ?? ''
  }
  return place === 'text' ? JSON.stringify(value) : JSON.stringify(value).replaceAll('"', '')
}

/** Fills an input template. `null` is written only if the event has it: a variable whose path leads nowhere is an empty text, as on AWS. */
export const fillTemplate = (template: string, variables: ReadonlyMap<string, unknown>): string =>
  template.replaceAll(PLACEHOLDER, (whole, name: string, at: number) => {
    if (!variables.has(name)) {
      return whole
    }
    const value = variables.get(name)
    return value === null ? 'null' : written(value, placeOf(template, at))
  })
