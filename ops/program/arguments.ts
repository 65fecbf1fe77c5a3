import {parseArgs, type ParseArgsConfig} from 'node:util'
import {UsageError} from './errors'

/** What a command line says. Throws UsageError where it says something else than `config` knows. */
export const argumentsIn = <const Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> => {
  try {
    return parseArgs(config)
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\. To specify[\s\S]*/, '.'), {cause: error})
  }
}
