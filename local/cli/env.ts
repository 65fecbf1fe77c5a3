import {execFileSync} from 'node:child_process'
import {command} from '../../shared/cli/command'
import {text} from '../../shared/cli/option'
import {runCommand} from '../../shared/cli/program'

/** From these on the AWS CLI reads AWS_ENDPOINT_URL: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
const since: Readonly<Record<string, number>> = {1: 29, 2: 13}

/** What `aws --version` begins with; undefined if there is none. */
const cliVersion = (): string | undefined => {
  try {
    return /^aws-cli\/(\S+)/.exec(execFileSync('aws', ['--version'], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']}))?.[1]
  } catch {
    return undefined
  }
}

const isOld = (version: string): boolean => {
  const [major = '', minor = ''] = version.split('.')
  return Number(minor) < (since[major] ?? 0)
}

/** Also AWS_DEFAULT_REGION, as version 1 of the CLI reads no other; and no search for credentials of this machine. */
const exportsFor = (endpoint: string): string => Object.entries({
  AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x',
  AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: ''
}).map(([name, value]) => `export ${name}='${value}'`).join('\n')

/** Old ones read no AWS_ENDPOINT_URL, version 1 none for queues: the option is read by all, and one that is given by hand counts. */
const aws = 'unset AWS_PROFILE AWS_SESSION_TOKEN\naws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }'

process.exitCode = await runCommand(command({
  name: 'npm run --silent env --', summary: 'Prints what a shell needs so that every AWS client goes to npm start: eval "$(npm run --silent env)"',
  options: {endpoint: text('url', 'address of npm start', 'http://127.0.0.1:4510')},
  run: async ({endpoint}, {note}) => {
    const version = cliVersion()
    if (version !== undefined && isOld(version)) {
      note(`aws-cli ${version} does not read AWS_ENDPOINT_URL: in this shell \`aws\` is a function that gives it the address. A script that runs aws `
        + 'would reach AWS itself: give it --endpoint-url, or install a newer one.')
    }
    const exports = exportsFor(endpoint.replaceAll('\'', ''))
    return {value: {endpoint, version}, text: `${exports}\n${aws}`}
  }
}), process.argv.slice(2))
