import {join} from 'node:path'
import {command} from '../shared/cli/command'
import {text} from '../shared/cli/option'
import {runCommand} from '../shared/cli/program'
import {newLambda} from './scaffold/lambda'

const root = join(import.meta.dirname, '..')

const next = (name: string): string => `
Next:
  - the work, in src/lambdas/${name}/src; what it may do, in terraform/lambda_${name}.tf
  - npm run wiring && npm run contracts:docs, and commit what they write`

process.exitCode = await runCommand(command({
  name: 'npm run new:lambda --', summary: 'Writes the files of a new function.', words: '<name>',
  notes: 'name: what the function does, for example MakeThumbnail.',
  options: {
    on: text('event', 'that it consumes; without it the function is invoked by name'),
    says: text('sentence', 'what it does, if it consumes no event')
  },
  run: async ({words: [name], on, says}) => {
    const written = newLambda(root, {name, event: on, says})
    return {value: written, text: [...written.map((path) => `wrote ${path}`), next(name!)].join('\n')}
  }
}), process.argv.slice(2))
