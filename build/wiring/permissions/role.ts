import {trustedJson} from '../../../shared/json'
import type {Command} from '../command'
import {listDenials, type Statement} from './evaluate'
import type {Recording} from './recording'

interface Resource {
  readonly type: string
  readonly values: Readonly<Record<string, unknown>>
}

interface Plan {
  readonly planned_values: {readonly root_module: {readonly resources: readonly Resource[]}}
}

/** A stack whose calls are judged. */
export interface Stack {
  readonly suffix: string
  readonly region: string
  /** Variables of the bootstrap besides repository, Region and environments, as `-var` and its value. */
  readonly bootstrap: readonly string[]
}

/** IAM's limits of a managed policy, and of how many a role takes. */
const limits = {characters: 6144, policies: 10}
const environment = 'judged'

/** Variables of the bootstrap that makes the role of a stack. */
export const bootstrapVariables = ({suffix, region, bootstrap}: Stack): string[] =>
  ['-var', 'repository=owner/name', '-var', `region=${region}`, '-var', `environments=${JSON.stringify({[environment]: suffix})}`, ...bootstrap]

/** Policies of the role that deploys the stack, as a plan of the bootstrap computes them. */
const rolePolicies = async (bootstrap: Command, mirror: readonly string[], stack: Stack): Promise<string[]> => {
  await bootstrap('init', '-no-color', '-backend=false', ...mirror)
  await bootstrap('plan', '-no-color', ...bootstrapVariables(stack), '-out=role.tfplan')
  const {planned_values: {root_module: {resources}}} = trustedJson<Plan>(await bootstrap('show', '-json', 'role.tfplan'))
  return resources.filter(({type}) => type === 'aws_iam_policy').map(({values}) => String(values['policy']))
}

const judgeSizes = (policies: readonly string[]): string[] => [
  ...policies.map((policy) => JSON.stringify(JSON.parse(policy)).length).filter((length) => length > limits.characters)
    .map((length) => `A policy of the deploy role has ${length} characters; IAM takes ${limits.characters}.`),
  ...policies.length > limits.policies ? [`The deploy role has ${policies.length} policies; IAM takes ${limits.policies}.`] : []
]

/** Sentences about calls of the run that the deploy role of the bootstrap would not be allowed, and about policies that IAM would not take. */
export const judgeRole = async (
  recording: Recording, stack: Stack, bootstrap: Command, mirror: readonly string[], say: (line: string) => void
): Promise<string[]> => {
  // The plan of the bootstrap makes calls itself.
  const needed = recording.needed()
  const unknown = recording.unknown()
  const policies = await rolePolicies(bootstrap, mirror, stack)
  const denials = listDenials(needed, policies.flatMap((policy) => trustedJson<{Statement: Statement[]}>(policy).Statement))
  say(`deploy role: ${needed.length} permissions needed, ${denials.length} denied`)
  return [
    ...unknown, ...judgeSizes(policies),
    ...denials.map((denial) => `The deploy role of terraform/bootstrap needs ${denial}; its policies do not allow it.`)
  ]
}
