import {readFileSync} from 'node:fs'
import {commandsOf} from './shell-blocks'

/** One thing that a document asks an operator to do: to edit an environment's file, or to run a command of `npm run ops`. */
export type Step = {readonly place: string} & (
  | {readonly kind: 'edit', readonly environment: string, readonly settings: Readonly<Record<string, string>>}
  | {readonly kind: 'command', readonly args: readonly string[]}
)

/** Documents with recipes for a stack, each read from top to bottom. */
export const recipeDocuments = ['README.md', 'docs/runbook.md', 'docs/migration.md', 'terraform/bootstrap/README.md', 'docs/wiki/Infrastructure/OpenTofu-Patterns.md']

const editIn = (place: string, text: string): Step[] => {
  const environment = /^# terraform\/environments\/([a-z0-9-]+)\.tfvars/.exec(text)?.[1]
  const settings = Object.fromEntries([...text.matchAll(/^(\w+) *= *(.+)$/gm)].map(([, name, value]) => [name!, value!]))
  return environment === undefined ? [] : [{place, kind: 'edit', environment, settings}]
}

const commandsIn = (place: string, text: string): Step[] => commandsOf({place, text})
  .filter(({program, args}) => program === 'npm' && args.includes('ops') && args.indexOf('ops') < args.indexOf('--'))
  .map(({args}) => ({place, kind: 'command', args: args.slice(args.indexOf('--') + 1)}))

/** What a document asks for, in its order. */
export const stepsIn = (path: string): Step[] => {
  const text = readFileSync(path, 'utf8')
  return [...text.matchAll(/^```(bash|hcl)\n([\s\S]*?)^```/gm)].flatMap(({1: language, 2: block = '', index}) => {
    const place = `${path}:${text.slice(0, index).split('\n').length + 1}`
    return language === 'hcl' ? editIn(place, block) : commandsIn(place, block)
  })
}
