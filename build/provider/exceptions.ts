import type {Exception} from './judge'

const index = 'Provider 5.100 knows nothing else; 6.x warns and takes it. Becomes key_schema when 5.x is no longer promised.'

/** Deprecated arguments that we use all the same; an entry that is no longer needed fails the test. */
export const exceptions: readonly Exception[] = [
  {argument: 'aws_dynamodb_table.global_secondary_index.hash_key', reason: index},
  {argument: 'aws_dynamodb_table.global_secondary_index.range_key', reason: index}
]
