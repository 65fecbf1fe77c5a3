import {execFile, execFileSync} from 'node:child_process'
import {promisify} from 'node:util'
import {describe, expect, it} from '@jest/globals'
import {type Command, documentedCommands, isInstalled} from '../helpers/shell-blocks'

const run = promisify(execFile)

/** Only version 2 of the aws CLI has these; their options are those of its reference. */
const versionTwo: Readonly<Record<string, readonly string[]>> = {
  'logs tail': ['--since', '--follow', '--filter-pattern', '--format', '--log-stream-names']
}

const nobody = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_DEFAULT_REGION: 'us-west-2', AWS_MAX_ATTEMPTS: '1',
  AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: ''
}

/** A command that the CLI has parsed and validated is sent, and finds no one; any other answer is its complaint. */
const complaintOf = async ({place, args}: Command): Promise<string | undefined> => {
  const {stderr} = await run('aws', [...args], {env: {...process.env, ...nobody}}).catch((error: {stderr: string}) => error)
  return /Could not connect to the endpoint URL/.test(stderr) ? undefined : `${place}: aws ${args.join(' ')}: ${stderr.trim().split('\n').at(-1)}`
}

const complaints = async (commands: readonly Command[]): Promise<string[]> => {
  const queue = [...commands]
  const found: Array<string | undefined> = []
  await Promise.all(Array.from({length: 2}, async () => {
    for (let command = queue.shift(); command !== undefined; command = queue.shift()) {
      found.push(await complaintOf(command))
    }
  }))
  return found.filter((complaint) => complaint !== undefined)
}

const isVersionTwo = ({args}: Command): boolean => args.slice(0, 2).join(' ') in versionTwo

/** No package brings terraform, so a machine may lack it; the title says that the test is left out then. */
const withTerraform = isInstalled('terraform') ? it : it.skip

describe('Commands of the documents', () => {
  it('for aws are valid for the real CLI', async () => {
    expect(await complaints(documentedCommands('aws').filter((command) => !isVersionTwo(command)))).toEqual([])
  }, 300_000)

  it('for aws that need version 2 of the CLI have its options', () => {
    const wrong = documentedCommands('aws').filter(isVersionTwo)
      .flatMap(({place, args}) => args.filter((arg) => arg.startsWith('--') && !versionTwo[args.slice(0, 2).join(' ')]!.includes(arg)).map((arg) => `${place}: ${arg}`))
    expect(wrong).toEqual([])
  })

  withTerraform('for terraform and tofu have options of the real program (left out where terraform is not installed)', () => {
    const commands = [...documentedCommands('terraform'), ...documentedCommands('tofu')]
    const wrong = commands.flatMap(({place, args}) => {
      const [command = '', ...rest] = args.filter((arg) => !arg.startsWith('-chdir='))
      const help = execFileSync('terraform', [command, '-help'], {encoding: 'utf8', env: {...process.env, TF_CLI_CONFIG_FILE: '/dev/null'}})
      return rest.flatMap((arg) => /^(-[\w-]+)/.exec(arg)?.[1] ?? []).filter((option) => !new RegExp(`^ {2}${option}\\b`, 'm').test(help)).map((option) => `${place}: ${command} ${option}`)
    })
    expect(wrong).toEqual([])
  }, 60_000)
})
