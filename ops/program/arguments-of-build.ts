import {parseArgs, type ParseArgsConfig} from 'node:util'

/** The user typed something wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What a command line says. Throws UsageError where it says something else than `config` knows. */
export const argumentsIn = <const Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> => {
  try {
    return parseArgs(config)
  } catch (error) {
    throw new UsageError((error as Error).message, {cause: error})
  }
}
