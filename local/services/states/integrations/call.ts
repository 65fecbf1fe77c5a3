/** One attempt of a Task. */
export interface TaskCall {
  /** `Resource` of the state. */
  readonly resource: string
  readonly parameters: unknown
  readonly executionArn: string
  readonly machineArn: string
}

/** What a resource names: a function by its ARN, or an action of a service, perhaps to be waited for. */
export interface ResourceName {
  /** `lambda`, `events`, `aws-sdk:s3`, …; `function` for a function's ARN. */
  readonly type: string
  readonly action: string
  /** The action with its pattern, as histories have it. */
  readonly shown: string
  readonly pattern: 'response' | 'token' | 'sync'
}

const SERVICE = /^arn:[^:]+:states:[^:]*:[^:]*:((?:aws-sdk:)?[^:.]+):([A-Za-z]+)(?:\.(waitForTaskToken|sync(?::2)?))?$/

/** Undefined for a resource that is neither a service's action nor a function. */
export const resourceName = (resource: string): ResourceName | undefined => {
  if (/^arn:[^:]+:lambda:/.test(resource)) {
    return {type: 'function', action: resource, shown: resource, pattern: 'response'}
  }
  const [, type, action, pattern] = SERVICE.exec(resource) ?? []
  if (type === undefined || action === undefined) {
    return undefined
  }
  const shown = pattern === undefined ? action : `${action}.${pattern}`
  return {type, action, shown, pattern: pattern === undefined ? 'response' : pattern === 'waitForTaskToken' ? 'token' : 'sync'}
}
