import jsonata from 'jsonata'
import {describeError} from '../guards'
import {isFilledIn} from './path'
import {type Place, show, tell} from './place'

export const isJsonata = (text: string): boolean => text.startsWith('{%')

/** Checks text of a JSONata state; what is no expression is any text. */
export const checkJsonata = (text: string, place: Place): void => {
  if (!isJsonata(text) || isFilledIn(text)) {
    return
  }
  if (!text.endsWith('%}')) {
    tell(place, 'an expression that ends in %}', show(text), 'Write {% … %}, with nothing before or after.')
    return
  }
  try {
    jsonata(text.slice(2, -2))
  } catch (error) {
    tell(place, 'a JSONata expression', `${show(text)}: ${describeError(error).replace(/\.$/, '')}`, 'Correct the expression.')
  }
}
