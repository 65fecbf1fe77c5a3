import {existsSync, readdirSync} from 'node:fs'
import {basename, join} from 'node:path'
import {eventsFolder, readContracts} from '../../shared/contracts/schema'
import {createFiles, type Files} from './files'
import {checkName, checkSentence, moduleLabels} from './names'
import {render} from './template'

export interface NewLambda {
  readonly name: string | undefined
  /** The event that it consumes; undefined: it is invoked. */
  readonly event?: string
  readonly says?: string
}

const checkEvent = (root: string, event: string): string => {
  const events = readContracts(root).map((contract) => contract.event)
  if (!events.includes(event)) {
    throw new Error(`Expected --on to name an event: ${events.join(', ')}; got '${event}'. A new one is made by npm run new:event.`)
  }
  return event
}

/** The first consumer's rule has the name of its event; each further one has a file and a rule of its own. */
const chooseRule = (root: string, name: string, event: string): {rule: string, file: string} => existsSync(join(root, `terraform/event_${event}.tf`))
  ? {rule: checkName('the rule', `${name}On${event}`), file: `terraform/event_${event}_${name}.tf`}
  : {rule: event, file: `terraform/event_${event}.tf`}

const consumerFiles = (root: string, name: string, event: string): Files => {
  const {rule, file} = chooseRule(root, name, event)
  const example = basename(readdirSync(join(root, eventsFolder, event, 'examples')).sort()[0]!, '.json')
  const values = {Name: name, Event: event, rule, example}
  return {
    [`src/lambdas/${name}/src/index.ts`]: render('consumer/index.ts', values),
    [`src/lambdas/${name}/test/index.test.ts`]: render('consumer/index.test.ts', values),
    [`terraform/lambda_${name}.tf`]: render('consumer/lambda.tf', values),
    [file]: render('consumer/event.tf', values)
  }
}

const plainFiles = (name: string, says: string): Files => {
  const values = {Name: name, says}
  return {
    [`src/lambdas/${name}/src/index.ts`]: render('lambda/index.ts', values),
    [`src/lambdas/${name}/test/index.test.ts`]: render('lambda/index.test.ts', values),
    [`terraform/lambda_${name}.tf`]: render('lambda/lambda.tf', values)
  }
}

/** Writes a new function, as the consumer of an event if one is named; nothing that exists is touched. Returns the paths that were written. */
export const newLambda = (root: string, {name: asked, event, says}: NewLambda): string[] => {
  const name = checkName('the function', asked)
  if (moduleLabels(root).includes(name)) {
    throw new Error(`Expected a new name; terraform has a module ${name} already.`)
  }
  return createFiles(root, event === undefined
    ? plainFiles(name, checkSentence(says ?? 'Answers for a file.'))
    : consumerFiles(root, name, checkEvent(root, event)))
}
