import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {titleOf, type Tool} from '../tofu/tools'
import type {Command} from './command'
import {judgeSecondPlan} from './modes'

/** As `source = "hashicorp/aws"` is read by Terraform; the stack's states had it before the address was written out. */
export const oldAddress = 'registry.terraform.io/hashicorp/aws'
/** What every `required_providers` says. */
export const address = 'registry.opentofu.org/hashicorp/aws'

export interface Hand {
  readonly tool: Tool
  readonly command: Command
}

export interface Applied {
  /** Folder of the applied stack. */
  readonly folder: string
  readonly mirror: readonly string[]
  readonly variables: readonly string[]
  readonly say: (line: string) => void
}

/** Of `terraform_data`: a part of either tool, under the same name in both. */
const builtIn = 'terraform.io/builtin/terraform'

const addressesIn = (state: string): string[] =>
  [...new Set([...state.matchAll(/provider\[\\?"([^"\\]+)\\?"\]/g)].map(([, found]) => found!))].filter((found) => found !== builtIn)

/**
 * Hands an applied stack from the tool that applied it to another one and back. Each finds nothing to change, applies,
 * and leaves the lock file as it is. Returns what was not so, in sentences.
 */
export const handOver = async (first: Hand, second: Hand, {folder, mirror, variables, say}: Applied): Promise<string[]> => {
  const problems: string[] = []
  const lockFile = (): string => readFileSync(join(folder, '.terraform.lock.hcl'), 'utf8')
  const lock = lockFile()
  for (const {tool, command} of [second, first]) {
    say(`${titleOf(tool)} takes the state over: init with the lock file as it is, plan, apply`)
    await command('init', '-no-color', '-backend=false', '-lockfile=readonly', ...mirror)
    const differences = await judgeSecondPlan(command, variables)
    await command('apply', '-no-color', '-auto-approve', ...variables)
    const addresses = addressesIn(await command('state', 'pull'))
    problems.push(
      ...differences.map((difference) => `After ${titleOf(tool)} took over: ${difference}`),
      ...lockFile() === lock ? [] : [`${titleOf(tool)} changed the lock file:\n${lockFile()}`],
      ...addresses.length === 1 && addresses[0] === address ? [] : [`${titleOf(tool)} left ${addresses.join(', ')} as addresses of providers in the state.`]
    )
  }
  return problems
}

/** Gives the state the address that it had before, then follows the recipe of docs/migration.md. Returns what is not as it should be then. */
export const moveFromOldAddress = async ({command}: Hand, {variables, say}: Applied): Promise<string[]> => {
  say('a state with the provider\'s old address, and the recipe for it')
  await command('state', 'replace-provider', '-auto-approve', address, oldAddress)
  const old = addressesIn(await command('state', 'pull'))
  await command('state', 'replace-provider', '-auto-approve', oldAddress, address)
  return [
    ...old.length === 1 && old[0] === oldAddress ? [] : [`Expected a state with ${oldAddress} alone; it has ${old.join(', ')}.`],
    ...(await judgeSecondPlan(command, variables)).map((difference) => `After state replace-provider: ${difference}`)
  ]
}
