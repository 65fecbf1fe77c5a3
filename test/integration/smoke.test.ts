import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {HeadObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {call} from '../helpers/api'
import {runProgram} from '../helpers/program'
import {startSystem, type System} from '../helpers/system'
import {bucketName, committedWiring} from '../helpers/wiring'

const clip = readFileSync('local/cli/demo/harbour.mp4')
const sha256 = createHash('sha256').update(clip).digest('hex')

describe('npm run smoke', () => {
  let system: System
  let closed: System
  beforeAll(async () => {
    [system, closed] = await Promise.all([startSystem(['--ephemeral', '--allow-private-sources']), startSystem()])
  })
  afterAll(() => Promise.all([system, closed].map((each) => each?.stop())))

  const smoke = (...args: readonly string[]) => runProgram('ops/main.ts', 'smoke', '--endpoint', system.address, ...args)

  it('proves the embedded AWS and says what stays', async () => {
    const {code, lines, errors} = await smoke()
    expect({code, errors}).toEqual({code: 0, errors: ''})
    expect(lines.map((line) => /^(ok {4}|stays {2}) (\w* *\w+)/.exec(line)?.[2]?.trim()).filter((step) => step !== undefined))
      .toEqual(['request', 'download', 'link', 'content', 'list', 'clean', 'in the', 'in the'].map((step) => expect.stringContaining(step)))
    expect(lines.at(-1)).toMatch(/^The deployment at http:\/\/127\.0\.0\.1:\d+ works/)
  }, 60_000)

  it('leaves neither record nor object behind where it may delete them', async () => {
    const table = String(committedWiring().resources.find(({type}) => type === 'aws_dynamodb_table')?.values['name'])
    const {code, lines} = await smoke('--json', '--user', 'ann', '--table', table, '--bucket', bucketName())
    const report = JSON.parse(lines.join('\n')) as {fileId: string}
    expect({code, report}).toEqual({code: 0, report: expect.objectContaining({ok: true, size: clip.length, sha256, left: [expect.stringContaining('archive')]})})
    expect(await call(system, 'ann', 'GET', '/files')).toEqual({status: 200, body: {files: [], nextToken: null}})
    expect((await call(system, 'ann', 'GET', `/files/${report.fileId}`)).status).toBe(404)
    const object = system.lines.find(({type, key}) => type === 'object' && String(key).includes(report.fileId))!
    const s3 = new S3Client({endpoint: system.address, region: 'us-west-2', credentials: {accessKeyId: 'x', secretAccessKey: 'x'}, forcePathStyle: true})
    await expect(s3.send(new HeadObjectCommand({Bucket: bucketName(), Key: String(object['key'])}))).rejects.toMatchObject({name: 'NotFound'})
  }, 60_000)

  it('says what to do where the embedded AWS refuses sources on this machine, and exits 1', async () => {
    const {code, errors} = await runProgram('ops/main.ts', 'smoke', '--endpoint', closed.address)
    expect({code, errors}).toEqual({code: 1, errors: expect.stringContaining('npm start -- --allow-private-sources')})
  }, 60_000)

  it('exits 1 where no one answers, and 2 where it is used wrongly', async () => {
    const nobody = await runProgram('ops/main.ts', 'smoke', '--endpoint', 'http://127.0.0.1:9', '--json')
    const wrong = await runProgram('ops/main.ts', 'smoke', '--timeout', '0')
    expect([nobody.code, nobody.errors]).toEqual([1, expect.stringContaining('Expected http://127.0.0.1:9/files to answer')])
    expect([wrong.code, wrong.errors]).toEqual([2, expect.stringContaining('--timeout takes a number')])
  }, 60_000)
})
