import {command, type Definition, type Given, group, type Output, type Result} from '../../shared/cli/command'
import {RefusedError, UsageError} from '../../shared/cli/errors'
import {flag, many, type Options, text} from '../../shared/cli/option'
import {trustedJson} from '../../shared/json'
import {applyStack} from './apply'
import {destroyStack} from './destroy/destroy'
import {readEnvironment} from './environment'
import {categoriesIn} from './guard'
import {countedPlan} from './plan'
import {preflight} from './preflight/command'
import {demand, prepare, type Stack} from './prepare'

const notes = `env is a file of terraform/environments without .tfvars. All settings stand there; the state lies in the bucket that
terraform/bootstrap made (or STATE_BUCKET names), without one in terraform/environments/<env>.tfstate.
The name says that AWS is meant, so there is no --aws.`

const allowDestroy = many('kind', 'data, push or authorizer: lets a plan destroy that; without it such a plan fails')

const ofEnvironment = <const O extends Options>(definition: Omit<Definition<O>, 'words'> & {readonly words?: string}) =>
  command<O>({notes, ...definition, words: `[env] ${definition.words ?? ''}`.trim()})

/** The stack that a command line names. Throws UsageError and RefusedError. */
const prepareStack = ({words, json, allowed = []}: Pick<Given<Options>, 'words' | 'json'> & {readonly allowed?: readonly string[]}, output: Output): Promise<Stack> =>
  prepare(readEnvironment(words[0]), categoriesIn(allowed), {json, output})

const asked = ofEnvironment({
  name: 'preflight', summary: 'Asks what the account lacks, before anything is made.', options: {},
  run: ({words}) => preflight(readEnvironment(words[0]))
})

const planned = ofEnvironment({
  name: 'plan', summary: 'Shows what an apply would do.', options: {allowDestroy},
  run: async ({allowDestroy: allowed, ...given}, output) => countedPlan(await prepareStack({...given, allowed}, output), categoriesIn(allowed))
})

const applied = ofEnvironment({
  name: 'apply', summary: 'Plans, asks, applies.', options: {allowDestroy, yes: flag('without asking')},
  run: async ({allowDestroy: allowed, yes, ...given}, output) =>
    applyStack(await prepareStack({...given, allowed}, output), {allowed: categoriesIn(allowed), yes})
})

const destroyed = ofEnvironment({
  name: 'destroy', summary: 'Says what is lost, asks for the stack\'s name, stops, empties, destroys.',
  options: {confirm: text('name', 'without asking: the name that would be asked for')},
  run: ({words, json, confirm}, output) => destroyStack(readEnvironment(words[0]), confirm, {json, output})
})

/** An output as it is, or all of them. Throws RefusedError if there is none of that name. */
const output = ofEnvironment({
  name: 'output', summary: 'Prints an output of the stack, or all of them as JSON.', words: '[name]', options: {},
  run: async (given, out): Promise<Result> => {
    const {tofu, environment} = await prepareStack(given, out)
    const [, name] = given.words
    const outputs = trustedJson<Record<string, {value: unknown}>>(demand(await tofu.run(['output', '-json']), `${tofu.program} output`))
    if (name !== undefined && !Object.hasOwn(outputs, name)) {
      throw new RefusedError(`The stack of ${environment.name} has no output ${name}${Object.keys(outputs).length === 0 ? ': nothing is applied yet' : ''}.`)
    }
    const value = name === undefined ? Object.fromEntries(Object.entries(outputs).map(([key, each]) => [key, each.value])) : outputs[name]!.value
    return {value, text: typeof value === 'string' ? value : JSON.stringify(value, null, name === undefined ? 2 : undefined)}
  }
})

const show = ofEnvironment({
  name: 'show', summary: 'Prints its state as JSON.', options: {},
  run: async (given, out) => {
    const {tofu} = await prepareStack(given, out)
    const state = demand(await tofu.run(['show', '-json']), `${tofu.program} show`).trim()
    return {value: trustedJson<unknown>(state), text: state}
  }
})

/** Lines for a workflow's environment, so that Region and layer are said once, in the environment's file. */
const settings = ofEnvironment({
  name: 'settings', summary: 'Prints what a workflow needs to know, as NAME=value lines.', options: {},
  run: async ({words}) => {
    const {region, suffix, text} = readEnvironment(words[0])
    const value = {AWS_REGION: region, STACK_SUFFIX: suffix, STACK_LAYER: String(text('yt_dlp_layer_zip') !== '')}
    return {value, text: Object.entries(value).map((pair) => pair.join('=')).join('\n')}
  }
})

const passedOn = ofEnvironment({
  name: 'run', summary: 'Runs any other command of OpenTofu with that environment\'s state, behind --.', words: '[command...]', options: {},
  run: async (given, out) => {
    const args = given.words.slice(1)
    if (args.length === 0) {
      throw new UsageError('stack run wants a command of OpenTofu behind --, for example: stack run dev -- state list')
    }
    const {tofu} = await prepareStack(given, out)
    const {code, stdout} = await tofu.run(args, {shown: true})
    return {value: {code, stdout}, text: '', code}
  }
})

export const stack = group('stack', 'Plans, applies and destroys the stack of an environment, and sees whether the account is ready for it.',
  [asked, planned, applied, destroyed, output, show, settings, passedOn])
