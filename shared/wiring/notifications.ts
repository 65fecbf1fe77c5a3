import {blocks, text, texts} from './values'
import type {Wiring} from './wiring'

/** A bucket notification to a function. */
export interface WiredNotification {
  readonly bucket: string
  readonly id: string
  /** For example `s3:ObjectCreated:*`. */
  readonly events: readonly string[]
  readonly prefix: string
  readonly suffix: string
  readonly functionArn: string
}

export const wiredNotifications = (wiring: Wiring): WiredNotification[] =>
  wiring.ofType('aws_s3_bucket_notification').flatMap(({values}) => blocks(values, 'lambda_function').map((target) => ({
    bucket: text(values, 'bucket'),
    id: text(target, 'id'),
    events: texts(target, 'events'),
    prefix: text(target, 'filter_prefix'),
    suffix: text(target, 'filter_suffix'),
    functionArn: text(target, 'lambda_function_arn')
  })))
