import {sentenceOf, UsageError} from './program/errors'
import {secret} from './secret/command'
import {stack} from './stack/command'

const usage = `npm run ops -- stack …    plan, apply and destroy the stack of an environment, and see whether the account is ready for it
npm run ops -- secret …   write the secrets that a stack reads by name
npm run ops -- stack -h   more of each
exit code: 0 done, 1 not, 2 wrong usage`

/** Programs of operators by their name, each with the rest of the command line. */
const programs: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {stack, secret}

const main = async ([name, ...args]: readonly string[]): Promise<number> => {
  if (name === '-h' || name === '--help') {
    console.log(usage)
    return 0
  }
  const program = name !== undefined && Object.hasOwn(programs, name) ? programs[name] : undefined
  if (program === undefined) {
    throw new UsageError(name === undefined ? 'Say which program: stack or secret.' : `There is no program '${name}': stack or secret.`)
  }
  return program(args)
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const isUsage = error instanceof UsageError
  console.error(isUsage ? `${error.message} See npm run ops -- -h` : sentenceOf(error))
  return isUsage ? 2 : 1
})
