import type {Schema} from '../../shared/contracts/schema'

interface Property {
  readonly path: string
  readonly schema: Schema
  readonly required: boolean
}

/** Every property, those inside objects and lists too: `author.name`, `tags[]`. */
export const listProperties = (schema: Schema, path = ''): Property[] => Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
  const at = `${path}${name}`
  const items = property.items
  return [
    {path: at, schema: property, required: schema.required?.includes(name) ?? false},
    ...listProperties(property, `${at}.`),
    ...items === undefined ? [] : listProperties(items, `${at}[].`)
  ]
})

const formats: Readonly<Record<string, string>> = {'date-time': 'ISO 8601 time', date: 'ISO 8601 date', uri: 'URI', uuid: 'UUID', email: 'e-mail address'}

const typeName = ({type, format, items}: Schema): string => {
  if (type === 'array') {
    return `list of ${items === undefined ? 'anything' : typeName(items)}`
  }
  return formats[String(format)] ?? type ?? 'anything'
}

const between = (least: unknown, most: unknown, unit: string): string[] => {
  if (least === undefined && most === undefined) {
    return []
  }
  const [from, to] = [least, most].map((bound) => bound === undefined ? undefined : Number(bound).toLocaleString('en-US'))
  return [least === undefined ? `at most ${to}${unit}` : most === undefined ? `at least ${from}${unit}` : least === most ? `${from}${unit}` : `${from} to ${to}${unit}`]
}

/** The type of a value and its limits: `integer, at least 1`. */
export const describeType = (schema: Schema): string => [
  typeName(schema),
  ...schema.enum === undefined ? [] : [`one of ${schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ')}`],
  ...between(schema.minLength, schema.maxLength, ' characters'),
  ...between(schema.minimum, schema.maximum, ''),
  ...between(schema.minItems, schema.maxItems, ' items'),
  ...schema.pattern === undefined ? [] : [`\`${String(schema.pattern)}\``]
].join(', ')
