import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {describeError} from '../shared/errors'
import {newLambda} from './scaffold/lambda'

const root = join(import.meta.dirname, '..')
const usage = `npm run new:lambda -- NAME [--on EVENT] [--says SENTENCE]
  NAME    of the function: what it does, for example MakeThumbnail
  --on    the event that it consumes; without it the function is invoked by name
  --says  what it does, in one sentence, where it consumes no event`

const next = (name: string): string => `
Next:
  - the work, in src/lambdas/${name}/src; what it may do, in terraform/lambda_${name}.tf
  - npm run wiring && npm run contracts:docs, and commit what they write`

const main = (): void => {
  const {values: {on, says, help}, positionals: [name]} = parseArgs({
    allowPositionals: true, options: {on: {type: 'string'}, says: {type: 'string'}, help: {type: 'boolean', default: false}}
  })
  if (help) {
    console.log(usage)
    return
  }
  console.log(newLambda(root, {name, event: on, says}).map((path) => `wrote ${path}`).join('\n'))
  console.log(next(name!))
}

try {
  main()
} catch (error) {
  console.error(`${describeError(error)}\n\n${usage}`)
  process.exitCode = 1
}
