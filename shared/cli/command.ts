import {isAbsolute, relative} from 'node:path'
import {Command, CommanderError, Option as CommanderOption} from 'commander'
import {UsageError} from './errors'
import type {Option, Options, Values} from './option'

/** What a command found; printed as text, or with `--json` as one JSON document. */
export interface Result {
  readonly value: unknown
  readonly text: string
  /** Exit code; 0 if absent. */
  readonly code?: number
}

/** Where a command says more than its result. */
export interface Output {
  /** On stdout, a line of text; nothing with `--json`. */
  readonly print: (line: string) => void
  /** On stderr: progress, warnings. */
  readonly note: (line: string) => void
}

export type Given<O extends Options> = Values<O> & {
  readonly words: readonly string[]
  readonly json: boolean
}

/** A command: all that its help, its usage errors and its run need. */
export interface Definition<O extends Options> {
  readonly name: string
  /** One sentence. */
  readonly summary: string
  /** What stands behind its name, in commander's words: `<id>`, `[queue...]`. */
  readonly words?: string
  /** More help, below the options. */
  readonly notes?: string
  readonly options: O
  /** Exit code of a failure; 1 if absent. */
  readonly failure?: number
  /** What to say of a failure; by default one sentence. */
  readonly explain?: (error: unknown) => string
  readonly run: (given: Given<O>, output: Output) => Promise<Result>
}

/** What a program is made of: commands, and groups of them. */
export interface Entry {
  readonly build: (frame: Frame) => Command
}

export interface CommandEntry<O extends Options> extends Entry {
  /** What a command line says; undefined: it asks for help or the version. Throws UsageError. */
  readonly read: (args: readonly string[]) => Promise<Given<O> | undefined>
}

/** How a command is to be run. */
export interface Asked extends Pick<Definition<Options>, 'failure' | 'explain'> {
  readonly json: boolean
}

/** What all commands of a program share. */
export interface Frame {
  readonly version: string
  /** Prints help. */
  readonly write: (text: string) => void
  /** Runs what the command line asks for. */
  readonly perform: (run: (output: Output) => Promise<Result>, asked: Asked) => Promise<void>
}

const blank = (name: string, summary: string, {version, write}: Frame): Command => new Command(name)
  .summary(summary).description(summary).version(version, '--version', 'print the version').helpOption('-h, --help', 'print this help')
  .helpCommand(false)
  .configureHelp({subcommandTerm: (each) => `${each.name()} ${each.usage().replace(/\[options\]|<command>/g, '').trim()}`.trim()})
  .exitOverride().configureOutput({writeOut: write, writeErr: () => undefined}).enablePositionalOptions()

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** What an option is without being given, for people. */
const shown = (otherwise: unknown): string => {
  const isSaid = otherwise === undefined || otherwise === '' || typeof otherwise === 'boolean' || Array.isArray(otherwise)
  return isSaid ? '' : ` (default: ${isAbsolute(String(otherwise)) ? relative(process.cwd(), String(otherwise)) : String(otherwise)})`
}

/** Collects what is given to an option; it is read once the whole command line is understood. */
const added = (name: string, {says, value, otherwise}: Option<unknown>): CommanderOption => {
  const long = `--${kebab(name)}`
  const option = new CommanderOption(value === undefined ? long : `${long} <${value}>`, says + shown(otherwise))
  return value === undefined
    ? option
    : option.argParser((text: string, before: readonly string[] = []) => {
        if (/^--[a-z]/.test(text)) {
          throw new UsageError(`${long} takes a value, not the option '${text}'.`)
        }
        return [...before, text]
      })
}

const readValue = (name: string, {read, otherwise}: Option<unknown>, given: unknown): unknown => read === undefined || !Array.isArray(given)
  ? given ?? otherwise
  : given.reduce((before: unknown, text) => read(String(text), `--${kebab(name)}`, before), otherwise)

const build = <O extends Options>({name, summary, words, notes, options}: Definition<O>, frame: Frame): Command => {
  const command = blank(name, summary, frame)
  words?.split(' ').forEach((word) => command.argument(word))
  Object.entries(options).forEach(([key, option]) => command.addOption(added(key, option)))
  return command.option('--json', 'print one JSON document').addHelpText('after', notes === undefined ? '' : `\n${notes}`)
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- each option reads what its type says
const given = <O extends Options>({options}: Definition<O>, command: Command): Given<O> => ({
  ...Object.fromEntries(Object.entries(options).map(([name, option]) => [name, readValue(name, option, command.getOptionValue(name))])),
  json: command.getOptionValue('json') === true, words: command.args
}) as unknown as Given<O>

const commandPath = (command: Command): string => command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`

/** The command that a command line gets to, and what of it is left there. */
const reached = (from: Command, args: readonly string[]): {readonly at: Command, readonly rest: readonly string[]} => {
  const next = from.commands.find((each) => each.name() === args[0])
  return next === undefined ? {at: from, rest: args} : reached(next, args.slice(1))
}

const sentence = ({code, message}: CommanderError, at: Command, rest: readonly string[]): string => {
  const names = at.commands.map((each) => each.name()).join(', ')
  const plain = message.replace(/^error: /, '').replace(/^./, (first) => first.toUpperCase()).replace(/\n\((.*)\)$/, '. $1').replace(/[^.?]$/, '$&.')
  switch (code) {
    case 'commander.unknownCommand': return `There is no command '${rest.find((arg) => !arg.startsWith('-'))}'; there are ${names}.`
    case 'commander.help': return `Say which command: ${names}.`
    case 'commander.optionMissingArgument': return plain.replace(/^Option '(.*)' argument missing\.$/, '$1 takes a value.')
    case 'commander.missingArgument': return plain.replace(/^Missing required argument '(.*)'\.$/, 'Say which $1.')
    case 'commander.excessArguments': return `${commandPath(at)} takes no '${rest.at(-1)}'.`
    default: return plain
  }
}

/** Reads a command line and performs what it asks for, if it is not help or version. Throws UsageError with a hint, and what `perform` throws. */
export const parse = async (root: Command, args: readonly string[]): Promise<void> => {
  try {
    await root.parseAsync(args, {from: 'user'})
  } catch (error) {
    const {at, rest} = reached(root, args)
    const hint = `See ${commandPath(at)} -h`
    if (error instanceof UsageError) {
      throw new UsageError(`${error.message} ${hint}`, {cause: error})
    }
    if (!(error instanceof CommanderError)) {
      throw error
    }
    if (error.exitCode !== 0) {
      throw new UsageError(`${sentence(error, at, rest)} ${hint}`, {cause: error})
    }
  }
}

/** A command as an entry of a program. */
export const command = <const O extends Options>(definition: Definition<O>): CommandEntry<O> => ({
  build: (frame) => {
    const made = build(definition, frame)
    return made.action(async () => {
      const asked = given(definition, made)
      await frame.perform((output) => definition.run(asked, output), {...definition, json: asked.json})
    })
  },
  read: async (args) => {
    let asked: Given<O> | undefined
    const made = build(definition, {version: '', write: () => undefined, perform: async () => undefined})
    await parse(made.action(() => { asked = given(definition, made) }), args)
    return asked
  }
})

/** Commands under one name; `first` is meant if none is named. */
export const group = (name: string, summary: string, entries: readonly Entry[], first?: string): Entry => ({
  build: (frame) => {
    const made = blank(name, summary, frame).usage('<command> [options]').addHelpText('after', '\nBehind a command, -h lists its options.')
    entries.map((entry) => entry.build(frame)).forEach((each) => made.addCommand(each, {isDefault: each.name() === first}))
    return made
  }
})
