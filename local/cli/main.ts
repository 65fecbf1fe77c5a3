import {explain} from './explain'
import {parseOptions, usage} from './options'
import {run} from './run'

const main = async (args: readonly string[]): Promise<number> => {
  const options = parseOptions(args)
  if (options === 'help') {
    console.log(usage)
    return 0
  }
  return run(options)
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const {message, exitCode} = explain(error)
  console.error(message)
  return exitCode
})
