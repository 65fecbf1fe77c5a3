import type {Command} from './command'
import {differencesOf, judgeDifferences, type Plan} from './differences'
import {motoDifferences} from './moto-differences'

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

interface Module {
  readonly resources?: ReadonlyArray<{readonly type: string, readonly values: Readonly<Record<string, unknown>>}>
  readonly child_modules?: readonly Module[]
}

const rulesIn = ({resources = [], child_modules: children = []}: Module): Array<Readonly<Record<string, unknown>>> =>
  [...resources.filter(({type}) => type === 'aws_cloudwatch_event_rule').map(({values}) => values), ...children.flatMap(rulesIn)]

/** Sentences about switched rules whose state is not that of the mode. */
export const judgeMode = (mode: Mode, {values}: {readonly values: {readonly root_module: Module}}): string[] => switchedRules.flatMap((name) => {
  const expected = rulesOn[mode].includes(name) ? 'ENABLED' : 'DISABLED'
  const state = rulesIn(values.root_module).find((rule) => rule['name'] === name)?.['state']
  return state === expected ? [] : [`With orchestration=${mode} the rule ${name} should be ${expected}; it is ${String(state)}.`]
})

/** What a plan made just after an apply still wants to change, in sentences. */
export const judgeSecondPlan = async (terraform: Command, variables: readonly string[]): Promise<string[]> => {
  await terraform('plan', '-no-color', '-out=again.tfplan', ...variables)
  return judgeDifferences(differencesOf(JSON.parse(await terraform('show', '-json', 'again.tfplan')) as Plan), motoDifferences)
}

/** Switches an applied stack through every mode, with a second plan after each. Answers what was not as it should be. */
export const switchModes = async (terraform: Command, variables: readonly string[], say: (line: string) => void): Promise<string[]> => {
  const problems: string[] = []
  for (const mode of tour) {
    const all = [...variables, '-var', `orchestration=${mode}`]
    say(`apply with orchestration=${mode}, and a second plan`)
    const output = await terraform('apply', '-no-color', '-auto-approve', ...all)
    say(`  ${/^Apply complete! .*$/m.exec(output)?.[0] ?? 'no word of it'}`)
    problems.push(...judgeMode(mode, JSON.parse(await terraform('show', '-json')) as Parameters<typeof judgeMode>[1]), ...await judgeSecondPlan(terraform, all))
  }
  return problems
}

/** Takes the authorizer from an applied stack, and gives it back. Answers what was not as it should be. */
export const switchAuthorizer = async (terraform: Command, variables: readonly string[], say: (line: string) => void): Promise<string[]> => {
  const problems: string[] = []
  for (const more of [['-var', 'jwt_issuer='], []]) {
    say(`apply ${more.length === 0 ? 'with tokens again' : 'with IAM instead of tokens'}, and a second plan`)
    await terraform('apply', '-no-color', '-auto-approve', ...variables, ...more)
    problems.push(...await judgeSecondPlan(terraform, [...variables, ...more]))
  }
  return problems
}
