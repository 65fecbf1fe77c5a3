import {Logger} from '@aws-lambda-powertools/logger'
import type {Context} from 'aws-lambda'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

const powertools = new Logger()

/** Writes one JSON line to standard output, from `POWERTOOLS_LOG_LEVEL` on; an Error among the fields keeps its name, stack and cause. */
export const writeLog = (level: LogLevel, message: string, fields: Readonly<Record<string, unknown>>): void =>
  powertools[level](message, {...fields})

/** Lets each further line name the function, its version and the request. */
export const addLogContext = (context: Context): void => {
  powertools.addContext(context)
  powertools.appendPersistentKeys({function_version: context.functionVersion})
}
