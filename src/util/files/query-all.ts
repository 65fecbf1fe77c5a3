import {query} from '../../lib/vendor/AWS/DynamoDB'
import {type Json} from '../../types/json'

type QueryInput = Parameters<typeof query>[0]

/** Every record of a query, page after page. */
export async function* queryAll<T>(parse: (item: Json) => T, input: QueryInput): AsyncGenerator<T, void, undefined> {
  let startKey = input.ExclusiveStartKey
  do {
    const {Items = [], LastEvaluatedKey} = await query({...input, ExclusiveStartKey: startKey})
    yield* Items.map(parse)
    startKey = LastEvaluatedKey
  } while (startKey !== undefined)
}
