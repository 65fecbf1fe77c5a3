import {existsSync, globSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import {blocksIn, type Command, commandsOf, documentedCommands, documents} from '../helpers/shell-blocks'
import {opsHelp} from '../helpers/ops'
import {recipeDocuments, stepsIn} from '../helpers/recipes'
import {committedWiring} from '../helpers/wiring'
import {read} from './sources'

const {scripts} = JSON.parse(read('package.json')) as {scripts: Record<string, string>}
const npmOwn = ['ci', 'install', 'start', 'test']
const told = ({place, args}: Command): string => `${place}: ${args.join(' ')}`

/** Help of an operator's program, else sources that may name the options of a script's program. */
const optionSources = async ([script, word]: readonly [string, string]): Promise<string> => {
  // `build/start.js` runs the programs of `local/cli` out of a bundle.
  const command = (scripts[script] ?? '').replace(/node (?:--[\w=-]+ )*build\/start\.js (\w+)/, 'tsx local/cli/$1.ts')
  const [, program = '', name = word] = /tsx (?:--[\w=-]+ )*([\w/.-]+)\.ts(?: (\w+))?/.exec(command) ?? []
  if (program === 'ops/main') {
    return opsHelp(name)
  }
  // `start` and `demo` run what is built of local/cli, `dev` hands its options on to it; `--help` is of the frame of every program.
  const isOfRuntime = /build\/start\.js (?:main|demo)$/.test(scripts[script] ?? '') || program.startsWith('local/') || program === 'build/dev'
  const folders = isOfRuntime ? ['local/cli', 'shared/cli'] : [program]
  return [`${program}.ts`, ...folders.flatMap((folder) => globSync(`${folder}/*.ts`))].filter((path) => existsSync(path)).map(read).join('\n')
}

/** The script that npm is to run; `--silent` is npm's. */
const scriptOf = (args: readonly string[]): string => {
  const [first = '', second = ''] = args.filter((arg) => arg !== '--silent')
  return first === 'run' ? second : first
}
const optionsIn = (args: readonly string[]): string[] => args.slice(args.indexOf('--') + 1).flatMap((each) => /^--([\w-]+)/.exec(each)?.[1] ?? [])
const unknownOptions = async (args: readonly string[]): Promise<string[]> => {
  const sources = await optionSources([scriptOf(args), args[args.indexOf('--') + 1] ?? ''])
  return optionsIn(args).filter((option) => {
    const key = option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    return !new RegExp(`(^|[^\\w])'?${option}'?: \\{|\\b${key}: \\w+\\(|--${option}\\b`, 'm').test(sources)
  })
}

describe.each(documents.filter((path) => blocksIn(path).length > 0))('%s', (path) => {
  it('has shell blocks that bash reads, and only programs and variables that the reader has', () => {
    expect(blocksIn(path).flatMap(commandsOf).length).toBeGreaterThan(0)
  })
})

describe('Documents', () => {
  it('run npm\'s own commands and scripts of package.json', () => {
    const unknown = documentedCommands('npm').filter(({args}) => args[0] === 'run' ? !(scriptOf(args) in scripts) : !npmOwn.includes(args[0] ?? ''))
    expect(unknown.map(told)).toEqual([])
  })

  it('give scripts only options that their programs know', async () => {
    const given = documentedCommands('npm').filter(({args}) => args.includes('--'))
    const unknown = await Promise.all(given.map(async (each) => (await unknownOptions(each.args)).map((option) => `${told(each)}: ${option}`)))
    expect(unknown.flat()).toEqual([])
  })

  it('go into folders and copy files that are there', () => {
    const folders = documentedCommands('cd').map(({args}) => args[0]!)
    expect(folders.filter((folder) => !existsSync(folder))).toEqual([])
    const copied = documentedCommands('cp').map(({args}) => args[0]!)
    expect(copied.filter((file) => !existsSync(file) && !existsSync(`terraform/${file}`))).toEqual([])
  })

  it('name variables of the configuration where they set one, and files that are there', () => {
    const commands = [...documentedCommands('terraform'), ...documentedCommands('tofu')]
    const declared = globSync('{terraform,terraform/bootstrap}/*.tf').map(read).join('\n')
    const set = commands.flatMap(({args}) => args.flatMap((arg, index) => arg === '-var' ? [args[index + 1]!] : /^-var=(.+)$/.exec(arg)?.[1] ?? [])).map((text) => text.split('=')[0]!)
    expect(set.filter((name) => !declared.includes(`variable "${name}"`))).toEqual([])
    const files = commands.flatMap(({args}) => args.flatMap((arg) => /^-(?:var-file|backend-config)=([^=]+)$/.exec(arg)?.[1] ?? []))
    expect(files.filter((file) => !existsSync(`terraform/${file}`))).toEqual([])
  })

  it('edit environments that there are, and set variables of the configuration', () => {
    const edits = recipeDocuments.flatMap(stepsIn).filter((step) => step.kind === 'edit')
    const declared = globSync('terraform/*.tf').map(read).join('\n')
    const unknown = edits.filter(({environment, settings}) =>
      !existsSync(`terraform/environments/${environment}.tfvars`) || Object.keys(settings).some((name) => !declared.includes(`variable "${name}"`)))
    expect(edits.length).toBeGreaterThan(4)
    expect(unknown).toEqual([])
  })

  it('set nothing on a command line that the next apply would take back', () => {
    const commands = [...documentedCommands('terraform'), ...documentedCommands('tofu')].filter(({args}) => args.some((arg) => /^-var/.test(arg)))
    expect(commands.filter(({place}) => !place.startsWith('terraform/bootstrap/')).map(told)).toEqual([])
  })

  it('call routes of the HTTP API where they use curl', () => {
    const routes = committedWiring().resources.filter(({type}) => type === 'aws_apigatewayv2_route').map(({values}) => /\/\w+/.exec(String(values['route_key']))?.[0])
    const paths = documentedCommands('curl').flatMap(({args}) => args.flatMap((arg) => /^https?:\/\/[^/]+(\/\w+)/.exec(arg)?.[1] ?? []))
    expect(paths.filter((path) => !routes.includes(path))).toEqual([])
  })
})
