import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {roleOwner} from '../../build/catalogue/grants'
import {arnName} from '../../shared/wiring/arn'
import {root, wired} from './wired'

const partitions = 'node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js'

/** Every Region that the SDK knows, of every partition. */
const regions = [...new Set([...readFileSync(join(root, partitions), 'utf8').matchAll(/"([a-z]{2,4}(?:-[a-z]+){1,2}-\d+)": \{/g)].map(([, name]) => name!))]

/** The longest that the variable `suffix` takes. */
const suffix = '-SixteenLetters16'
const account = '123456789012'
const text = (path: string): string => readFileSync(join(root, 'terraform', path), 'utf8')

const roles = [...new Set(wired('aws_iam_role_policy').map(({role}) => role))].sort()

describe('a name that has no Region of its own', () => {
  it('is of one of more than 40 Regions', () => {
    expect([regions.length > 40, ['ap-southeast-2', 'us-gov-west-1', 'cn-north-1', 'eusc-de-east-1'].filter((name) => !regions.includes(name))]).toEqual([true, []])
  })

  it('says the Region, for every role', () => {
    expect(roles.filter((role) => role !== `${roleOwner(role)}-us-west-2`)).toEqual([])
    expect(wired('aws_cloudwatch_dashboard').map(({dashboard_name: name}) => name)).toEqual(['MediaDownloader-us-west-2'])
  })

  it.each(regions)('is short enough for AWS in %s, with the longest suffix', (region) => {
    const tooLong = (names: readonly string[], limit: number): string[] => names.filter((name) => name.length > limit)
    expect({
      roles: tooLong([...roles.map(roleOwner), 'ReplayToDev'].map((owner) => `${owner}${suffix}-${region}`), 64),
      buckets: tooLong([`mediadownloader${suffix}-${account}-${region}`, `mediadownloader-state-${account}-${region}`], 63),
      dashboards: tooLong([`MediaDownloader${suffix}-${region}`], 100)
    }).toEqual({roles: [], buckets: [], dashboards: []})
  })

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: of all inline policies of a role together, without white space.
  it.each(regions)('leaves the policy of each role short enough for IAM in %s, with the longest suffix and a key', (region) => {
    const key = {Sid: 'UseKey', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: `arn:aws-us-gov:kms:${region}:${account}:key/mrk-${'0'.repeat(32)}`,
      Condition: {StringLike: {'kms:ViaService': ['dynamodb', 'lambda', 's3', 'sqs'].map((service) => `${service}.${region}.amazonaws.com*`)}}}
    const longest = (policy: string): string => JSON.stringify(JSON.parse(policy))
      .replaceAll('us-west-2', region).replaceAll('arn:aws:', 'arn:aws-us-gov:').replace(/arn:[^"]*/g, (arn) => `${arn}${suffix}`) + JSON.stringify(key)
    const sizes = wired('aws_iam_role_policy').map(({role, policy}) => [role, longest(policy).length] as const)
    expect(sizes.filter(([, size]) => size > 10_240)).toEqual([])
    expect(Math.max(...sizes.map(([, size]) => size))).toBeGreaterThan(1_000)
  })

  it('is tried by the tests of HCL with the longest Region', () => {
    const longest = Math.max(...regions.map((region) => region.length))
    const tried = ['bootstrap/tests/bootstrap.tftest.hcl', 'modules/lambda/tests/lambda.tftest.hcl'].map((path) => /region\s+= "(us-iso[\w-]+)"/.exec(text(path))?.[1]?.length)
    expect(tried).toEqual([longest, longest])
  })
})

describe('a name in a Region', () => {
  it('is short enough for AWS with the longest suffix', () => {
    const names = {
      functions: [wired('aws_lambda_function').map(({function_name: name}) => name), 64],
      queues: [wired('aws_sqs_queue').map(({name}) => name), 80],
      rules: [wired('aws_cloudwatch_event_rule').map(({name}) => name), 64],
      workflows: [wired('aws_sfn_state_machine').map(({name}) => name), 80],
      topics: [wired('aws_cloudwatch_metric_alarm').map(({alarm_name: name}) => arnName(name)), 255]
    } as const
    expect(Object.entries(names).flatMap(([kind, [found, limit]]) => found.filter((name) => `${name}${suffix}`.length > limit).map((name) => `${kind}: ${name}`))).toEqual([])
  })
})
