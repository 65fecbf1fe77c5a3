declare module 'asl-validator' {
  /** Completes the definition in place (QueryLanguage): give it a copy. */
  const validate: (definition: unknown, options?: {checkPaths?: boolean, checkArn?: boolean}) => {
    isValid: boolean
    errors: ReadonlyArray<{'Error code': string, Message: string, path?: string, schemaError?: {instancePath: string}}>
  }
  export = validate
}
