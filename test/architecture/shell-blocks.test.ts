import {existsSync, globSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import {blocksIn, type Command, commandsOf, documentedCommands, documents} from '../helpers/shell-blocks'
import {wiredResources} from '../helpers/wiring'
import {read} from './sources'

const {scripts} = JSON.parse(read('package.json')) as {scripts: Record<string, string>}
const npmOwn = ['ci', 'install', 'start', 'test']
const told = ({place, args}: Command): string => `${place}: ${args.join(' ')}`

/** Sources that may name the options of a script's program. */
const optionSources = (script: string): string => {
  const program = /tsx (?:--[\w=-]+ )*([\w/.-]+)\.ts/.exec(scripts[script] ?? '')?.[1] ?? ''
  const folders = program.startsWith('local/') ? ['local/cli', `${program}/command`] : [program]
  return [`${program}.ts`, ...folders.flatMap((folder) => globSync(`${folder}/*.ts`))].filter((path) => existsSync(path)).map(read).join('\n')
}

const scriptOf = ([first = '', second = '']: readonly string[]): string => first === 'run' ? second : first
const optionsIn = (args: readonly string[]): string[] => args.slice(args.indexOf('--') + 1).flatMap((each) => /^--([\w-]+)/.exec(each)?.[1] ?? [])
const isKnownOption = (script: string, option: string): boolean => new RegExp(`(^|[^\\w])'?${option}'?: \\{|--${option}\\b`, 'm').test(optionSources(script))

describe.each(documents.filter((path) => blocksIn(path).length > 0))('%s', (path) => {
  it('has shell blocks that bash reads, and only programs and variables that the reader has', () => {
    expect(blocksIn(path).flatMap(commandsOf).length).toBeGreaterThan(0)
  })
})

describe('Documents', () => {
  it('run npm\'s own commands and scripts of package.json', () => {
    const unknown = documentedCommands('npm').filter(({args}) => args[0] === 'run' ? !(args[1]! in scripts) : !npmOwn.includes(args[0] ?? ''))
    expect(unknown.map(told)).toEqual([])
  })

  it('give scripts only options that their programs know', () => {
    const unknown = documentedCommands('npm').filter(({args}) => args.includes('--') && optionsIn(args).some((option) => !isKnownOption(scriptOf(args), option)))
    expect(unknown.map(told)).toEqual([])
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

  it('call routes of the HTTP API where they use curl', () => {
    const routes = wiredResources().filter(({type}) => type === 'aws_apigatewayv2_route').map(({values}) => /\/\w+/.exec(String(values['route_key']))?.[0])
    const paths = documentedCommands('curl').flatMap(({args}) => args.flatMap((arg) => /^https?:\/\/[^/]+(\/\w+)/.exec(arg)?.[1] ?? []))
    expect(paths.filter((path) => !routes.includes(path))).toEqual([])
  })
})
