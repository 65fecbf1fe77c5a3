import {trustedJson} from '../../shared/json'
import type {WiredResource} from '../../shared/wiring/wiring'

interface Statement {
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** That something may do something. */
export interface Grant {
  /** Name of the function or workflow whose role it is. */
  readonly role: string
  readonly resources: readonly string[]
  /** Detail-types, if the grant is narrowed to some. */
  readonly events: readonly string[]
}

/** Whose role it is, by the role's name: that of the function, workflow or rule and its Region. */
export const roleOwner = (role: string): string => role.replace(/-[a-z]{2,4}(-[a-z]+){1,2}-\d+$/, '')

const many = (value: string | readonly string[] | undefined): readonly string[] => typeof value === 'string' ? [value] : value ?? []

const statementsIn = (policy: unknown): readonly Statement[] =>
  [trustedJson<{Statement: Statement | readonly Statement[]}>(String(policy)).Statement].flat()

/** Every grant of an action such as `events:PutEvents`. A test keeps the grants to what the code does. */
export const findGrants = (resources: readonly WiredResource[], action: string): Grant[] => resources
  .filter(({type}) => type === 'aws_iam_role_policy')
  .flatMap(({values}) => statementsIn(values.policy)
    .filter((statement) => many(statement.Action).includes(action))
    .map((statement) => ({
      role: roleOwner(String(values.role)),
      resources: many(statement.Resource),
      events: many(statement.Condition?.StringEquals?.['events:detail-type'])
    })))
