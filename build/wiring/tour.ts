import {join} from 'node:path'
import {trustedJson} from '../../shared/json'
import type {Tool} from '../tofu/tools'
import {type Command, createCommand} from './command'
import {type Emulator, startEmulator} from './emulator'
import {handOver, moveFromOldAddress} from './handover'
import {applyBootstrap, judgeSecondPlan, switchModes, switchSettings} from './modes'
import {longest, prepareOptions, stackWithOptions} from './options'
import {bootstrapVariables, judgeRole, type Stack} from './permissions/role'
import {pruneState} from './prune'

export interface TourOptions {
  /** `-var` and its value, as the tools want them. */
  readonly variables: readonly string[]
  readonly digest: string
  /** Whether the stack is switched through every mode before it is destroyed. */
  readonly modes: boolean
  /** Another tool, to which the applied state is handed and from which it is taken back. */
  readonly other?: Tool
  readonly say: (line: string) => void
}

export interface Toured {
  /** The text of the wiring. */
  readonly text: string
  /** What was not as it should be, in sentences. */
  readonly problems: readonly string[]
}

type Say = TourOptions['say']

const bootstrapCommand = (tool: Tool, {folder, env}: Emulator, say: Say): Command => createCommand(tool, {cwd: join(folder, 'bootstrap'), env, say})

const judgeCalls = (tool: Tool, emulator: Emulator, stack: Stack, say: Say): Promise<string[]> =>
  judgeRole(emulator.recording, stack, bootstrapCommand(tool, emulator, say), emulator.mirror, say)

const tourIn = async (tool: Tool, command: Command, emulator: Emulator, {variables, digest, modes, other, say}: TourOptions): Promise<Toured> => {
  const {folder, env, mirror} = emulator
  say('init')
  await command('init', '-no-color', '-backend=false', ...mirror)
  say('apply (minutes: the provider polls)')
  await command('apply', '-no-color', '-auto-approve', ...variables)
  say('second plan')
  const problems = await judgeSecondPlan(command, variables)
  const text = pruneState(trustedJson<Parameters<typeof pruneState>[0]>(await command('show', '-json')), digest)
  if (other !== undefined) {
    const applied = {folder, mirror, variables, say}
    problems.push(
      ...await handOver({tool, command}, {tool: other, command: createCommand(other, {cwd: folder, env, say})}, applied),
      ...await moveFromOldAddress({tool, command}, applied)
    )
  }
  if (modes) {
    problems.push(...await switchModes(command, variables, say))
  }
  say('destroy')
  await command('destroy', '-no-color', '-auto-approve', ...variables)
  problems.push(...await judgeCalls(tool, emulator, {suffix: '', region: emulator.place.region, bootstrap: []}, say))
  return {text, problems}
}

const inEmulator = async <T>(region: string | undefined, say: Say, work: (emulator: Emulator) => Promise<T>): Promise<T> => {
  say('starting moto')
  const emulator = await startEmulator(region)
  try {
    return await work(emulator)
  } finally {
    emulator.stop()
  }
}

/** Applies the stack to an emulator of its own, plans once more, reads the state, does what `options` ask for and destroys. */
export const tourWith = (tool: Tool, options: TourOptions): Promise<Toured> => inEmulator(undefined, options.say, (emulator) =>
  tourIn(tool, createCommand(tool, {cwd: emulator.folder, env: emulator.env, say: options.say}), emulator, options))

/**
 * Applies the stack with every option to an emulator of its own, under the longest names, plans once more, changes
 * what can be changed and changes it back, and destroys. Returns what was not as it should be, in sentences.
 */
export const tourWithOptions = (tool: Tool, say: Say): Promise<string[]> => inEmulator(longest.region, say, async (emulator) => {
  const {folder, env, mirror} = emulator
  const command = createCommand(tool, {cwd: folder, env, say})
  const settings = await prepareOptions(emulator)
  const {variables} = settings
  await command('init', '-no-color', '-backend=false', ...mirror)
  say('apply with every option')
  await command('apply', '-no-color', '-auto-approve', ...variables)
  const problems = [...await judgeSecondPlan(command, variables), ...await switchSettings(command, settings, say)]
  say('destroy')
  await command('destroy', '-no-color', '-auto-approve', ...variables)
  problems.push(...await judgeCalls(tool, emulator, stackWithOptions, say))
  return [...problems, ...await applyBootstrap(bootstrapCommand(tool, emulator, say), bootstrapVariables(stackWithOptions), say)]
})
