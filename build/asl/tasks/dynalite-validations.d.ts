declare module 'dynalite/validations/index.js' {
  interface Parsed {
    readonly UpdateExpression?: unknown
    readonly ConditionExpression?: unknown
    readonly ExpressionAttributeNames?: unknown
    readonly ExpressionAttributeValues?: unknown
    _updates?: {sections: ReadonlyArray<{type: 'set' | 'add' | 'remove' | 'delete', path: (string | number)[], val?: unknown}>}
    _condition?: {expression: unknown, pathHeads: Record<string, true>}
  }
  const validations: {
    /** Says what DynamoDB would say; completes the request by what it parsed. */
    validateExpressions: (request: Parsed) => string | undefined
  }
  export default validations
}
