import {existsSync, readFileSync} from 'node:fs'

interface Module {
  readonly resources?: readonly {readonly type: string, readonly values: {readonly name?: string}}[]
  readonly child_modules?: readonly Module[]
}

const queuesIn = ({resources = [], child_modules: children = []}: Module): string[] => [
  ...resources.filter(({type}) => type === 'aws_sqs_queue').map(({values}) => values.name ?? ''),
  ...children.flatMap(queuesIn)
]

const deadLetters = /-(?:undelivered|failed)$/

/** Names of the stack's dead-letter queues as the wiring has them, with the suffix of another stack put in. Throws where there is no wiring. */
export const queueNames = (wiringFile: string, suffix: string): string[] => {
  if (!existsSync(wiringFile)) {
    throw new Error(`Expected ${wiringFile} to say which queues there are; it is missing. Run npm run wiring, or give the output of terraform show -json by --wiring.`)
  }
  const {values} = JSON.parse(readFileSync(wiringFile, 'utf8')) as {values: {root_module: Module}}
  return queuesIn(values.root_module).filter((name) => deadLetters.test(name)).map((name) => name.replace(deadLetters, (ending) => `${suffix}${ending}`)).sort()
}

/** The names that were asked for, all where none was. Throws where one is no queue of the stack. */
export const chosenQueues = (all: readonly string[], asked: readonly string[]): readonly string[] => {
  const unknown = asked.filter((name) => !all.includes(name))
  if (unknown.length > 0) {
    throw new Error(`Expected queues of this stack; ${unknown.join(', ')} is none. There are ${all.join(', ')}.`)
  }
  return asked.length === 0 ? all : asked
}
