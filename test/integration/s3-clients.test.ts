import {execFile} from 'node:child_process'
import {randomBytes} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {startSystem, type System} from '../helpers/system'
import {bucketName} from '../helpers/wiring'

const run = promisify(execFile)
const bucket = bucketName()
const large = randomBytes(20 * 1024 * 1024)

/** Programs that know S3, and nothing of ours: copies small and large, there and back, in the bucket itself, and removes them. */
describe('Other people\'s clients against the embedded S3', () => {
  let system: System
  let folder: string
  const environment = (): NodeJS.ProcessEnv => ({
    PATH: process.env.PATH, HOME: folder, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-west-2'
  })
  const call = async (program: string, ...options: readonly string[]): Promise<string> =>
    (await run(program, options, {env: environment(), maxBuffer: 10 * 1024 * 1024})).stdout
  const read = (...path: readonly string[]): Promise<Buffer> => readFile(join(folder, ...path))

  beforeAll(async () => {
    system = await startSystem(['--ephemeral'])
    folder = mkdtempSync(join(tmpdir(), 's3-clients-'))
    await mkdir(join(folder, 'tree', 'deep'), {recursive: true})
    await writeFile(join(folder, 'tree', 'deep', 'ü & "quoted" \'s.txt'), 'small')
    await writeFile(join(folder, 'tree', 'large.bin'), large)
  })
  afterAll(async () => {
    await system?.stop()
    rmSync(folder, {recursive: true, force: true})
  })

  it('rclone copies, compares, copies in the bucket and removes', async () => {
    const remote = `:s3,provider=Other,access_key_id=x,secret_access_key=x,region=us-west-2,endpoint="${system.address}":${bucket}`
    const rclone = (...options: readonly string[]): Promise<string> => call('rclone', '--s3-upload-cutoff', '6M', '--s3-chunk-size', '6M', '--s3-copy-cutoff', '8M', ...options)
    await rclone('copy', join(folder, 'tree'), `${remote}/rclone`)
    await rclone('check', '--download', join(folder, 'tree'), `${remote}/rclone`)
    await rclone('copy', `${remote}/rclone`, `${remote}/rclone-again`)
    await rclone('sync', `${remote}/rclone-again`, join(folder, 'rclone'))
    expect(await read('rclone', 'deep', 'ü & "quoted" \'s.txt')).toEqual(Buffer.from('small'))
    expect((await read('rclone', 'large.bin')).equals(large)).toBe(true)
    await rclone('delete', `${remote}/rclone`)
    expect(await rclone('lsf', '-R', '--files-only', `${remote}/rclone`)).toBe('')
  })

  it('the aws program copies, moves in the bucket and lists versions', async () => {
    const aws = (...options: readonly string[]): Promise<string> => call('aws', '--endpoint-url', system.address, ...options)
    await aws('s3', 'sync', join(folder, 'tree'), `s3://${bucket}/aws`)
    await aws('s3', 'mv', `s3://${bucket}/aws/large.bin`, `s3://${bucket}/aws/moved.bin`)
    await aws('s3', 'cp', `s3://${bucket}/aws/moved.bin`, join(folder, 'aws.bin'))
    expect((await read('aws.bin')).equals(large)).toBe(true)
    const listed: unknown = JSON.parse(await aws('s3api', 'list-object-versions', '--bucket', bucket, '--prefix', 'aws/large.bin', '--output', 'json'))
    expect(listed).toMatchObject({DeleteMarkers: [{Key: 'aws/large.bin', IsLatest: true}], Versions: [{Key: 'aws/large.bin', IsLatest: false}]})
    expect(JSON.parse(await aws('s3api', 'get-bucket-location', '--bucket', bucket, '--output', 'json'))).toEqual({LocationConstraint: 'us-west-2'})
    await aws('s3', 'rm', '--recursive', `s3://${bucket}/aws`)
    expect(await aws('s3', 'ls', '--recursive', `s3://${bucket}/`)).not.toContain('aws/')
  })

  it('s3cmd puts in parts, gets, copies and deletes', async () => {
    const {host} = new URL(system.address)
    const s3cmd = (...options: readonly string[]): Promise<string> => call(
      's3cmd', '--no-ssl', `--host=${host}`, `--host-bucket=${host}`, '--access_key=x', '--secret_key=x', '--region=us-west-2', '--multipart-chunk-size-mb=6',
      '--no-progress', ...options
    )
    await s3cmd('put', join(folder, 'tree', 'large.bin'), `s3://${bucket}/s3cmd/large.bin`)
    await s3cmd('cp', `s3://${bucket}/s3cmd/large.bin`, `s3://${bucket}/s3cmd/copy.bin`)
    await s3cmd('get', `s3://${bucket}/s3cmd/copy.bin`, join(folder, 's3cmd.bin'))
    expect((await read('s3cmd.bin')).equals(large)).toBe(true)
    await s3cmd('del', '--recursive', '--force', `s3://${bucket}/s3cmd/`)
    expect(await s3cmd('ls', '--recursive', `s3://${bucket}/s3cmd/`)).toBe('')
  })
})
