import {trustedJson} from '../../shared/json'
import {parseWiring} from '../../shared/wiring/wiring'
import {judgeAuthorizerOrder} from './authorizer-order'
import type {Command} from './command'
import {listDifferences, judgeDifferences, type Plan} from './differences'
import {motoDifferences} from './moto-differences'
import type {OptionArguments} from './options'

/** Values of the variable `orchestration`. */
export type Mode = 'event-driven' | 'parallel' | 'coordinator'

/** Rules that are on in each mode, of the two that the variable switches. */
export const rulesOn: Readonly<Record<Mode, readonly string[]>> = {
  'event-driven': ['TriggerFileDownload'],
  parallel: ['TriggerFileDownload', 'FileCoordinator'],
  coordinator: ['FileCoordinator']
}

/** The rules that the variable switches. */
export const switchedRules = ['TriggerFileDownload', 'FileCoordinator'] as const

/** Forward and back again, as an operator would go. */
const tour: readonly Mode[] = ['parallel', 'coordinator', 'parallel', 'event-driven']

/** Sentences about switched rules whose state is not that of the mode. */
export const judgeMode = (mode: Mode, state: unknown): string[] => switchedRules.flatMap((name) => {
  const expected = rulesOn[mode].includes(name) ? 'ENABLED' : 'DISABLED'
  const actual = parseWiring(state).ofType('aws_cloudwatch_event_rule').find(({values}) => values['name'] === name)?.values['state']
  return actual === expected ? [] : [`With orchestration=${mode} the rule ${name} should be ${expected}; it is ${String(actual)}.`]
})

/** What a plan made just after an apply still wants to change, in sentences. */
export const judgeSecondPlan = async (terraform: Command, variables: readonly string[]): Promise<string[]> => {
  await terraform('plan', '-no-color', '-out=again.tfplan', ...variables)
  return judgeDifferences(listDifferences(trustedJson<Plan>(await terraform('show', '-json', 'again.tfplan'))), motoDifferences)
}

const findSummary = (output: string): string => /^Apply complete! .*$/m.exec(output)?.[0] ?? 'no word of it'

/** Switches an applied stack through every mode, with a second plan after each. Returns what was not as it should be. */
export const switchModes = async (terraform: Command, variables: readonly string[], say: (line: string) => void): Promise<string[]> => {
  const problems: string[] = []
  for (const mode of tour) {
    const all = [...variables, '-var', `orchestration=${mode}`]
    say(`apply with orchestration=${mode}, and a second plan`)
    const output = await terraform('apply', '-no-color', '-auto-approve', ...all)
    say(`  ${findSummary(output)}`)
    problems.push(...judgeMode(mode, JSON.parse(await terraform('show', '-json'))), ...await judgeSecondPlan(terraform, all))
  }
  return problems
}

/**
 * Applies other settings to a stack with every option, and its own again: authorizer and mode go, and come back. Returns what
 * was not as it should be.
 */
export const switchSettings = async (terraform: Command, {variables, others}: OptionArguments, say: (line: string) => void): Promise<string[]> => {
  const problems: string[] = []
  for (const more of [others, []]) {
    say(`apply ${more.length === 0 ? 'its own settings again' : 'other settings, IAM instead of tokens'}, and a second plan`)
    const output = await terraform('apply', '-no-color', '-auto-approve', ...variables, ...more)
    say(`  ${findSummary(output)}`)
    problems.push(...judgeAuthorizerOrder(output), ...await judgeSecondPlan(terraform, [...variables, ...more]))
  }
  return problems
}

/** Applies the bootstrap, which nothing else does, and plans once more. Returns what that plan would change. */
export const applyBootstrap = async (bootstrap: Command, variables: readonly string[], say: (line: string) => void): Promise<string[]> => {
  say('bootstrap: apply, and a second plan')
  say(`  ${findSummary(await bootstrap('apply', '-no-color', '-auto-approve', ...variables))}`)
  return judgeSecondPlan(bootstrap, variables)
}
