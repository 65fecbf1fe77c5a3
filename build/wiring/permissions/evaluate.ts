import type {Needed} from './rest'

/** A statement of a policy document, as far as the evaluation looks at it. */
export interface Statement {
  readonly Effect: string
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
}

const many = (value: string | readonly string[]): readonly string[] => typeof value === 'string' ? [value] : value

/** IAM's wildcards: `*` for any characters, `?` for one. */
const matches = (pattern: string, value: string, flags = ''): boolean =>
  new RegExp(`^${pattern.replace(/[\\^$+.()|{}[\]]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`, flags).test(value)

const allows = ({Effect, Action, Resource}: Statement, {action, resource}: Needed): boolean =>
  Effect === 'Allow' && many(Action).some((each) => matches(each, action, 'i')) && many(Resource).some((each) => each === '*' || matches(each, resource))

/** What no statement allows, each once, as `action on resource`. Conditions are not looked at; a Deny in a document is not expected. */
export const listDenials = (needed: readonly Needed[], statements: readonly Statement[]): string[] =>
  [...new Set(needed.filter((each) => !statements.some((statement) => allows(statement, each))).map(({action, resource}) => `${action} on ${resource}`))].sort()
