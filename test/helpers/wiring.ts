import {text} from '../../shared/wiring/values'
import {readWiring, type Wiring} from '../../shared/wiring/wiring'

let wiring: Wiring | undefined

/** The committed wiring. */
export const committedWiring = (): Wiring => wiring ??= readWiring('local/wiring.json')

const first = (type: string, attribute: string): string => text(committedWiring().ofType(type)[0]?.values ?? {}, attribute)

export const bucketName = (): string => first('aws_s3_bucket', 'bucket')

export const tableName = (): string => first('aws_dynamodb_table', 'name')
