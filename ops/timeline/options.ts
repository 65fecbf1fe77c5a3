import {argumentsIn, UsageError} from '../program/arguments-of-build'

export const usage = `npm run timeline -- <fileId> [options]
  Tells what happened to a file, in one order: request, events, states, bytes, pushes.
  Reads the table, the execution histories and the functions' logs, by the same AWS APIs on this machine and in AWS; only the
  logs of this machine are files.
  --endpoint URL   embedded AWS (http://127.0.0.1:4510)
  --data FOLDER    its data, with the logs (.local); npm start --ephemeral keeps none
  --aws            a stack in AWS instead, by your AWS credentials; logs come from CloudWatch Logs Insights
  --suffix=TEXT    of the stack, for example --suffix=-Dev
  --region REGION  of the stack (AWS_REGION)
  --json           an object with entries and notes
exit code: 0 told, 1 there is no such file or a source failed, 2 wrong usage`

export interface Options {
  readonly fileId: string
  /** Undefined: AWS. */
  readonly endpoint?: string
  readonly data: string
  readonly suffix: string
  readonly region: string
  readonly json: boolean
}

const options = {
  endpoint: {type: 'string'}, data: {type: 'string', default: '.local'}, aws: {type: 'boolean', default: false}, suffix: {type: 'string', default: ''},
  region: {type: 'string'}, json: {type: 'boolean', default: false}, help: {type: 'boolean', default: false}
} as const

/** What the command line says. Throws UsageError. */
export const parseOptions = (args: readonly string[], env: NodeJS.ProcessEnv): Options | 'help' => {
  const {values, positionals} = argumentsIn({args: [...args], options, allowPositionals: true})
  const [fileId = '', ...more] = positionals
  if (values.help) {
    return 'help'
  }
  // It becomes part of a query of Logs Insights.
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(fileId) || more.length > 0) {
    throw new UsageError(`Expected one fileId, as POST /files answers it; got '${positionals.join(' ')}'.`)
  }
  if (values.aws && values.endpoint !== undefined) {
    throw new UsageError('Expected --aws or --endpoint; got both.')
  }
  return {
    fileId, data: values.data, suffix: values.suffix, json: values.json,
    region: values.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'us-west-2',
    ...(!values.aws && {endpoint: values.endpoint ?? 'http://127.0.0.1:4510'})
  }
}
