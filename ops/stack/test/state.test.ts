import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {backendArguments, findPlace, suffixOfState, told} from '../state'

const environment = {name: 'of-a-test', suffix: '-OfATest', region: 'eu-central-1', text: () => '', number: () => 0}
const bucket = (name?: string) => ({find: () => Promise.resolve(name)})

describe('The state of an environment', () => {
  it('lies in the bucket of the account, by the environment\'s name', async () => {
    const place = await findPlace(environment, bucket('states'), {})
    expect(told(environment, place)).toBe('s3://states/of-a-test.tfstate')
    expect(backendArguments(environment, place)).toEqual(['bucket=states', 'key=of-a-test.tfstate', 'region=eu-central-1'].map((setting) => `-backend-config=${setting}`))
  })

  it('lies in the bucket that STATE_BUCKET names, without a question; an empty one names none', async () => {
    const nobody = {find: () => Promise.reject(new Error('asked'))}
    expect(await findPlace(environment, nobody, {STATE_BUCKET: 'ours'})).toEqual({kind: 'bucket', bucket: 'ours'})
    await expect(findPlace(environment, nobody, {STATE_BUCKET: ''})).rejects.toThrow('asked')
  })

  it('is a file of its own where the account has no bucket', async () => {
    const place = await findPlace(environment, bucket(), {})
    expect(place).toEqual({kind: 'file', path: join(process.cwd(), 'terraform', 'environments', 'of-a-test.tfstate')})
    expect([told(environment, place), backendArguments(environment, place)]).toEqual(['terraform/environments/of-a-test.tfstate', []])
  })
})

describe('A state of before', () => {
  let folder: string
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text)
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'terraform-'))
    mkdirSync(join(folder, 'environments'))
  })
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  const table = (name: string) => JSON.stringify({resources: [{type: 'aws_dynamodb_table', instances: [{attributes: {name}}]}]})

  it('of this stack is not left behind: the sentence says where to move it', async () => {
    write('terraform.tfstate', table('MediaDownloader-OfATest'))
    await expect(findPlace(environment, bucket(), {}, folder)).rejects.toThrow('mv terraform/terraform.tfstate terraform/environments/of-a-test.tfstate')
  })

  it('of another stack is no one\'s business', async () => {
    write('terraform.tfstate', table('MediaDownloader'))
    expect((await findPlace(environment, bucket(), {}, folder)).kind).toBe('file')
  })

  it('on this machine is not forgotten when the account has a bucket', async () => {
    write('environments/of-a-test.tfstate', table('MediaDownloader-OfATest'))
    await expect(findPlace(environment, bucket('states'), {}, folder)).rejects.toThrow('aws s3 cp terraform/environments/of-a-test.tfstate s3://states/of-a-test.tfstate')
  })
})

describe('suffixOfState', () => {
  let folder: string
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'state-')) })
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  it.each([['MediaDownloader', ''], ['MediaDownloader-Dev', '-Dev'], ['Other', undefined]])('of the table %s is %j', (name, suffix) => {
    writeFileSync(join(folder, 'state'), JSON.stringify({resources: [{type: 'aws_s3_bucket'}, {type: 'aws_dynamodb_table', instances: [{attributes: {name}}]}]}))
    expect(suffixOfState(join(folder, 'state'))).toBe(suffix)
  })

  it('of no file is undefined', () => {
    expect(suffixOfState(join(folder, 'none'))).toBeUndefined()
  })
})
