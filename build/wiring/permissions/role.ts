import type {Command} from '../command'
import {denialsOf, type Statement} from './evaluate'
import type {Recording} from './recording'

interface Resource {
  readonly type: string
  readonly values: Readonly<Record<string, unknown>>
}

interface Plan {
  readonly planned_values: {readonly root_module: {readonly resources: readonly Resource[]}}
}

/** The environment whose stack has no suffix, as the applied one. */
const environment = 'prod'

/** The statements of the role that deploys the stack, as a plan of the bootstrap computes them. */
const roleStatements = async (bootstrap: Command, mirror: readonly string[]): Promise<Statement[]> => {
  await bootstrap('init', '-no-color', '-backend=false', ...mirror)
  await bootstrap('plan', '-no-color', '-var', 'repository=owner/name', '-out=role.tfplan')
  const {planned_values: {root_module: {resources}}} = JSON.parse(await bootstrap('show', '-json', 'role.tfplan')) as Plan
  return resources
    .filter(({type, values}) => type === 'aws_iam_policy' && String(values['name']).includes(`-${environment}-`))
    .flatMap(({values}) => (JSON.parse(String(values['policy'])) as {Statement: Statement[]}).Statement)
}

/** Sentences about calls of the run that the deploy role of the bootstrap would not be allowed. */
export const judgeRole = async (
  recording: Recording, bootstrap: Command, mirror: readonly string[], say: (line: string) => void
): Promise<string[]> => {
  const needed = recording.needed()
  const unknown = recording.unknown()
  const denials = denialsOf(needed, await roleStatements(bootstrap, mirror))
  say(`deploy role: ${needed.length} permissions needed, ${denials.length} denied`)
  return [...unknown, ...denials.map((denial) => `The deploy role of terraform/bootstrap needs ${denial}; its policies do not allow it.`)]
}
