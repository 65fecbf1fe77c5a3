import {isFilledIn} from './path'
import {type Check, show, tell} from './place'

/** Integrations that cannot wait for the job they start, and those that wait for nothing at all. */
const withoutSync = ['apigateway', 'aws-sdk', 'dynamodb', 'events', 'http', 'lambda', 'sns', 'sqs']
const withoutToken = ['dynamodb', 'http']
const patterns = ['sync', 'sync:2', 'waitForTaskToken']

const findFault = (service: string, action: string, pattern: string | undefined): string | undefined => {
  if (service === 'aws-sdk' && !/^[a-z0-9]+:[a-z]\w*$/.test(action)) {
    return 'aws-sdk:service:action with a small first letter, as in aws-sdk:s3:getObject'
  }
  if (pattern === undefined) {
    return undefined
  }
  const known = patterns.filter((each) => each === 'waitForTaskToken'
    ? !withoutToken.includes(service)
    : !withoutSync.includes(service) && (each === 'sync' || service === 'states'))
  return known.includes(pattern) ? undefined : `${service} to be called ${known.length === 0 ? 'without a pattern' : `by .${known.join(' or .')}`}, or plainly`
}

/** The ARN of what a task runs: a function, an activity or an integration. */
export const resource: Check = (value, place) => {
  if (typeof value !== 'string' || (!isFilledIn(value) && !/^arn:[\w-]+:[\w-]+:[^:]*:[^:]*:.+$/.test(value))) {
    tell(place, 'an ARN such as arn:aws:states:::lambda:invoke', show(value), 'Write the ARN of a function, an activity or an integration.')
    return
  }
  const [, service = '', action = '', pattern] = /^arn:[^:]+:states:::([\w-]+):([^.$]+)(?:\.([^$]+))?$/.exec(value) ?? []
  const fault = service === '' ? undefined : findFault(service, action, pattern)
  if (fault !== undefined) {
    tell(place, fault, show(value), 'Correct the ARN.')
  }
}
