declare module 'dynalite/validations/index.js' {
  const validations: {
    /** Says what DynamoDB would say; completes the request by what it parsed. */
    validateExpressions: (request: object) => string | undefined
  }
  export default validations
}
