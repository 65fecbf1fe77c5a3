import {execFile, spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join, resolve} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {build} from 'esbuild'
import {parse} from '@cdktn/hcl2json'
import {type Block, corrected, corrections, guideBlocks} from '../guide/blocks'
import {compile} from '../guide/compile'
import {typeScriptSamples} from '../guide/samples'
import {eventually, startSystem, type System} from '../helpers/system'

const run = promisify(execFile)
const stateMachine = 'arn:aws:states:us-west-2:123456789012:stateMachine:FileDownloadWorkflow'
const samples = typeScriptSamples()

/** Every program of a name on the PATH: Debian's and a newer one. */
const installed = (name: string): string[] => [...new Set(spawnSync('which', ['-a', name], {encoding: 'utf8'}).stdout.split('\n').filter((path) => path !== ''))]

describe('The TypeScript of the guide', () => {
  it('compiles as it is typed', () => {
    expect(samples.size).toBe(9)
    expect(compile(samples)).toEqual([])
  })

  it('would not with a member missing, as the guide promises', () => {
    const [path, text] = [...samples].find(([, each]) => each.includes('Missing required field'))!
    expect(compile(new Map([[path, text.replace(/^ *s3Key:.*$/m, '')]]))).toEqual([expect.stringMatching(/^TS2741: Property 's3Key' is missing/)])
  })
})

describe('The guide against the embedded runtime', () => {
  let system: System
  let folder: string
  let variables: NodeJS.ProcessEnv
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guide-'))
    system = await startSystem(['--ephemeral'])
    variables = {
      ...process.env, AWS_ENDPOINT_URL: system.address, AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test',
      EVENT_BUS_NAME: 'MediaDownloaderEvents', STATE_MACHINE_ARN: stateMachine, ACCOUNT: '123456789012', AWS_PAGER: '', AWS_EC2_METADATA_DISABLED: 'true'
    }
  })
  afterAll(async () => {
    await system.stop()
    rmSync(folder, {recursive: true})
  })

  /** Bundles a sample as it is typed, as the build does, and runs it. */
  const runSample = async (wanted: RegExp): Promise<string> => {
    const contents = [...samples.values()].find((text) => wanted.test(text))!
    const outfile = join(folder, `${wanted.source.replace(/\W+/g, '-')}.mjs`)
    const banner = {js: 'import {createRequire} from \'node:module\'\nconst require = createRequire(import.meta.url)'}
    await build({stdin: {contents, resolveDir: resolve('src/lambdas/ListFiles/test'), loader: 'ts'}, bundle: true, platform: 'node', format: 'esm', outfile, banner, logLevel: 'silent'})
    return (await run(process.execPath, [outfile], {env: variables})).stdout
  }

  const shell = async (commands: string) => {
    // Debian's program does not read AWS_ENDPOINT_URL, and what jq makes of an answer is jq's.
    const script = `set -eu\naws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }\njq() { cat; }\n${commands}`
    return (await run('bash', ['-c', script], {env: variables})).stdout
  }

  it('publishes and starts as it is typed', async () => {
    await runSample(/^ {2}s3Key: 'videos\/abc123.mp4',\n {2}size: 1048576/m)
    await eventually('the event', () => system.lines.find(({type, event}) => type === 'event' && JSON.stringify(event).includes('videos/abc123.mp4')))
    await runSample(/Video Title/)
    await eventually('the execution that the event starts', () => system.lines.find(({type, fileId}) => type === 'execution' && fileId === 'abc123'))
    const said = await runSample(/startExecution\(\{/)
    const executionArn = /Execution ARN: (\S+)/.exec(said)?.[1]
    expect(executionArn).toContain(':execution:FileDownloadWorkflow:')
    variables['EXECUTION_ARN'] = executionArn
  })

  const commands = guideBlocks().filter(({language, text}) => language === 'bash' && /^aws /m.test(text))

  it.each(commands.map(({line, heading, text}): [string, string] => [`${heading}, line ${line}`, text]))('%s: every command is answered', async (_, text) => {
    await shell(corrected(text))
  })

  it.each(installed('aws'))('%s goes there, and not to AWS, after README\'s eval', async (program) => {
    const script = `set -eu\neval "$(npm run --silent env -- --endpoint "$STACK" 2>/dev/null)"\nPATH=${dirname(program)}:$PATH
      aws stepfunctions list-state-machines\naws sqs list-queues\naws s3 ls`
    const {AWS_ENDPOINT_URL: _, ...rest} = variables
    const {stdout} = await run('bash', ['-c', script], {env: {...rest, STACK: system.address}})
    expect(stdout).toContain(stateMachine)
    expect(stdout).toContain(`${system.address}/123456789012/Pushes`)
    expect(stdout).toContain('mediadownloader-123456789012-us-west-2')
  })

  it('tells what the commands are for', async () => {
    expect(await shell('aws lambda get-policy --function-name SendPushNotification')).toContain('events.amazonaws.com')
    expect(await shell('aws logs filter-log-events --log-group-name /aws/vendedlogs/states/FileDownloadWorkflow')).toMatch(/ExecutionStarted/)
    const now = Date.now()
    const started = JSON.parse(await shell(`aws cloudwatch get-metric-statistics --namespace AWS/States --metric-name ExecutionsStarted --statistics Sum --period 3600 \
      --dimensions Name=StateMachineArn,Value=${stateMachine} --start-time ${new Date(now - 3_600_000).toISOString()} --end-time ${new Date(now + 3_600_000).toISOString()}`)) as
      {Datapoints: ReadonlyArray<{Sum: number}>}
    expect(started.Datapoints.reduce((total, {Sum}) => total + Sum, 0)).toBeGreaterThanOrEqual(2)
  })
})

describe('The corrections in docs/migration.md', () => {
  it('are each of something that the guide has', () => {
    const all = guideBlocks().map(({text}: Block) => text).join('\n')
    expect(corrections().length).toBeGreaterThan(4)
    expect(corrections().filter(({from}) => !all.includes(from))).toEqual([])
  })

  it('make the guide\'s rule one that the contracts know', async () => {
    const {text} = guideBlocks().find(({language}) => language === 'hcl')!
    const rules = JSON.stringify(await parse('guide.tf', corrected(text)))
    expect(rules).toContain('mediadownloader.download')
    expect(rules).not.toContain('aws.mediadownloader')
  })

  it('leave no command out but those that install and deploy, which other tests run', () => {
    const left = guideBlocks().filter(({language, text}) => language === 'bash' && !/^aws /m.test(text)).flatMap(({text}) => text.split('\n'))
    expect(left.filter((line) => /^\w/.test(line))).toEqual(['npm install', 'brew install opentofu', 'cd terraform', 'tofu init', 'tofu plan', 'tofu apply'])
  })
})
