import {type Fields, isObject} from '../guards'
import {choices} from './choices'
import {checkFields, checkExclusive, type Field, field, inJsonata, inJsonPath, required, type Table} from './fields'
import {catches, retry} from './handlers'
import {checkMap, mapFields} from './map'
import {into, type Place, show, tell} from './place'
import {resource} from './resource'
import {anything, assign, bool, expression, integer, maxSeconds, name, keyword, orJsonata, pathOrNull, referencePath, resultPath, template, text, timestamp} from './values'

const seconds = (least: number): Field => field(orJsonata(integer(least, maxSeconds)))

const words = field(orJsonata(text))

const common: Table = {Type: required(anything), Comment: field(text), QueryLanguage: field(keyword('JSONPath', 'JSONata'))}
const data: Table = {InputPath: inJsonPath(pathOrNull), OutputPath: inJsonPath(pathOrNull), Output: inJsonata(template)}
const flow: Table = {...data, Assign: field(assign), Next: field(name), End: field(bool)}
const work: Table = {
  ...flow,
  Parameters: inJsonPath(template),
  ResultSelector: inJsonPath(template),
  ResultPath: inJsonPath(resultPath),
  Retry: field(retry),
  Catch: field(catches)
}

/** The fields of each type: https://states-language.net/#state-type-table and AWS's documents of the states. */
const types: Readonly<Record<string, Table>> = {
  Task: {
    ...work,
    Arguments: inJsonata(template),
    Resource: required(resource),
    TimeoutSeconds: seconds(1),
    TimeoutSecondsPath: inJsonPath(referencePath),
    HeartbeatSeconds: seconds(1),
    HeartbeatSecondsPath: inJsonPath(referencePath),
    Credentials: field(template)
  },
  Pass: {...flow, Parameters: inJsonPath(template), ResultPath: inJsonPath(resultPath), Result: inJsonPath(anything)},
  Choice: {...data, Assign: field(assign), Choices: required(choices), Default: field(name)},
  Wait: {
    ...flow,
    Seconds: seconds(0),
    SecondsPath: inJsonPath(referencePath),
    Timestamp: field(orJsonata(timestamp)),
    TimestampPath: inJsonPath(referencePath)
  },
  Succeed: data,
  Fail: {Error: words, ErrorPath: inJsonPath(expression), Cause: words, CausePath: inJsonPath(expression)},
  Parallel: {...work, Arguments: inJsonata(template), Branches: required(anything)},
  Map: {...work, ...mapFields}
}

const checkTimes = ({TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat}: Fields, place: Place): void => {
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
    tell(into(place, 'HeartbeatSeconds'), `less than TimeoutSeconds, ${timeout}`, `${heartbeat}`, 'Lower it, or raise TimeoutSeconds.')
  }
}

/** What must hold of several fields together, by type. */
const together: Readonly<Record<string, (state: Fields, place: Place) => void>> = {
  Task: (state, place) => {
    checkTimes(state, place)
    checkExclusive(state, ['TimeoutSeconds', 'TimeoutSecondsPath'], place)
    checkExclusive(state, ['HeartbeatSeconds', 'HeartbeatSecondsPath'], place)
  },
  Wait: (state, place) => checkExclusive(state, ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'], place, {isRequired: true}),
  Fail: (state, place) => {
    checkExclusive(state, ['Error', 'ErrorPath'], place)
    checkExclusive(state, ['Cause', 'CausePath'], place)
  },
  Map: checkMap
}

/** A state leads on or ends its machine. */
const checkEnd = ({Next: next, End: end}: Fields, place: Place): void => {
  if (next !== undefined && end === true) {
    tell(into(place, 'End'), 'Next or End', 'both', 'Remove one of them.')
  } else if (next === undefined && end !== true) {
    tell(place, 'Next or "End": true', 'neither', 'Say which state is next, or that this is the last.')
  }
}

const maxName = 80

/** Checks a state by itself: its name, its fields, and what they say together. */
export const checkState = (state: unknown, stateName: string, place: Place): void => {
  if ([...stateName].length > maxName || stateName === '') {
    tell(place, `a name of 1 to ${maxName} characters`, `${[...stateName].length}`, 'Shorten the name.')
  }
  const type = isObject(state) ? state.Type : undefined
  if (typeof type !== 'string' || !Object.hasOwn(types, type)) {
    tell(place, `a state of Type ${Object.keys(types).join(', ')}`, show(type ?? state), 'Write one of these types.')
    return
  }
  const own = types[type]!
  if (!checkFields(state, {...common, ...own}, `a ${type} state`, place)) {
    return
  }
  if (own.Next !== undefined) {
    checkEnd(state, place)
  }
  together[type]?.(state, place)
}
