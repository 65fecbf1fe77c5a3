import {delimiter, dirname} from 'node:path'
import type {WiredFunction} from '../../../shared/wiring/functions'
import {programPath} from './program-path'

/** What every sandbox of a runtime shares. */
export interface SandboxSettings {
  /** `http://127.0.0.1:<port>`; asked for at each start, since the port is known only once the runtime listens. */
  readonly endpoint: () => string
  readonly region: string
  readonly credentials: {readonly accessKeyId: string, readonly secretAccessKey: string}
  /** Replace variables of the wiring; a function gets only those that the wiring gives it as well. */
  readonly overrides: Readonly<Record<string, string>>
  /** Epoch ms that functions take for the present; real time if it is left out. */
  readonly virtualNow?: () => number
}

/** What a sandbox may see of this machine: programs (yt-dlp, ffmpeg) and their libraries, the way out, nothing of the user. */
const inherited = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'SystemRoot', 'ComSpec', 'PATHEXT']

const fromHost = (): Record<string, string> =>
  Object.fromEntries(inherited.flatMap((name) => process.env[name] === undefined ? [] : [[name, process.env[name]]]))

/** What the user says of this machine's programs wins over the wiring, which is of another machine. A path starts at the user's folder. */
const ofThisMachine = (): Readonly<Record<string, string>> => {
  const path = process.env['YT_DLP_PATH']?.trim() ?? ''
  return path === '' ? {} : {YT_DLP_PATH: programPath(path)}
}

const overridden = (environment: Readonly<Record<string, string>>, overrides: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, overrides[name] ?? value]))

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const reserved = (wired: WiredFunction, {endpoint, region, credentials}: SandboxSettings): Record<string, string> => ({
  AWS_LAMBDA_FUNCTION_NAME: wired.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(wired.memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${wired.name}`,
  AWS_EXECUTION_ENV: `AWS_Lambda_${wired.runtime}`,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_ENDPOINT_URL: endpoint(),
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
  POWERTOOLS_TRACE_ENABLED: 'false',
  _HANDLER: wired.handler,
  TZ: ':UTC',
  LANG: 'en_US.UTF-8'
})

/** The whole environment of a sandbox that keeps its files in `folder` and its code in `taskRoot`. */
export const sandboxEnvironment = (
  wired: WiredFunction, settings: SandboxSettings, {taskRoot, folder, runtimeApi}: {taskRoot: string, folder: string, runtimeApi: string}
): Record<string, string> => {
  const host = fromHost()
  return {
    ...host,
    // Node's own folder last: yt-dlp may want a JavaScript runtime.
    PATH: [host['PATH'], dirname(process.execPath)].filter(Boolean).join(delimiter),
    ...overridden(wired.environment, {...ofThisMachine(), ...settings.overrides}),
    ...reserved(wired, settings),
    AWS_LAMBDA_LOG_STREAM_NAME: `[$LATEST]${runtimeApi.split(':')[1]}`,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: taskRoot,
    TMPDIR: folder,
    HOME: folder
  }
}
