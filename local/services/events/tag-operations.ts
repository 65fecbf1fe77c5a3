import {asList, isObject, type Json} from '../../../shared/json'
import {checkConstraints, type Constraint} from '../../runtime/core/constraints'
import {type Documents, openDocuments} from '../../runtime/core/documents'
import {ServiceError} from '../../runtime/core/errors'
import type {Operations} from '../../runtime/core/json-protocol'
import type {EventsDeps} from './deps'
import type {Registry} from './registry'

export interface Tag {
  readonly Key: string
  readonly Value: string
}

const MAX_TAGS = 50

export const tagList: Constraint = {type: 'list', max: 200}
const resourceArn: Constraint = {type: 'string', required: true, min: 1, max: 1600}

const readTags = (value: unknown): Tag[] => asList(value).map((tag) => {
  const {Key, Value} = isObject(tag) ? tag : {}
  if (typeof Key !== 'string' || typeof Value !== 'string' || Key === '' || Key.length > 128 || Value.length > 256) {
    throw new ServiceError('ValidationException', 'Expected each tag to have a Key of 1 to 128 characters and a Value of at most 256.')
  }
  return {Key, Value}
})

/** Throws ResourceNotFoundException, or ValidationException for what has no tags. */
const checkResource = (registry: Registry, arn: string): void => {
  const [, kind, name = ''] = /^arn:[^:]*:events:[^:]*:[^:]*:(rule|event-bus)\/(.+)$/.exec(arn) ?? []
  if (kind === 'event-bus') {
    registry.bus(name)
  } else if (kind === 'rule') {
    const [rule = '', bus = 'default'] = name.split('/').reverse()
    registry.rule(bus, rule)
  } else {
    throw new ServiceError('ValidationException', `Parameter ResourceARN is not valid. Reason: Expected the ARN of a rule or an event bus; got ${arn}.`)
  }
}

export interface Tags {
  /** Those of a new resource. Throws ValidationException. */
  put: (arn: string, tags: unknown) => void
  /** Of a resource that is gone. */
  forget: (arn: string) => void
  readonly operations: Operations
}

const merge = (old: readonly Tag[], added: readonly Tag[]): Tag[] => [...new Map([...old, ...added].map((tag) => [tag.Key, tag])).values()]

/** Tags of buses and rules, as the API sets them; the wiring's are not among them. */
export const createTags = ({db}: EventsDeps, registry: Registry): Tags => {
  const documents: Documents<readonly Tag[]> = openDocuments(db, 'events_tags')
  const put = (arn: string, value: unknown): void => {
    const tags = merge(documents.get(arn) ?? [], readTags(value))
    if (tags.length > MAX_TAGS) {
      throw new ServiceError('LimitExceededException', `Expected at most ${MAX_TAGS} tags on ${arn}.`)
    }
    if (tags.length > 0) {
      documents.put(arn, tags)
    }
  }
  const resource = (input: Json, more: Readonly<Record<string, Constraint>> = {}): string => {
    checkConstraints(input, {ResourceARN: resourceArn, ...more})
    const arn = String(input['ResourceARN'])
    checkResource(registry, arn)
    return arn
  }
  return {
    put,
    forget: (arn) => void documents.delete(arn),
    operations: {
      ListTagsForResource: (input) => ({Tags: documents.get(resource(input)) ?? []}),
      TagResource: (input) => put(resource(input, {Tags: {...tagList, required: true}}), input['Tags']),
      UntagResource: (input) => {
        const arn = resource(input, {TagKeys: {type: 'list', required: true, max: 200}})
        const gone = asList(input['TagKeys'])
        documents.put(arn, (documents.get(arn) ?? []).filter(({Key}) => !gone.includes(Key)))
      }
    }
  }
}
