import type {WiredResource} from '../contracts/wired'

interface Statement {
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** That a role may do something; roles have the names of their functions and workflows. */
export interface Grant {
  readonly role: string
  readonly resources: readonly string[]
  /** Detail-types, where the grant is narrowed to some. */
  readonly events: readonly string[]
}

const many = (value: string | readonly string[] | undefined): readonly string[] => typeof value === 'string' ? [value] : value ?? []

const statementsIn = (policy: unknown): readonly Statement[] => {
  const {Statement: statements} = JSON.parse(String(policy)) as {Statement: Statement | readonly Statement[]}
  return Array.isArray(statements) ? statements as readonly Statement[] : [statements as Statement]
}

/** Every grant of an action such as `events:PutEvents`. A test keeps the grants to what the code does. */
export const grantsOf = (resources: readonly WiredResource[], action: string): Grant[] => resources
  .filter(({type}) => type === 'aws_iam_role_policy')
  .flatMap(({values}) => statementsIn(values.policy)
    .filter((statement) => many(statement.Action).includes(action))
    .map((statement) => ({
      role: String(values.role),
      resources: many(statement.Resource),
      events: many(statement.Condition?.StringEquals?.['events:detail-type'])
    })))
