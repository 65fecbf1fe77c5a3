import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {DatabaseSync} from 'node:sqlite'
import {S3Client} from '@aws-sdk/client-s3'
import {openStore} from '../../../runtime/core/store'
import type {Clock, Observation} from '../../../runtime/core/types'
import {realClock} from '../../../runtime/core/clock'
import {clientFor, serve, type Served} from '../../../runtime/engines/test/serve'
import {parseWiring, type Wiring} from '../../../../shared/wiring/wiring'
import {createS3, type S3Service} from '../service'

export const Bucket = 'media-bucket'

const functionArn = 'arn:aws:lambda:us-west-2:123456789012:function:S3ObjectCreated'

/** A bucket that tells S3ObjectCreated of what comes under `media/`. */
export const bucketWiring = (sourceArn = `arn:aws:s3:::${Bucket}`): Wiring => parseWiring({values: {root_module: {resources: [
  {address: '', type: 'aws_s3_bucket', name: 'Media', values: {bucket: Bucket, arn: `arn:aws:s3:::${Bucket}`}},
  {address: '', type: 'aws_s3_bucket_lifecycle_configuration', name: 'Media', values: {
    bucket: Bucket, rule: [
      {status: 'Enabled', abort_incomplete_multipart_upload: [{days_after_initiation: 1}]},
      {status: 'Enabled', filter: [{prefix: 'media/passing/'}], expiration: [{days: 2}]},
      {status: 'Enabled', noncurrent_version_expiration: [{noncurrent_days: 7}], expiration: [{expired_object_delete_marker: true, days: 0}]}
    ]
  }},
  {address: '', type: 'aws_s3_bucket_notification', name: 'Media', values: {bucket: Bucket, lambda_function: [
    {id: 'Media', events: ['s3:ObjectCreated:*'], filter_prefix: 'media/', filter_suffix: '', lambda_function_arn: functionArn}
  ]}},
  {address: '', type: 'aws_lambda_permission', name: 'Bucket', values: {function_name: 'S3ObjectCreated', principal: 's3.amazonaws.com', source_arn: sourceArn}}
]}}})

export interface TestBucket {
  readonly service: S3Service
  readonly served: Served
  readonly client: S3Client
  readonly folder: string
  readonly db: DatabaseSync
  /** Payloads of the invocations that notifications caused. */
  readonly invocations: Array<{functionArn: string, payload: string}>
  readonly observed: Observation[]
  close: () => Promise<void>
}

export interface BucketOptions {
  readonly wiring?: Wiring
  readonly folder?: string
  readonly db?: DatabaseSync
  readonly clock?: Clock
}

export const credentials = {accessKeyId: 'local', secretAccessKey: 'a secret of the test'}

export const openBucket = async (options: BucketOptions = {}): Promise<TestBucket> => {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 's3-test-'))
  const db = options.db ?? openStore(':memory:')
  const invocations: TestBucket['invocations'] = []
  const observed: Observation[] = []
  const service = createS3({
    db, folder, credentials, wiring: options.wiring ?? bucketWiring(), clock: options.clock ?? realClock,
    observe: (observation) => observed.push(observation),
    place: {partition: 'aws', region: 'us-west-2', account: '123456789012'},
    invokeAsync: (arn, payload) => invocations.push({functionArn: arn, payload})
  })
  const served = await serve([service])
  const client = new S3Client({...clientFor(served.address), forcePathStyle: true})
  return {
    service, served, client, folder, db, invocations, observed,
    close: async () => {
      client.destroy()
      await served.close()
      await service.stop?.()
      if (options.folder === undefined) {
        rmSync(folder, {recursive: true, force: true})
      }
    }
  }
}
