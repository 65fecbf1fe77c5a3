import {findingsIn} from 'asl-verify/check'

/** The result of Step Functions' ValidateStateMachineDefinition. */
export interface Validation {
  readonly result: 'OK' | 'FAIL'
  readonly diagnostics: ReadonlyArray<{readonly severity: 'ERROR', readonly code: string, readonly message: string, readonly location: string}>
  readonly truncated: false
}

/** Validates the text of a definition as Step Functions does. */
export const validateMachine = (definition: string): Validation => {
  const diagnostics = findingsIn(definition).map(({code, pointer, sentence}) => ({
    severity: 'ERROR' as const,
    code: code === 'not-json' ? 'INVALID_JSON_DESCRIPTION' : 'SCHEMA_VALIDATION_FAILED',
    message: sentence,
    location: pointer === '' ? '/' : pointer
  }))
  return {result: diagnostics.length === 0 ? 'OK' : 'FAIL', diagnostics, truncated: false}
}
