import {text} from '../../shared/wiring/values'
import {readWiring} from '../../shared/wiring/wiring'

const deadLetters = /-(?:undelivered|failed)$/

/** Names of the stack's dead-letter queues as the wiring has them, with the suffix of another stack put in. Throws StartError if there is no wiring. */
export const queueNames = (wiringFile: string, suffix: string): string[] => readWiring(wiringFile).ofType('aws_sqs_queue')
  .map(({values}) => text(values, 'name')).filter((name) => deadLetters.test(name))
  .map((name) => name.replace(deadLetters, (ending) => `${suffix}${ending}`)).sort()

/** The names that were asked for, all if none was. Throws if one is no queue of the stack. */
export const chosenQueues = (all: readonly string[], asked: readonly string[]): readonly string[] => {
  const unknown = asked.filter((name) => !all.includes(name))
  if (unknown.length > 0) {
    throw new Error(`Expected queues of this stack; it has no ${unknown.join(', ')}. There are ${all.join(', ')}.`)
  }
  return asked.length === 0 ? all : asked
}
