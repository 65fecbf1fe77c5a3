import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {ListExecutionsCommand, SFNClient, StartExecutionCommand} from '@aws-sdk/client-sfn'
import {recipeDocuments, stepsIn} from '../helpers/recipes'
import {isInstalled} from '../helpers/shell-blocks'
import {type Ran, startStackWorld, type StackWorld} from '../helpers/stack-world'

const minutes = 60_000
const where = {region: 'us-west-2', credentials: {accessKeyId: 'made-up', secretAccessKey: 'made-up'}}
const clients = (endpoint: string) => ({s3: new S3Client({...where, endpoint, forcePathStyle: true}), states: new SFNClient({...where, endpoint})})

/** No package brings these, so a machine may lack them; the title says that the tests are left out then. */
const withStacks = (isInstalled('tofu') || isInstalled('terraform')) && isInstalled('moto_server', '--help') ? describe : describe.skip

/** Everything that a later apply could take back. */
const production = {
  jwt_issuer: '"https://issuer.example.com"', jwt_audience: '["media-downloader"]', alarm_email: '"ops@example.com"',
  apns_parameter: '"/MediaDownloader/Apns"', fcm_service_account_parameter: '"/MediaDownloader/FcmServiceAccount"'
}

const apns = {signing_key: 'made-up', key_id: 'made-up', team_id: 'made-up', bundle_id: 'made-up'}
const serviceAccount = {project_id: 'made-up', client_email: 'made-up', private_key: 'made-up'}

/** What `stack preflight --json` prints. */
interface Answer {
  readonly account: string
  readonly ready: boolean
  readonly findings: ReadonlyArray<{readonly name: string, readonly verdict: string}>
}

let world: StackWorld

const succeeded = (ran: Ran): Ran => {
  if (ran.code !== 0) {
    throw new Error(`Expected the command to succeed; it ended with ${ran.code}:\n${ran.stdout.slice(-3000)}\n${ran.stderr.slice(-3000)}`)
  }
  return ran
}

/** What a plan of an environment would do. */
const planOf = async (environment: string, ...more: readonly string[]): Promise<{hasChanges: boolean, destroy: number}> =>
  JSON.parse(succeeded(await world.ops(['stack', 'plan', environment, '--json', ...more])).stdout) as {hasChanges: boolean, destroy: number}

const plans = new Map<string, Promise<{destroy: number}>>()

/** The plan of an environment with its settings as they are now, made once for the same settings. */
const planWithSettings = (environment: string): Promise<{destroy: number}> => {
  const key = `${environment} ${world.edit(environment, {}).split('\n').toSorted().join('\n')}`
  plans.set(key, plans.get(key) ?? planOf(environment))
  return plans.get(key)!
}

const putSecrets = async (): Promise<void> => {
  const files = {apns, fcm_service_account: serviceAccount}
  for (const [name, value] of Object.entries(files)) {
    const file = join(world.folder, `${name}.json`)
    writeFileSync(file, JSON.stringify(value))
    succeeded(await world.ops(['secret', 'set', 'prod', name, '--file', file]))
  }
}

withStacks('Two environments of one account (left out without tofu or terraform, and moto_server)', () => {
  beforeAll(async () => {
    world = await startStackWorld()
    mkdirSync(join(world.folder, 'dist', 'layer'))
    writeFileSync(join(world.folder, 'dist', 'layer', 'yt-dlp-arm64.zip'), 'a layer')
    await clients(world.endpoint).s3.send(new CreateBucketCommand({
      Bucket: 'mediadownloader-state-123456789012-us-west-2', CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}
    }))
    await putSecrets()
    world.edit('prod', production)
    world.edit('dev', {deletion_protection: 'true'})
    await Promise.all(['prod', 'dev'].map(async (name) => succeeded(await world.ops(['stack', 'apply', name, '--yes']))))
  }, 30 * minutes)

  afterAll(() => world?.stop())

  it('are looked into by preflight, which tells what is there, what is not, and what no one would say', async () => {
    const {code, stdout} = await world.ops(['stack', 'preflight', 'prod', '--json'])
    const {account, ready, findings} = JSON.parse(stdout) as Answer
    const verdicts = Object.fromEntries(findings.map(({name, verdict}) => [name, verdict]))
    expect({code, account, ready}).toEqual({code: 1, account: '123456789012', ready: false})
    expect(verdicts).toMatchObject({
      packages: 'ok', state: 'ok', 'workflow FileDownloadWorkflow': 'ok', 'push applications': 'ok', 'secret apns': 'ok', 'secret fcm_service_account': 'ok',
      // moto knows no quotas, and the issuer is no one's.
      'EventBridge PutEvents': 'unknown', issuer: 'missing'
    })
  }, 5 * minutes)

  it('are as their files say: nothing to change, whatever the shell of one machine says besides', async () => {
    const shell = {TF_VAR_orchestration: 'coordinator', TF_CLI_ARGS_plan: '-var=log_level=ERROR'}
    expect([await planOf('prod'), JSON.parse(succeeded(await world.ops(['stack', 'plan', 'dev', '--json'], shell)).stdout)])
      .toMatchObject([{hasChanges: false}, {hasChanges: false}])
  }, 10 * minutes)

  it('are refused each other\'s settings, in a sentence that names both suffixes', async () => {
    const {code, stdout, stderr} = await world.ops(['stack', 'run', 'prod', '--', 'plan', '-no-color', '-var-file=environments/dev.tfvars'])
    expect({code, text: (stdout + stderr).replace(/\s+/g, ' ')}).toEqual({
      code: 1, text: expect.stringContaining('This state belongs to the stack with the suffix \'\', and the variables say \'-Dev\'')
    })
  }, 10 * minutes)

  it.each(recipeDocuments)('lose nothing by the recipes of %s', async (path) => {
    const before = {prod: world.edit('prod', {}), dev: world.edit('dev', {})}
    const planned: Array<{place: string, destroy: number}> = []
    for (const step of stepsIn(path)) {
      if (step.kind === 'edit') {
        world.edit(step.environment, step.settings)
      } else if (step.args[0] === 'stack' && ['plan', 'apply'].includes(step.args[1]!) && !step.args.includes('--allow-destroy')) {
        planned.push({place: step.place, destroy: (await planWithSettings(step.args[2]!)).destroy})
      }
    }
    Object.entries(before).forEach(([name, text]) => world.restore(name, text))
    expect(planned.length).toBeGreaterThan(0)
    expect(planned.filter(({destroy}) => destroy > 0)).toEqual([])
  }, 20 * minutes)

  it.each([
    ['push', {apns_parameter: undefined}, /push application.*aws_sns_platform_application\.Apns\[0\]/],
    ['authorizer', {jwt_issuer: undefined, jwt_audience: undefined}, /authorizer.*aws_apigatewayv2_authorizer\.Jwt\[0\]/]
  ])('do not lose %s by a setting that got lost, unless --allow-destroy names it', async (category, settings, expected) => {
    const before = world.edit('prod', settings)
    const refused = await world.ops(['stack', 'plan', 'prod'])
    const {destroy} = await planOf('prod', '--allow-destroy', category)
    world.restore('prod', before)
    expect({code: refused.code, isAllowed: destroy > 0}).toEqual({code: 1, isAllowed: true})
    expect(refused.stderr).toMatch(expected)
    expect(refused.stderr).toContain(`--allow-destroy ${category}`)
  }, 10 * minutes)

  it('are not planned without the functions\' packages: one sentence says npm run build', async () => {
    world.build(false)
    const {code, stderr} = await world.ops(['stack', 'plan', 'prod'])
    world.build(true)
    expect({code, errors: stderr.match(/^Error: .*$/gm)}).toEqual({code: 1, errors: ['Error: Resource precondition failed']})
    expect(stderr.replace(/\s+/g, ' ')).toContain('Run npm run build first.')
  }, 10 * minutes)

  it('go alone: with executions that run, objects, old versions and deletion protection, and never by a plain destroy', async () => {
    const {s3, states} = clients(world.endpoint)
    const outputs = JSON.parse(succeeded(await world.ops(['stack', 'output', 'dev'])).stdout) as Record<'bucket_name' | 'state_machine_arn', string>
    const object = {Bucket: outputs.bucket_name, Key: 'media/one'}
    await s3.send(new PutObjectCommand({...object, Body: 'one'}))
    await s3.send(new PutObjectCommand({...object, Body: 'another'}))
    await s3.send(new DeleteObjectCommand(object))
    const {executionArn} = await states.send(new StartExecutionCommand({stateMachineArn: outputs.state_machine_arn, input: '{"fileId": "one"}'}))
    expect(executionArn).toBeDefined()

    const plain = await world.ops(['stack', 'run', 'dev', '--', 'destroy', '-no-color', '-auto-approve', '-var-file=environments/dev.tfvars'])
    expect({code: plain.code, isRefused: /prevent_destroy set/.test(plain.stdout + plain.stderr)}).toEqual({code: 1, isRefused: true})
    const unsure = await world.ops(['stack', 'destroy', 'dev'])
    expect({code: unsure.code, last: unsure.stderr.trim().split('\n').at(-1)}).toEqual({code: 2, last: expect.stringContaining('--confirm MediaDownloader-Dev')})

    const {stdout} = succeeded(await world.ops(['stack', 'destroy', 'dev', '--confirm', 'MediaDownloader-Dev']))
    expect(stdout).toMatch(/1 running execution, stopped[\s\S]*bucket mediadownloader-dev-123456789012-us-west-2: 3 objects and old versions[\s\S]*1 execution stopped/)
    expect((await planOf('prod')).hasChanges).toBe(false)
    expect(succeeded(await world.ops(['stack', 'destroy', 'dev', '--confirm', 'MediaDownloader-Dev'])).stdout).toContain('Nothing is there to destroy')
    await expect(states.send(new ListExecutionsCommand({stateMachineArn: outputs.state_machine_arn}))).rejects.toThrow()
  }, 20 * minutes)
})
