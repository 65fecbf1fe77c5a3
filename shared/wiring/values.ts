type Values = Readonly<Record<string, unknown>>

/** An attribute as a string; empty if Terraform has none. */
export const text = (values: Values, name: string): string => {
  const value = values[name]
  return typeof value === 'string' ? value : ''
}

/** An attribute as a number, else the default. */
export const number = (values: Values, name: string, otherwise: number): number => {
  const value = values[name]
  return typeof value === 'number' ? value : otherwise
}

/** The nested blocks of a name: Terraform's state has each kind of block as a list. */
export const blocks = (values: Values, name: string): Values[] => {
  const value = values[name]
  return Array.isArray(value) ? value.filter((item): item is Values => typeof item === 'object' && item !== null) : []
}

/** The block that occurs at most once. */
export const block = (values: Values, name: string): Values => blocks(values, name)[0] ?? {}

export const texts = (values: Values, name: string): string[] => {
  const value = values[name]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
