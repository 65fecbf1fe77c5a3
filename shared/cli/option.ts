import {resolve} from 'node:path'
import {UsageError} from './errors'

/** An option of a command: of type `T` once it is read. */
export interface Option<T> {
  readonly says: string
  /** What stands for its value in the help; without one it is a flag. */
  readonly value?: string
  /** Reads a value; `before` is what the option had until now. Throws UsageError. */
  readonly read?: (text: string, name: string, before: unknown) => T
  readonly otherwise?: T
}

export type Options = Readonly<Record<string, Option<unknown>>>

/** What a command line says to options, by their names in camel case. */
export type Values<O extends Options> = {readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never}

export const flag = (says: string): Option<boolean> => ({says, otherwise: false})

export const text = <const D extends string | undefined = undefined>(value: string, says: string, otherwise?: D): Option<string | D> =>
  ({says, value, read: (given) => given, otherwise})

/** A file or folder, from the folder that the user is in. */
export const path = <const D extends string | undefined = undefined>(value: string, says: string, otherwise?: D): Option<string | D> =>
  ({says, value, read: (given) => resolve(process.env.INIT_CWD ?? process.cwd(), given), otherwise})

/** May be given several times. */
export const many = (value: string, says: string): Option<readonly string[]> =>
  ({says: `${says} (may be given several times)`, value, read: (given, _, before) => [...Array.isArray(before) ? before.map(String) : [], given], otherwise: []})

interface Range<D> {
  readonly from?: number
  readonly to?: number
  readonly otherwise?: D
}

const ranged = <D>(
  kind: string, pattern: RegExp, value: string, says: string, {from = 0, to = Infinity, otherwise}: Range<D>
): Option<number | D> => ({
  says, value, otherwise,
  read: (given, name) => {
    const number = Number(given)
    if (!pattern.test(given) || number < from || number > to) {
      throw new UsageError(`${name} takes ${kind} from ${from} ${to === Infinity ? 'on' : `to ${to}`}, not '${given}'.`)
    }
    return number
  }
})

export const whole = <D extends number | undefined = undefined>(value: string, says: string, range: Range<D> = {}): Option<number | D> =>
  ranged('a whole number', /^\d+$/, value, says, {to: Number.MAX_SAFE_INTEGER, ...range})

export const number = <D extends number | undefined = undefined>(value: string, says: string, range: Range<D> = {}): Option<number | D> =>
  ranged('a number', /^\d+(\.\d+)?$/, value, says, range)

export const keyword = <const T extends string, const D extends T | undefined = undefined>(
  value: string, choices: readonly T[], says: string, otherwise?: D
): Option<T | D> => ({
  says: `${says}: ${choices.join(', ')}`, value, otherwise,
  read: (given, name) => {
    const chosen = choices.find((choice) => choice === given)
    if (chosen === undefined) {
      throw new UsageError(`${name} takes ${choices.join(' or ')}, not '${given}'.`)
    }
    return chosen
  }
})
