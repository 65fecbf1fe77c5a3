import {RefusedError} from '../program/errors'
import {applyStack} from './apply'
import {destroyStack} from './destroy/destroy'
import {readEnvironment} from './environment'
import {type CommandName, type Options, parseOptions, usage} from './options'
import {showPlan} from './plan'
import {preflight} from './preflight/command'
import {demand, prepare, type Stack} from './prepare'

/** Prints one output as it is, or all as JSON. Throws RefusedError where there is none of that name. */
const printOutput = async ({tofu, environment}: Stack, [name]: readonly string[]): Promise<number> => {
  const outputs = JSON.parse(demand(await tofu.run(['output', '-json']), `${tofu.program} output`)) as Record<string, {value: unknown}>
  if (name === undefined) {
    console.log(JSON.stringify(Object.fromEntries(Object.entries(outputs).map(([key, {value}]) => [key, value])), null, 2))
    return 0
  }
  if (!Object.hasOwn(outputs, name)) {
    throw new RefusedError(`The stack of ${environment.name} has no output ${name}${Object.keys(outputs).length === 0 ? ': nothing is applied yet' : ''}.`)
  }
  const {value} = outputs[name]!
  console.log(typeof value === 'string' ? value : JSON.stringify(value))
  return 0
}

/** Lines for a workflow's environment, so that Region and layer are said once, in the environment's file. */
const printSettings = ({environment}: Options): number => {
  const {region, suffix, text} = readEnvironment(environment)
  console.log([`AWS_REGION=${region}`, `STACK_SUFFIX=${suffix}`, `STACK_LAYER=${text('yt_dlp_layer_zip') === '' ? 'false' : 'true'}`].join('\n'))
  return 0
}

const passOn = async ({tofu}: Stack, args: readonly string[]): Promise<number> => (await tofu.run(args, {shown: true})).code

type Prepared = Exclude<CommandName, 'settings' | 'preflight' | 'destroy'>

const commands: Readonly<Record<Prepared, (stack: Stack, options: Options) => Promise<number>>> = {
  plan: (stack, {allowed, json}) => showPlan(stack, allowed, json),
  apply: applyStack,
  output: (stack, {rest}) => printOutput(stack, rest),
  show: async ({tofu}) => {
    console.log(demand(await tofu.run(['show', '-json']), `${tofu.program} show`).trim())
    return 0
  },
  run: (stack, {rest}) => passOn(stack, rest)
}

/** `npm run ops -- stack …`. Throws UsageError and RefusedError. */
export const stack = async (args: readonly string[]): Promise<number> => {
  const options = parseOptions(args)
  if (options === 'help') {
    console.log(usage)
    return 0
  }
  const {command, allowed, json} = options
  const environment = readEnvironment(options.environment)
  switch (command) {
    case 'settings':
      return printSettings(options)
    case 'preflight':
      return preflight(environment, json)
    case 'destroy':
      return destroyStack(environment, options.confirmed)
    default:
      return commands[command](await prepare(environment, allowed, json), options)
  }
}
