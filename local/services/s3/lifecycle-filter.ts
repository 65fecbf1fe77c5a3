import {isObject} from '../../../shared/json'
import {block, blocks, number, text} from '../../../shared/wiring/values'
import type {StoredObject} from './objects'

type Values = Readonly<Record<string, unknown>>

/** What a rule of a bucket's lifecycle is about. */
export interface LifecycleFilter {
  readonly prefix: string
  /** Whether it is about an object under the prefix, by size and tags. */
  readonly applies: (object: Pick<StoredObject, 'size' | 'tags'>) => boolean
}

const tagsOf = (filter: Values): Array<readonly [string, string]> => [
  ...blocks(filter, 'tag').map((tag) => [text(tag, 'key'), text(tag, 'value')] as const),
  ...(isObject(filter['tags']) ? Object.entries(filter['tags']).map(([key, value]) => [key, String(value)] as const) : [])
]

/** A filter has one condition or, within `and`, several; a rule of old has its prefix beside it. */
export const lifecycleFilter = (rule: Values): LifecycleFilter => {
  const [and] = blocks(block(rule, 'filter'), 'and')
  const filter = and ?? block(rule, 'filter')
  const [least, most, wanted] = [number(filter, 'object_size_greater_than', 0), number(filter, 'object_size_less_than', 0), tagsOf(filter)]
  return {
    prefix: text(filter, 'prefix') || text(rule, 'prefix'),
    applies: ({size, tags = []}) => (least === 0 || size > least) && (most === 0 || size < most)
      && wanted.every(([key, value]) => tags.some((tag) => tag[0] === key && tag[1] === value))
  }
}
