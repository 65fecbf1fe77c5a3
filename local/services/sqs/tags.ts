import type {DatabaseSync} from 'node:sqlite'
import {asList, asObject, type Json} from '../../../shared/json'
import {openDocuments} from '../../runtime/core/documents'
import {requiredString} from '../../runtime/core/json'
import type {Operations} from '../../runtime/core/json-protocol'
import type {Queues} from './queues'

/** Tags that programs give to queues. */
export const tagOperations = (db: DatabaseSync, queues: Queues): Operations => {
  const documents = openDocuments<Readonly<Record<string, unknown>>>(db, 'sqs_tags')
  const arnIn = (input: Json): string => queues.find(requiredString(input, 'QueueUrl', 'MissingParameter')).arn
  return {
    ListQueueTags: (input) => {
      const tags = documents.get(arnIn(input)) ?? {}
      return Object.keys(tags).length === 0 ? {} : {Tags: tags}
    },
    TagQueue: (input) => { documents.put(arnIn(input), {...documents.get(arnIn(input)), ...asObject(input['Tags'])}) },
    UntagQueue: (input) => {
      const gone = asList(input['TagKeys'])
      documents.put(arnIn(input), Object.fromEntries(Object.entries(documents.get(arnIn(input)) ?? {}).filter(([key]) => !gone.includes(key))))
    }
  }
}
