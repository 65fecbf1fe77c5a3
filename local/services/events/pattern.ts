import {describeError} from '../../../shared/errors'
import {PatternFailure} from '../../../shared/patterns/errors'
import {compilePattern as compile, type Pattern} from '../../../shared/patterns/pattern'
import {ServiceError} from '../../runtime/core/errors'

/** Compiles an event pattern; throws what EventBridge answers: InvalidEventPatternException, or the failure that some patterns cause in it. */
export const compilePattern = (text: string): Pattern => {
  try {
    return compile(text)
  } catch (error) {
    if (error instanceof PatternFailure) {
      throw new ServiceError('InternalFailure', 'The request processing has failed because of an unknown error, exception or failure.', 500)
    }
    throw new ServiceError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${describeError(error)}`)
  }
}
