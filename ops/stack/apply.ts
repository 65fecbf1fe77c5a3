import type {Result} from '../../shared/cli/command'
import {ask} from '../program/ask'
import type {Category} from './guard'
import {makePlan, planFile} from './plan'
import {demand, type Stack} from './prepare'

const isSure = async (name: string, yes: boolean): Promise<boolean> =>
  yes || /^y(es)?$/i.test(await ask(`Apply this to ${name}? [y/N] `, `Say --yes to apply to ${name}: there is no terminal to ask at.`))

/** `stack apply`: what was planned and shown, after a yes. */
export const applyStack = async (
  stack: Stack, {allowed, yes}: {readonly allowed: ReadonlySet<Category>, readonly yes: boolean}
): Promise<Result> => {
  const {environment: {name}, tofu} = stack
  const {hasChanges} = await makePlan(stack, allowed)
  if (!hasChanges) {
    return {value: {applied: false}, text: ''}
  }
  if (!await isSure(name, yes)) {
    return {value: {applied: false}, text: 'Nothing was applied.', code: 1}
  }
  demand(await tofu.run(['apply', '-no-color', '-lock-timeout=10m', planFile], {shown: true}), `${tofu.program} apply`)
  return {value: {applied: true}, text: ''}
}
