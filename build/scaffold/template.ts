import {readFileSync} from 'node:fs'
import {join} from 'node:path'

const folder = join(import.meta.dirname, '..', 'templates')

/** A template with its `{{placeholders}}` filled in. Throws if one has no value. */
export const render = (template: string, values: Readonly<Record<string, string>>): string =>
  readFileSync(join(folder, `${template}.tmpl`), 'utf8').replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) {
      throw new Error(`Expected a value for {{${name}}} of build/templates/${template}.tmpl.`)
    }
    return value
  })
