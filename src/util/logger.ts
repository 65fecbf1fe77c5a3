import {writeLog, type LogLevel} from '../lib/vendor/Logger'
import {currentCorrelation} from './correlation'

type Log = (message: string, fields?: Readonly<Record<string, unknown>>) => void

const at = (level: LogLevel): Log => (message, fields = {}) => writeLog(level, message, {...currentCorrelation(), ...fields})

/** Structured log lines, each with the correlation id and the file at hand; an error goes into the field `error`. */
export const logger: Readonly<Record<LogLevel, Log>> = {debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error')}
