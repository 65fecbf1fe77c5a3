import data from '../data/integrations.json' with {type: 'json'}
import type {State} from '../definition'
import type {Facts} from '../facts/facts'
import type {Notation} from '../shape/notation'

/** What is known of an integration. */
export interface Integration {
  readonly required: readonly string[]
  /** Other parameters that it takes. */
  readonly known: readonly string[]
  readonly result: Notation
}

const integrations = data as Readonly<Record<string, Integration>>

/** What a Resource names. */
export interface Called {
  /** As `dynamodb:updateItem` or `aws-sdk:s3:abortMultipartUpload`. */
  readonly name: string
  /** As `dynamodb` or `s3`. */
  readonly service: string
  /** `sync`, `waitForTaskToken`, or empty. */
  readonly pattern: string
}

/** The integration of a task; undefined if its Resource is no integration, as of an activity or a function's own ARN. */
export const calledBy = ({Resource = ''}: State): Called | undefined => {
  const [, name, pattern = ''] = /^arn:[^:]+:states:::([^.]+)(?:\.(.+))?$/.exec(Resource) ?? []
  return name === undefined ? undefined : {name, service: name.split(':').at(-2) ?? '', pattern}
}

export const findIntegration = (state: State): Integration | undefined => integrations[calledBy(state)?.name ?? '']

export const knownIntegrations = Object.keys(integrations)

/** The function that a task invokes, by the placeholder, ARN or name that it gives; undefined if it invokes none. */
export const functionName = (state: State): string | undefined => {
  const name = state.Parameters?.FunctionName
  if (calledBy(state)?.name !== 'lambda:invoke' || typeof name !== 'string') {
    return undefined
  }
  const [, placeholder, arn] = /^\$\{(\w+?)(?:Alias|Invoke|Qualified)?(?:Arn|Name)\}|:function:([\w-]+)/.exec(name) ?? []
  return placeholder ?? arn ?? name.split(':')[0]
}

/** The integration's name of a task that calls DynamoDB to write an item. */
export const isWrite = (state: State): boolean => /^dynamodb:(put|update|delete)Item$/.test(calledBy(state)?.name ?? '')

/** The one event that a task publishes; undefined if it publishes none. */
export const eventName = (state: State): string | undefined => {
  const {Entries: entries} = (state.Parameters ?? {}) as {Entries?: readonly {DetailType?: string}[]}
  return calledBy(state)?.service === 'events' && entries instanceof Array ? entries[0]?.DetailType : undefined
}

/** Whether the facts know a function. */
export const isDeployed = (name: string, {functions}: Facts): boolean => Object.hasOwn(functions, name)
