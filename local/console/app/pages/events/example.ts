interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

const byFormat: Readonly<Record<string, () => string>> = {
  'date-time': () => new Date().toISOString(), uri: () => 'https://example.com/harbour.mp4', uuid: () => crypto.randomUUID()
}

/** Names that say more than their type. */
const byName: Readonly<Record<string, () => string>> = {
  fileId: () => 'url-0123456789abcdef', correlationId: () => crypto.randomUUID(), userId: () => 'local', title: () => 'Harbour at dusk'
}

const exampleValue = (name: string, schema: Schema): unknown => {
  const {type, format = '', minimum = 0} = schema
  const given = schema.enum?.[0]
  if (given !== undefined) {
    return given
  }
  switch (type) {
    case 'object': return buildExample(schema)
    case 'array': return []
    case 'integer':
    case 'number': return minimum
    case 'boolean': return false
    default: return (byName[name] ?? byFormat[format] ?? (() => name))()
  }
}

/** A value to begin with: what a schema requires, filled in. */
export const buildExample = ({required = [], properties = {}}: Schema): Record<string, unknown> =>
  Object.fromEntries(required.map((name) => [name, exampleValue(name, properties[name] ?? {})]))
