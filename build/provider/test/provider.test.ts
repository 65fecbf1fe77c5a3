import {globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {shapeIn} from '../bindings'
import {readConfiguration} from '../configuration'
import {withDeprecations} from '../deprecations'
import {exceptions} from '../exceptions'
import {type Facts, readFacts} from '../facts'
import {judge} from '../judge'

const facts = readFacts()
let folder = ''

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), {recursive: true})
  writeFileSync(join(folder, path), text)
}
const judged = async (hcl: string, known: Facts = facts): Promise<string[]> => {
  write('main.tf', hcl)
  return judge(await readConfiguration(folder), known, [])
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'provider-'))
})

afterEach(() => rmSync(folder, {recursive: true}))

describe('our HCL', () => {
  it('uses no argument that the newest provider does not know or calls deprecated, and lacks none that it wants', async () => {
    expect(judge(await readConfiguration('terraform'), facts, exceptions)).toEqual([])
  })

  it.each(globSync('terraform/**/versions.tf'))('takes in %s providers up to the one whose arguments were compared, by the address that both tools read alike', (path) => {
    const [, major = '', minor = ''] = /^(\d+)\.(\d+)\./.exec(facts.provider)!
    const provider = [...readFileSync(path, 'utf8').matchAll(/source {2}= "(.+)"\n\s+version = "(.+)"/g)].map(([, source, version]) => ({source, version}))
    expect(provider).toEqual(path.includes('event-contracts') ? [] : [{source: 'registry.opentofu.org/hashicorp/aws', version: `>= 5.100, < ${major}.${Number(minor) + 1}`}])
  })
})

describe('the comparison', () => {
  it('finds a deprecated argument, in a block and in a dynamic one as well', async () => {
    expect(await judged(`
      resource "aws_s3_bucket" "One" {
        bucket = "one"
        acl    = "private"
      }
      resource "aws_cloudwatch_event_rule" "One" {
        is_enabled = true
      }
      resource "aws_s3_bucket_lifecycle_configuration" "One" {
        bucket = "one"
        dynamic "rule" {
          for_each = [1]
          content {
            id     = "one"
            status = "Enabled"
            prefix = "media/"
          }
        }
      }
    `)).toEqual(['aws_cloudwatch_event_rule.is_enabled is deprecated.', 'aws_s3_bucket.acl is deprecated.', 'aws_s3_bucket_lifecycle_configuration.rule.prefix is deprecated.'])
  })

  it('finds arguments that are unknown or missing', async () => {
    expect(await judged(`
      resource "aws_lambda_permission" "One" {
        action   = "lambda:InvokeFunction"
        princpal = "events.amazonaws.com"
      }
      resource "aws_sqs_queue" "One" {
        count = 1
        timeouts { craete = "1m" }
        lifecycle { prevent_destroy = true }
      }
    `)).toEqual([
      'main.tf: aws_lambda_permission.One: aws_lambda_permission lacks function_name, which is required.',
      'main.tf: aws_lambda_permission.One: aws_lambda_permission lacks principal, which is required.',
      'main.tf: aws_lambda_permission.One: aws_lambda_permission has no argument princpal.',
      'main.tf: aws_sqs_queue.One: aws_sqs_queue.timeouts has no argument craete.'
    ])
  })

  it('leaves the keys of a map alone', async () => {
    expect(await judged('resource "aws_sqs_queue" "One" {\n  tags = { Anything = "goes" }\n}\n')).toEqual([])
  })

  it('finds what is read and is not there', async () => {
    expect(await judged('locals {\n  one = aws_sqs_queue.One.nmae\n  two = data.aws_partition.current.partition\n  three = aws_sqs_queue.Two[each.key].url\n}\n'))
      .toEqual(['main.tf: aws_sqs_queue has no attribute nmae.'])
  })

  it('asks for facts about a type that it does not know', async () => {
    expect(await judged('resource "aws_kinesis_stream" "One" {\n  name = "one"\n}\n')).toEqual(['main.tf: aws_kinesis_stream.One: facts.json knows no resource aws_kinesis_stream; run npm run provider.'])
  })

  it('tells of an exception that nothing needs', async () => {
    write('main.tf', 'resource "aws_sqs_queue" "One" {}\n')
    expect(judge(await readConfiguration(folder), facts, [{argument: 'aws_sqs_queue.name', reason: 'none'}])).toEqual(['exceptions.ts excuses aws_sqs_queue.name, which is not in use or not deprecated: remove the entry.'])
  })
})

describe('the facts', () => {
  const docs = (name: string, member: string): string => `    /**\n    * Docs at Terraform Registry: {@link https://example.com/docs/resources/x_thing#${name} XThing#${name}}\n    */\n    readonly ${member};\n`

  it('are read of the bindings, with blocks and what can be read', () => {
    write('lib/x-thing/index.d.ts', `export interface XThingAConfig extends cdktn.TerraformMetaArguments {\n${docs('kms_key_id', 'kmsKeyId: string')}${docs('rule', 'rule?: XThingRule[] | cdktn.IResolvable')}}\n`
      + `export interface XThingRule {\n${docs('tags', 'tags?: {\n        [key: string]: string;\n    } | cdktn.IResolvable')}}\n`)
    write('lib/x-thing/index.js', 'this.getStringAttribute(\'inner\')\nterraformResourceType: \'aws_x_thing\'\nreturn this.getStringAttribute(\'arn\');\nnew XThingRuleList(this, "rule", false)\n')
    expect(shapeIn(folder, 'resource', 'aws_x_thing')).toEqual({
      arguments: {kms_key_id: 'required', rule: 'optional'},
      blocks: {rule: {arguments: {tags: 'optional'}, blocks: {}, deprecated: {}}},
      deprecated: {},
      attributes: ['arn', 'rule']
    })
    expect(() => shapeIn(folder, 'data', 'aws_x_thing')).toThrow('data-aws-x-thing')
  })

  it('have the warnings of the other bindings, of blocks too', () => {
    const warned = (says: string, member: string): string => `    /**\n     * What it is.\n     *\n     * @deprecated ${says}\n     */\n    ${member}: pulumi.Input<string>;\n`
    write('x/thing.d.ts', `export interface ThingState {\n}\nexport interface ThingArgs {\n${warned('Use something else.', 'kmsKeyId?')}    plain: string;\n}\n`)
    write('types/input.d.ts', `export declare namespace x {\n    interface ThingRule {\n${warned('old_name is deprecated.', 'oldNames?')}    }\n}\n`)
    const block = {arguments: {old_name: 'optional', name: 'optional'}, blocks: {}, deprecated: {}} as const
    const shape = {arguments: {kms_key_id: 'optional', plain: 'required', rule: 'optional'}, blocks: {rule: block}, deprecated: {}} as const
    expect(withDeprecations(shape, folder, 'resource', 'aws_x_thing'))
      .toEqual({...shape, deprecated: {kms_key_id: 'Use something else.'}, blocks: {rule: {...block, deprecated: {old_name: 'old_name is deprecated.'}}}})
    expect(() => withDeprecations(shape, folder, 'resource', 'aws_x_other')).toThrow('Expected x/other')
  })
})
