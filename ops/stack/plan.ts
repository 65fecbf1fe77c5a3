import type {Result} from '../../shared/cli/command'
import {RefusedError} from '../../shared/cli/errors'
import {trustedJson} from '../../shared/json'
import type {Environment} from './environment'
import {type Category, changesAuthorizer, countChanges, type Plan, refusalsIn, listRefusals} from './guard'
import {judgeIssuer} from './issuer'
import {demand, type Stack} from './prepare'

/** The file that a plan lies in, in the environment's own folder. */
export const planFile = 'stack.tfplan'

export interface Planned {
  readonly plan: Plan
  readonly hasChanges: boolean
}

/** Variables of every command that plans: the environment's file, and nothing else. */
export const variableOptions = ({name}: Environment): string[] => [`-var-file=environments/${name}.tfvars`]

/** Asks an issuer that the API is about to trust. Throws RefusedError if API Gateway would refuse it; an issuer that does not answer may answer AWS. */
const checkIssuer = async ({environment: {text}, output}: Stack, plan: Plan): Promise<void> => {
  if (!changesAuthorizer(plan)) {
    return
  }
  const {kind, sentence} = await judgeIssuer(text('jwt_issuer'))
  if (kind === 'wrong') {
    throw new RefusedError(sentence)
  }
  if (kind === 'silent') {
    output.note(`${sentence} If it does not answer AWS either, the apply will fail.`)
  }
}

/**
 * Plans into planFile, shows the plan. Throws RefusedError if it would destroy what `allowed` does not name, or OpenTofu
 * refuses the plan.
 */
export const makePlan = async (stack: Stack, allowed: ReadonlySet<Category>): Promise<Planned> => {
  const {environment, tofu} = stack
  const args = ['plan', '-no-color', '-lock-timeout=10m', '-detailed-exitcode', ...variableOptions(environment), `-out=${planFile}`]
  const {code, stdout, stderr} = await tofu.run(args, {shown: true})
  if (code !== 0 && code !== 2) {
    const refusals = refusalsIn(stdout + stderr)
    throw new RefusedError(refusals.length === 0 ? `${tofu.program} plan failed.` : refusals.join('\n'))
  }
  const plan = trustedJson<Plan>(demand(await tofu.run(['show', '-json', planFile]), `${tofu.program} show`))
  const refusals = listRefusals(plan, allowed)
  if (refusals.length > 0) {
    throw new RefusedError(refusals.join('\n'))
  }
  await checkIssuer(stack, plan)
  return {plan, hasChanges: code === 2}
}

/** `stack plan`: its text is what OpenTofu shows. */
export const countedPlan = async (stack: Stack, allowed: ReadonlySet<Category>): Promise<Result> => {
  const {plan, hasChanges} = await makePlan(stack, allowed)
  const {environment: {name, suffix, region}, tofu: {program}} = stack
  return {value: {environment: name, suffix, region, program, hasChanges, ...countChanges(plan)}, text: ''}
}
