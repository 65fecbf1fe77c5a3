import {ask} from '../program/ask'
import type {Options} from './options'
import {makePlan, planFile} from './plan'
import {demand, type Stack} from './prepare'

const isSure = async (name: string, yes: boolean): Promise<boolean> =>
  yes || /^y(es)?$/i.test(await ask(`Apply this to ${name}? [y/N] `, `Say --yes to apply to ${name}: nobody is here to be asked.`))

/** `stack apply`: what was planned and shown, after a yes. */
export const applyStack = async (stack: Stack, {allowed, yes}: Pick<Options, 'allowed' | 'yes'>): Promise<number> => {
  const {environment: {name}, tofu, say} = stack
  const {hasChanges} = await makePlan(stack, allowed)
  if (!hasChanges) {
    return 0
  }
  if (!await isSure(name, yes)) {
    say('Nothing was applied.')
    return 1
  }
  demand(await tofu.run(['apply', '-no-color', '-lock-timeout=10m', planFile], {shown: true}), `${tofu.program} apply`)
  return 0
}
