import {command} from '../shared/cli/command'
import {UsageError} from '../shared/cli/errors'
import {flag} from '../shared/cli/option'
import {runCommand} from '../shared/cli/program'
import {type Linter, linters, MissingError} from './linters/linter'

/** Returns whether nothing was found. */
const lint = async ({name, lint: judge}: Linter, isRequired: boolean, print: (line: string) => void): Promise<boolean> => {
  try {
    const {code, output} = await judge()
    print(code === 0 ? `ok     ${name}` : `FAILED ${name}\n${output.trim()}`)
    return code === 0
  } catch (error) {
    if (!(error instanceof MissingError)) {
      throw error
    }
    print(isRequired ? `FAILED ${name}: ${error.message}` : `left out ${name}: ${error.message}`)
    return !isRequired
  }
}

process.exitCode = await runCommand(command({
  name: 'npm run linters --', summary: 'Runs actionlint over the workflows, tflint and checkov over the HCL, or those that are named.', words: '[name...]',
  options: {require: flag('fail if one is missing, instead of leaving it out')},
  run: async ({words, require}, {print}) => {
    const unknown = words.find((name) => !linters.some((linter) => linter.name === name))
    if (unknown !== undefined) {
      throw new UsageError(`There is no linter '${unknown}'; there are ${linters.map(({name}) => name).join(', ')}.`)
    }
    const clean: boolean[] = []
    for (const linter of linters.filter(({name}) => words.length === 0 || words.includes(name))) {
      clean.push(await lint(linter, require, print))
    }
    return {value: {clean: !clean.includes(false)}, text: '', code: clean.includes(false) ? 1 : 0}
  }
}), process.argv.slice(2))
