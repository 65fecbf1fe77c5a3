import {query} from '../../lib/vendor/AWS/DynamoDB'

type QueryInput = Parameters<typeof query>[0]

/** Every item of a query, page after page. */
export async function* queryAll<T>(input: QueryInput): AsyncGenerator<T, void, undefined> {
  let startKey = input.ExclusiveStartKey
  do {
    const {Items = [], LastEvaluatedKey} = await query({...input, ExclusiveStartKey: startKey})
    yield* Items as T[]
    startKey = LastEvaluatedKey
  } while (startKey !== undefined)
}
