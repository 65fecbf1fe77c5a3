import {type Fields, isObject} from '../guards'
import {type Check, into, type Place, show, tell} from './place'

/** A field of an object: what it holds, which query language has it (both, if none is said), and whether it must be there. */
export interface Field {
  readonly check: Check
  readonly only?: 'JSONPath' | 'JSONata'
  readonly isRequired?: boolean
}

export type Table = Readonly<Record<string, Field>>

export const field = (check: Check): Field => ({check})
export const required = (check: Check): Field => ({check, isRequired: true})
export const inJsonPath = (check: Check): Field => ({check, only: 'JSONPath'})
export const inJsonata = (check: Check): Field => ({check, only: 'JSONata'})

/** Checks an object by its table of fields; `what` names the object in sentences. */
export const checkFields = (value: unknown, table: Table, what: string, place: Place): value is Fields => {
  if (!isObject(value)) {
    tell(place, `${what} to be an object`, show(value), 'Write an object.')
    return false
  }
  const language = place.isJsonata ? 'JSONata' : 'JSONPath'
  for (const [key, each] of Object.entries(value)) {
    const known = Object.hasOwn(table, key) ? table[key] : undefined
    if (known === undefined) {
      tell(into(place, key), `a field of ${what}`, key, 'Remove it or correct its name.')
    } else if (known.only !== undefined && known.only !== language) {
      tell(into(place, key), `fields of ${language}`, `${key}, which is for ${known.only} alone`, 'Use the field of the query language, or change QueryLanguage.')
    } else {
      known.check(each, into(place, key))
    }
  }
  const missing = Object.keys(table).filter((key) => table[key]!.isRequired && !Object.hasOwn(value, key))
  missing.forEach((key) => tell(place, `${what} to have ${key}`, 'none', `Add ${key}.`))
  return true
}

/** Reports fields of which a state may have one, or must; those that end in Path are of JSONPath alone. */
export const checkExclusive = (value: Fields, all: readonly string[], place: Place, {isRequired = false} = {}): void => {
  const keys = all.filter((key) => !place.isJsonata || !key.endsWith('Path'))
  const found = keys.filter((key) => Object.hasOwn(value, key))
  if (found.length > 1) {
    tell(into(place, found[1]!), `one of ${keys.join(', ')}`, found.join(' and '), 'Remove all but one.')
  } else if (isRequired && found.length === 0) {
    tell(place, `one of ${keys.join(', ')}`, 'none', 'Add one.')
  }
}
