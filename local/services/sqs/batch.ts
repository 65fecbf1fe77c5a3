import {asObject, type Json, objectsIn} from '../../../shared/json'
import {asServiceError} from '../../runtime/core/answer'
import {ServiceError} from '../../runtime/core/errors'

const limit = 10

const readEntries = (input: Json): Json[] => {
  const entries = objectsIn(input['Entries'])
  if (entries.length === 0) {
    throw new ServiceError('EmptyBatchRequest', 'There should be at least one entry in the request.')
  }
  if (entries.length > limit) {
    throw new ServiceError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${limit}. You have sent ${entries.length}.`)
  }
  if (new Set(entries.map(({Id}) => Id)).size !== entries.length) {
    throw new ServiceError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.')
  }
  return entries
}

/** The batch form of an operation: each entry succeeds or fails for itself. Throws if the batch is not one. */
export const inBatch = (operation: (input: Json) => unknown) => (input: Json): Json => {
  const Successful: Json[] = []
  const Failed: Json[] = []
  for (const {Id, ...entry} of readEntries(input)) {
    try {
      Successful.push({Id, ...asObject(operation({...entry, QueueUrl: input['QueueUrl']}))})
    } catch (error) {
      const {code, message, statusCode} = asServiceError(error)
      Failed.push({Id, SenderFault: statusCode < 500, Code: code, Message: message})
    }
  }
  return {Successful, Failed}
}
