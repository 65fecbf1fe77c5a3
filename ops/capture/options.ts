import {join} from 'node:path'
import {parseMoment, type Window} from '../../local/replay/window'
import {UsageError} from '../../shared/cli/errors'
import {path, text, type Values} from '../../shared/cli/option'
import {dataFolder, runningStack} from '../../shared/running-stack'
import {root} from '../program/root'
import {type ClientOptions, clientOptions, readTarget, targetOptions} from '../program/target'
import {wiring} from '../program/wiring'

export const options = {
  ...targetOptions,
  data: path('folder', 'data of a local stack, whose archive and logs are read there (default: .local)'),
  from: text('time', 'since when (default: 7d ago of a stack in AWS, else 90d)'),
  to: text('time', 'until when (default: now)', ''),
  out: path('folder', 'where the capture gets a folder of its own', join(root, 'test', 'captured')),
  name: text('name', 'of that folder (default: the outcome and the file)'),
  wiring
}

export interface CaptureOptions {
  /** A file, or an execution of the workflow. */
  readonly subject: {readonly fileId: string} | {readonly executionArn: string}
  /** Data of a local stack; undefined: a stack in AWS. */
  readonly data?: string
  readonly clients: ClientOptions
  readonly suffix: string
  readonly window: Window
  /** Where captures are; each gets a folder of its own. */
  readonly out: string
  readonly name?: string
  readonly wiring: string
}

const parseSubject = (given: string): CaptureOptions['subject'] => {
  if (/^arn:[^:]+:states:[^:]+:\d+:execution:[^:]+:[^:]+$/.test(given)) {
    return {executionArn: given}
  }
  if (!/^[\w-]{1,128}$/.test(given)) {
    throw new UsageError(`Expected one fileId, as POST /files returns it, or the ARN of one execution; got '${given}'.`)
  }
  return {fileId: given}
}

/** The archive is read from a folder, so that no stack need run; if none does, record and histories are left out. */
const findEndpoint = async ({endpoint, data}: Values<typeof options>): Promise<string> =>
  endpoint ?? process.env.AWS_ENDPOINT_URL ?? await runningStack(data) ?? 'http://127.0.0.1:4510'

/** What the options mean. Throws UsageError, and what is wrong with a time. */
export const readOptions = async (subject: string, asked: Values<typeof options>, now: number): Promise<CaptureOptions> => {
  const {aws, data, endpoint, suffix, from, to, out, name, wiring} = asked
  if (aws && (data !== undefined || endpoint !== undefined)) {
    throw new UsageError('Expected --aws, or --data and --endpoint of a local stack; got both.')
  }
  if (name !== undefined && !/^[\w-]+$/.test(name)) {
    throw new UsageError(`Expected --name to be the name of a folder, of letters, digits, - and _; got '${name}'.`)
  }
  const place = {...asked, data: data ?? dataFolder}
  return {
    subject: parseSubject(subject), suffix, out, wiring, ...(name !== undefined && {name}), ...(!aws && {data: place.data}),
    clients: clientOptions(await readTarget(aws ? place : {...place, endpoint: await findEndpoint(asked)})),
    window: {from: parseMoment('--from', from ?? (aws ? '7d' : '90d'), now), to: parseMoment('--to', to === '' ? '0m' : to, now)}
  }
}
