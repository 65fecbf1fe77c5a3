import {parseArgs} from 'node:util'
import {describeError} from '../shared/errors'
import {type Linter, linters, MissingError} from './linters/linter'

const usage = `npm run linters -- [--require] [NAME]…
  Runs the linters that nobody here wrote, or those that are named: actionlint over the workflows, tflint and checkov over
  the HCL.
  --require  fail where one cannot be had, instead of leaving it out`

/** Answers whether nothing was found. */
const lint = async ({name, lint: judge}: Linter, isRequired: boolean): Promise<boolean> => {
  try {
    const {code, output} = await judge()
    console.log(code === 0 ? `ok     ${name}` : `FAILED ${name}\n${output.trim()}`)
    return code === 0
  } catch (error) {
    if (!(error instanceof MissingError)) {
      throw error
    }
    console.log(isRequired ? `FAILED ${name}: ${error.message}` : `left out ${name}: ${error.message}`)
    return !isRequired
  }
}

const main = async (): Promise<number> => {
  const {values, positionals} = parseArgs({options: {require: {type: 'boolean', default: false}, help: {type: 'boolean'}}, allowPositionals: true})
  const unknown = positionals.find((name) => !linters.some((linter) => linter.name === name))
  if (values.help === true || unknown !== undefined) {
    console.log(usage)
    return unknown === undefined ? 0 : 2
  }
  let clean = true
  for (const linter of linters.filter(({name}) => positionals.length === 0 || positionals.includes(name))) {
    clean = await lint(linter, values.require) && clean
  }
  return clean ? 0 : 1
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(describeError(error))
  return 1
})
