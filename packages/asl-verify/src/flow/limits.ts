import type {PlacedState} from '../definition'
import type {Scope} from '../expressions/scope'
import {maxBytes} from '../shape/size'
import type {Shape} from '../shape/shape'
import {functionName} from '../tasks/integration'
import {takes} from '../matching'
import type {Env} from './env'

/** Of a task's, state's or execution's input and output. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const maxPayload = 256 * 1024

/** Reports a result that may be too large if nothing catches that. */
export const checkSize = ({state, pointer}: PlacedState, result: Shape, scope: Scope, {facts}: Env): void => {
  const bytes = maxBytes(result, facts.policy.sizes)
  if (bytes <= maxPayload || state.Catch?.some((catcher) => takes(catcher, 'States.DataLimitExceeded'))) {
    return
  }
  const found = Number.isFinite(bytes) ? `up to ${Math.ceil(bytes / 1024)} KiB` : 'a result of any size'
  const name = functionName(state)
  const advice = name === undefined ? 'Bound it, discard it by ResultPath null, or catch States.DataLimitExceeded by name.' : `Declare ${name}Output in src/types/workflow.ts, or catch States.DataLimitExceeded by name.`
  scope.report('data-limit', pointer, `Expected at most 256 KiB; found ${found}. ${advice}`)
}
