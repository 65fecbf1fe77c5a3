const PLACEHOLDER = /<([A-Za-z0-9_.-]+)>/g

export const RESERVED = ['aws.events.rule-arn', 'aws.events.rule-name', 'aws.events.event', 'aws.events.event.json', 'aws.events.event.ingestion-time'] as const

/** Names that a template asks for. */
export const placeholders = (template: string): string[] => [...template.matchAll(PLACEHOLDER)].map(([, name]) => name!)

const insideText = (template: string, at: number): boolean =>
  (template.slice(0, at).replaceAll(/\\./g, '').match(/"/g) ?? []).length % 2 === 1

/** Between quotes EventBridge puts text as it is, and objects without their quotes; elsewhere it writes JSON. What is missing is an empty text. */
const written = (value: unknown, inText: boolean): string => {
  if (!inText) {
    return JSON.stringify(value ?? '')
  }
  if (value === undefined) {
    return ''
  }
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '')
}

/**
 * Fills an input template. `null` is written only if the event has it: a variable whose path leads nowhere is an empty text, as on AWS.
 * Values in quotes are not escaped, so the outcome may be no JSON.
 */
export const fillTemplate = (template: string, variables: ReadonlyMap<string, unknown>): string =>
  template.replaceAll(PLACEHOLDER, (whole, name: string, at: number) => {
    if (!variables.has(name)) {
      return whole
    }
    const value = variables.get(name)
    return value === null ? 'null' : written(value, insideText(template, at))
  })
