import {meaning} from './canonical'
import {breaking, safe, type Change, type Compare} from './change'
import type {Schema} from './schema'

/** Changes of allOf, anyOf, oneOf and not. What cannot be shown to be safe is breaking. */
export const compareAlternatives = (before: Schema, after: Schema, path: string, compare: Compare): Change[] =>
  (['allOf', 'anyOf', 'oneOf', 'not'] as const)
    .filter((keyword) => meaning({[keyword]: before[keyword] ?? null}) !== meaning({[keyword]: after[keyword] ?? null}))
    .flatMap((keyword) => comparisons[keyword](before, after, `${path}/${keyword}`, compare))

const compareAllOf: CompareKeyword = ({allOf: was = []}, {allOf: is = []}, path, compare) => was.length === is.length
  ? was.flatMap((member, index) => compare(member, is[index]!, `${path}/${index}`))
  : [breaking(path, was.length < is.length ? 'one more demand: archived events may not meet it' : 'one demand less: consumers rely on it')]

const compareAnyOf: CompareKeyword = ({anyOf: was, type}, {anyOf: is}, path, compare) => {
  if (was === undefined || is === undefined) {
    return [breaking(path, was === undefined ? 'alternatives are demanded now' : 'consumers rely on the alternatives')]
  }
  if (was.length === is.length) {
    return was.flatMap((alternative, index) => compare(alternative, is[index]!, `${path}/${index}`))
  }
  const meanings = {was: was.map(meaning), is: is.map(meaning)}
  const gained = is.filter((_, index) => !meanings.was.includes(meanings.is[index]!))
  if (meanings.was.some((each) => !meanings.is.includes(each))) {
    return [breaking(path, 'an alternative changed or is gone: archived events may use it')]
  }
  const known = new Set(was.map((alternative) => alternative.type ?? type))
  return gained.every((alternative) => isScalar(alternative.type ?? type) && known.has(alternative.type ?? type))
    ? [safe(path, 'one more alternative of a type that consumers know')]
    : [breaking(path, 'an alternative of another kind: consumers do not know it')]
}

const isScalar = (type: string | undefined): boolean => type !== undefined && type !== 'object' && type !== 'array'

const compareOneOf: CompareKeyword = (_before, _after, path) => [breaking(path, 'exactly one must fit, so any change may refuse what was valid')]

const compareNot: CompareKeyword = (_before, after, path) =>
  after.not === undefined ? [safe(path, 'takes what it took before')] : [breaking(path, 'refuses what was valid: archived events would no longer parse')]

type CompareKeyword = (before: Schema, after: Schema, path: string, compare: Compare) => Change[]

const comparisons: Readonly<Record<'allOf' | 'anyOf' | 'oneOf' | 'not', CompareKeyword>> =
  {allOf: compareAllOf, anyOf: compareAnyOf, oneOf: compareOneOf, not: compareNot}
