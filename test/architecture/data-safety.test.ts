import {describe, expect, it} from '@jest/globals'
import {read} from './sources'
import {type Statement, wired} from './wired'

const [table] = wired('aws_dynamodb_table')
const [bucket] = wired('aws_s3_bucket')

describe('the table', () => {
  it('can be had back as it was at any second of the last 35 days', () => {
    expect(table!.point_in_time_recovery.map(({enabled}) => enabled)).toEqual([true])
  })
})

describe('the bucket', () => {
  it('keeps what was deleted or overwritten for a week, and uploads that no one finished for a day', () => {
    const lifecycle = wired('aws_s3_bucket_lifecycle_configuration').flatMap(({rule}) => rule)
    const days = Object.fromEntries(lifecycle.map(({id, status, abort_incomplete_multipart_upload: abort, noncurrent_version_expiration: old}) =>
      [id, {status, abort, old: old.map(({noncurrent_days: noncurrent}) => noncurrent)}]))
    expect({versions: wired('aws_s3_bucket_versioning')[0]!.versioning_configuration[0].status, days}).toEqual({
      versions: 'Enabled',
      days: {
        AbortIncompleteUploads: {status: 'Enabled', abort: [{days_after_initiation: 1}], old: []},
        ForgetOldVersions: {status: 'Enabled', abort: [], old: [7]}
      }
    })
  })

  it('is encrypted', () => {
    const rules = wired('aws_s3_bucket_server_side_encryption_configuration').flatMap(({rule}) => rule)
    expect(rules.map(({apply_server_side_encryption_by_default: [by]}) => by.sse_algorithm)).toEqual(['AES256'])
  })

  it('is open to no one', () => {
    expect(wired('aws_s3_bucket_public_access_block')).toEqual([{
      bucket: bucket!.bucket, block_public_acls: true, block_public_policy: true, ignore_public_acls: true, restrict_public_buckets: true
    }])
  })

  it('is reached over TLS alone, itself and each of its objects', () => {
    const [{policy}] = wired('aws_s3_bucket_policy') as [{policy: string}]
    const {Statement: [statement]} = JSON.parse(policy) as {Statement: [Statement & {Effect: string, Principal: string}]}
    expect(statement).toEqual({
      Sid: 'TlsOnly', Effect: 'Deny', Principal: '*', Action: 's3:*',
      Resource: [`arn:aws:s3:::${bucket!.bucket}/*`, `arn:aws:s3:::${bucket!.bucket}`],
      Condition: {Bool: {'aws:SecureTransport': 'false'}}
    })
  })
})

describe('a secret', () => {
  it('is in no environment of a function: what is secret has the name of a parameter', () => {
    const names = wired('aws_lambda_function').flatMap(({environment: [{variables}]}) => Object.keys(variables))
    expect(names.filter((name) => /TOKEN|SECRET|PASSWORD|CREDENTIAL|COOKIE|_KEY$/.test(name) && !name.endsWith('_PARAMETER'))).toEqual([])
  })

  it('is in no output of the configuration, and its variables are sensitive', () => {
    const outputs = read('terraform/outputs.tf')
    const sensitive = [...read('terraform/variables.tf').matchAll(/^variable "(\w+)" \{(?:(?!^\}).)*sensitive +=? true/gms)].map(([, name]) => name!)
    expect(sensitive).toEqual(['apns', 'fcm_service_account'])
    expect(sensitive.filter((name) => outputs.includes(`var.${name}`))).toEqual([])
  })
})
