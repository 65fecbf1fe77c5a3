import {countFault, intrinsics} from '../expressions/intrinsics'
import {describeError} from '../guards'
import {type Call, type Expression, parseIntrinsic} from '../intrinsic'
import {shapeOfLiteral} from '../shape/literal'
import {any} from '../shape/shape'
import {isPath} from './path'
import {type Place, show, tell} from './place'

const maxNesting = 10

const checkCall = (call: Expression, place: Place, depth: number): void => {
  if (call.kind === 'path' && !isPath(call.text)) {
    tell(place, 'a path such as $.id as an argument', show(call.text), 'Begin it with $ and write each step.')
  }
  if (call.kind !== 'call') {
    return
  }
  if (!Object.hasOwn(intrinsics, call.name)) {
    tell(place, `one of ${Object.keys(intrinsics).join(', ')}`, `States.${call.name}`, 'Call a function that exists.')
    return
  }
  if (depth > maxNesting) {
    tell(place, `at most ${maxNesting} functions within each other`, 'more', 'Split the call over two states.')
    return
  }
  const fault = countFault(call.name, call.args.map((each) => each.kind === 'literal' ? shapeOfLiteral(each.raw ?? each.value) : any))
  if (fault !== undefined) {
    place.report({code: 'intrinsic', state: place.state, pointer: place.pointer, sentence: fault})
  }
  call.args.forEach((each) => checkCall(each, place, depth + 1))
}

/** Checks a call of an intrinsic function: its grammar, the functions' names, and how many arguments each gets. */
export const checkIntrinsic = (text: string, place: Place): void => {
  let call: Call
  try {
    call = parseIntrinsic(text)
  } catch (error) {
    tell(place, 'a call of an intrinsic function', `${show(text)}, in which ${describeError(error)}`, 'Write States.Name(…) with strings in single quotes.')
    return
  }
  checkCall(call, place, 1)
}
