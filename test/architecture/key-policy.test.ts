import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {many, root, wired, wiringText} from './wired'

interface KeyStatement {
  readonly Sid: string
  readonly Principal: {readonly AWS?: string, readonly Service?: string | readonly string[]}
  readonly Action: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

const {Statement: statements} = JSON.parse(readFileSync(join(root, 'terraform/key-policy.json'), 'utf8')) as {Statement: readonly KeyStatement[]}
const of = (service: string): KeyStatement | undefined => statements.find(({Principal}) => many(Principal.Service).includes(service))
const hcl = (path: string): string => readFileSync(join(root, 'terraform', path), 'utf8')

describe('the policy of a key of one\'s own', () => {
  it('leaves the account\'s roles to their own policies, and narrows every service to this account', () => {
    expect(statements.filter(({Condition}) => Condition === undefined).map(({Principal}) => Principal)).toEqual([{AWS: 'arn:aws:iam::123456789012:root'}])
    expect(statements.filter(({Condition}) => Condition !== undefined && !JSON.stringify(Condition).includes('123456789012'))).toEqual([])
  })

  it('lets CloudWatch Logs encrypt every log group of the stack', () => {
    const patterns = many(of('logs.us-west-2.amazonaws.com')?.Condition?.['ArnLike']?.['kms:EncryptionContext:aws:logs:arn'])
    const prefixes = patterns.map((pattern) => pattern.replace('arn:aws:logs:us-west-2:123456789012:log-group:', '').replace(/\*$/, ''))
    const names = [...wiringText.matchAll(/"name": "(\/aws\/[\w/-]+)"/g)].map(([, name]) => name!)
    expect(names.length).toBe(wired('aws_lambda_function').length + 2)
    expect(names.filter((name) => !prefixes.some((prefix) => name.startsWith(prefix)))).toEqual([])
  })

  it.each([
    ['modules/event-rule/dead_letters.tf', ['events.amazonaws.com']],
    ['monitoring.tf', ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com']]
  ])('lets the services that %s lets send have data keys', (path, services) => {
    const senders = [...hcl(path).matchAll(/identifiers = \[([^\]]+)\]/g)].flatMap(([, list]) => list!.match(/[\w.]+\.amazonaws\.com/g) ?? []).sort()
    expect(senders).toEqual(services)
    expect(services.filter((service) => !many(of(service)?.Action).some((action) => action.startsWith('kms:GenerateDataKey')))).toEqual([])
  })
})

/** Types that hold data and take a key, with the argument that names it. */
const holders: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_group: 'kms_key_id', aws_dynamodb_table: 'kms_key_arn', aws_lambda_function: 'kms_key_arn', aws_s3_bucket_server_side_encryption_configuration: 'kms_master_key_id',
  aws_sfn_state_machine: 'kms_key_id', aws_sns_topic: 'kms_master_key_id', aws_sqs_queue: 'kms_master_key_id'
}

const files = globSync(['*.tf', 'modules/*/*.tf'], {cwd: join(root, 'terraform')})
const resources = files.flatMap((file) => [...hcl(file).matchAll(/^resource "(\w+)" "(\w+)" \{\n([\s\S]*?)^\}/gm)]
  .map(([, type = '', label, body = '']) => ({place: `${file}: ${type}.${label}`, type, body})))
const calls = files.flatMap((file) => [...hcl(file).matchAll(/^module "(\w+)" \{\n([\s\S]*?)^\}/gm)]
  .map(([, label, body = '']) => ({place: `${file}: module.${label}`, body})))

describe('A key of one\'s own', () => {
  it('is the key of everything that holds data', () => {
    const held = resources.filter(({type}) => type in holders)
    expect(new Set(held.map(({type}) => type)).size).toBe(Object.keys(holders).length)
    expect(held.filter(({type, body}) => !new RegExp(`\\b${holders[type]} += `).test(body) || !body.includes('var.kms_key_arn')).map(({place}) => place)).toEqual([])
  })

  it('is handed to every module that holds data', () => {
    const keyed = calls.filter(({body}) => /source += "\.\/modules\/(?:event-rule|lambda|state-machine)"/.test(body))
    expect(keyed.length).toBeGreaterThan(20)
    expect(keyed.filter(({body}) => !/^ {2}kms_key_arn += var\.kms_key_arn$/m.test(body)).map(({place}) => place)).toEqual([])
  })
})
