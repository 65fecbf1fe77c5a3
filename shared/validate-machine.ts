import {findingsIn} from 'asl-verify/check'

/** The result of Step Functions' ValidateStateMachineDefinition. */
export interface Validation {
  readonly result: 'OK' | 'FAIL'
  readonly diagnostics: ReadonlyArray<{readonly severity: 'ERROR', readonly code: string, readonly message: string, readonly location: string}>
  readonly truncated: false
}

const toCode = (code: string, pointer: string): string => {
  if (code === 'not-json') {
    return 'INVALID_JSON_DESCRIPTION'
  }
  return code === 'state-unreachable' || /\/(Next|Default|StartAt)$/.test(pointer) ? 'MISSING_TRANSITION_TARGET' : 'SCHEMA_VALIDATION_FAILED'
}

/** Validates the text of a definition as Step Functions does. */
export const validateMachine = (definition: string): Validation => {
  const diagnostics = findingsIn(definition).map(({code, pointer, sentence}) => ({
    severity: 'ERROR' as const,
    code: toCode(code, pointer),
    message: sentence,
    location: pointer === '' ? '/' : pointer
  }))
  return {result: diagnostics.length === 0 ? 'OK' : 'FAIL', diagnostics, truncated: false}
}
