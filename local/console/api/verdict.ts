import {Ajv, type ValidateFunction} from 'ajv'
import addFormats from 'ajv-formats'
import {trustedJson} from '../../../shared/json'
import type {EventEnvelope} from '../../runtime/core/types'
import {toDraft4} from '../../services/schemas/json-schema'
import {text} from '../../../shared/wiring/values'
import type {Wiring} from '../../../shared/wiring/wiring'

export interface Problem {
  /** JSON pointer into the event. */
  readonly at: string
  readonly message: string
}

/** What the contract says of an event; `unknown` if the wiring has no contract for it. */
export interface Verdict {
  readonly verdict: 'valid' | 'invalid' | 'unknown'
  readonly problems: readonly Problem[]
}

export type Judge = (event: Partial<EventEnvelope>) => Verdict

const unknown: Verdict = {verdict: 'unknown', problems: []}

const listProblems = ({errors}: ValidateFunction): Problem[] => (errors ?? []).map(({instancePath, message, params}) => {
  const {allowedValues, additionalProperty} = params as {allowedValues?: unknown[], additionalProperty?: string}
  const more = allowedValues === undefined ? additionalProperty === undefined ? '' : `: ${additionalProperty}` : `: ${allowedValues.join(', ')}`
  return {at: instancePath, message: `${message}${more}`}
})

/** Judges events by the contracts of the wiring, as the functions do: unknown members are let through. */
export const createJudge = (wiring: Wiring): Judge => {
  const ajv = new Ajv({strict: false, allErrors: true, validateSchema: false})
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- a function under two names, by its documentation
  const register = addFormats.default as (ajv: Ajv) => unknown
  register(ajv)
  const contracts = new Map(wiring.ofType('aws_schemas_schema').map(({values}) => {
    const {$schema: _dialect, ...schema} = trustedJson<Record<string, unknown>>(toDraft4(text(values, 'content')))
    return [text(values, 'name'), ajv.compile(schema)]
  }))
  return (event) => {
    const validate = contracts.get(event['detail-type'] ?? '')
    if (validate === undefined) {
      return unknown
    }
    return validate(event) ? {verdict: 'valid', problems: []} : {verdict: 'invalid', problems: listProblems(validate)}
  }
}
