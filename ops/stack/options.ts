import {argumentsIn} from '../program/arguments'
import {UsageError} from '../program/errors'
import {categoriesIn, type Category} from './guard'

export const usage = `npm run ops -- stack preflight ENV        what the account lacks, asked before anything is made
npm run ops -- stack plan      ENV        what an apply would do
npm run ops -- stack apply     ENV        plan, ask, apply
npm run ops -- stack destroy   ENV        say what is lost, ask for its name, stop, empty, destroy
npm run ops -- stack output    ENV [NAME] outputs of the stack
npm run ops -- stack show      ENV        its state as JSON
npm run ops -- stack settings  ENV        what a workflow needs to know, as NAME=value lines
npm run ops -- stack run       ENV -- …   any other command of OpenTofu with that environment's state
  ENV is a file of terraform/environments without .tfvars. All settings stand there; the state lies in the bucket that
  terraform/bootstrap made (or STATE_BUCKET names), without one in terraform/environments/ENV.tfstate.
  --allow-destroy KIND  data, push or authorizer: lets a plan destroy that; without it such a plan fails
  --yes                 apply without asking
  --confirm NAME        destroy without asking: the name that would be asked for
  --json                preflight, plan: one JSON object on stdout
exit code: 0 done, 1 not, 2 wrong usage`

const commands = ['preflight', 'plan', 'apply', 'destroy', 'output', 'show', 'settings', 'run'] as const

export type CommandName = typeof commands[number]

export interface Options {
  readonly command: CommandName
  readonly environment: string | undefined
  /** What stands behind the environment. */
  readonly rest: readonly string[]
  readonly allowed: ReadonlySet<Category>
  readonly yes: boolean
  readonly confirmed: string | undefined
  readonly json: boolean
}

const options = {
  'allow-destroy': {type: 'string', multiple: true}, yes: {type: 'boolean', default: false}, confirm: {type: 'string'},
  json: {type: 'boolean', default: false}, help: {type: 'boolean', short: 'h', default: false}
} as const

const isCommand = (text: string): text is CommandName => (commands as readonly string[]).includes(text)

/** How many words each command takes behind the environment. */
const words: Readonly<Partial<Record<CommandName, number>>> = {output: 1, run: Infinity}

/** What the command line says. Throws UsageError. */
export const parseOptions = (args: readonly string[]): Options | 'help' => {
  const {values, positionals: [command = '', environment, ...rest]} = argumentsIn({args: [...args], options, allowPositionals: true})
  if (values.help) {
    return 'help'
  }
  if (!isCommand(command)) {
    throw new UsageError(`${command === '' ? 'Say what to do' : `There is no command '${command}'`}: ${commands.join(', ')}.`)
  }
  if (rest.length > (words[command] ?? 0)) {
    throw new UsageError(`stack ${command} takes no '${rest.at(-1)}'.`)
  }
  if (command === 'run' && rest.length === 0) {
    throw new UsageError('stack run wants a command of OpenTofu behind --, for example: stack run dev -- state list')
  }
  return {
    command, environment, rest, allowed: categoriesIn(values['allow-destroy'] ?? []), yes: values.yes, confirmed: values.confirm, json: values.json
  }
}
