import {allMachines, allStates} from '../definition'
import {formatPointer} from '../finding'
import {eventName, functionName} from '../tasks/integration'
import type {Rule} from './rule'

/** States have PascalCase names. */
export const checkNames: Rule = (workflow, _facts, report) => allStates(workflow).forEach(({name, pointer}) => {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) {
    report({code: 'state-name', state: name, pointer, sentence: `Expected a name in PascalCase; found '${name}'. Rename the state: its name stands in metrics, history and code.`})
  }
})

/** The verifier follows JSONPath alone, and says so. */
export const checkLanguage: Rule = (workflow, _facts, report) => {
  const sentence = 'Expected JSONPath; found JSONata, whose data the verifier cannot follow. Use JSONPath.'
  allMachines(workflow).filter(({machine}) => machine.QueryLanguage === 'JSONata').forEach(({pointer}) =>
    report({code: 'query-language', state: '', pointer: `${pointer}/QueryLanguage`, sentence}))
  allStates(workflow).filter(({state}) => state.QueryLanguage === 'JSONata').forEach(({name, pointer}) =>
    report({code: 'query-language', state: name, pointer: `${pointer}/QueryLanguage`, sentence}))
}

const withAccount = /arn:[\w-]+:[\w-]+:[\w-]+:|arn:[\w-]+:[\w-]+:[\w-]*:\d{12}|arn:[\w-]+:s3:::\w/

/** No account or region is written into the file, and no partition if Terraform fills it in: ARNs of GovCloud and China begin otherwise. */
export const checkArns: Rule = (workflow, {placeholders = {}}, report) => allStates(workflow).forEach(({name, state, pointer}) => {
  const {ItemProcessor: _processor, Iterator: _iterator, Branches: _branches, ...own} = state
  for (const [place, text] of textsIn(own, pointer)) {
    if (withAccount.test(text)) {
      report({code: 'hardcoded-arn', state: name, pointer: place, sentence: `Expected a placeholder; found the ARN '${text}'. Let Terraform fill it in: \${…Arn}.`})
    } else if (Object.hasOwn(placeholders, 'Partition') && /arn:aws[\w-]*:/.test(text)) {
      report({code: 'hardcoded-partition', state: name, pointer: place, sentence: `Expected arn:\${Partition}:…; found '${text}', which is of one partition. Let Terraform fill it in.`})
    }
  }
})

const textsIn = (value: unknown, pointer: string): [string, string][] => typeof value === 'string'
  ? [[pointer, value]]
  : typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, each]) => textsIn(each, `${pointer}${formatPointer(key)}`)) : []

/** The workflow publishes its own events and invokes its own functions: each event has one publisher. */
export const checkReachOut: Rule = (workflow, {policy}, report) => allStates(workflow).forEach(({name, state, pointer}) => {
  const {publishes, invokes} = policy
  const [event, invoked] = [eventName(state), functionName(state)]
  if (event !== undefined && publishes?.includes(event) === false) {
    report({code: 'beyond-policy', state: name, pointer: `${pointer}/Parameters/Entries/0/DetailType`, sentence: `Expected one of ${publishes.join(', ')}, which this workflow publishes; found ${event}, which is another's. Leave it to its publisher.`})
  }
  if (invoked !== undefined && invokes?.includes(invoked) === false) {
    report({code: 'beyond-policy', state: name, pointer: `${pointer}/Parameters/FunctionName`, sentence: `Expected one of ${invokes.join(', ')}; found ${invoked}, which is not this workflow's to invoke. Call another, or declare it in the policy.`})
  }
})
