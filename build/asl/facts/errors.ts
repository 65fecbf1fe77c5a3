import ts from 'typescript'
import type {ErrorTraits} from 'asl-verify/facts/facts'

const isObject = (node: ts.Node | undefined): node is ts.ObjectLiteralExpression => node !== undefined && ts.isObjectLiteralExpression(node)

/** The initializer without `as const` and `satisfies`. */
const bare = (node: ts.Expression | undefined): ts.Expression | undefined =>
  node !== undefined && (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) ? bare(node.expression) : node

/** The names of `errorTable` and their traits, from the text of src/util/errors. Throws if there is no such table. */
export const readErrorTable = (text: string): Record<string, ErrorTraits> => {
  const source = ts.createSourceFile('errors.ts', text, ts.ScriptTarget.Latest, true)
  const table = source.statements.filter(ts.isVariableStatement)
    .flatMap(({declarationList}) => [...declarationList.declarations])
    .find(({name}) => name.getText() === 'errorTable')
  const literal = bare(table?.initializer)
  if (!isObject(literal)) {
    throw new Error('Expected src/util/errors.ts to have an object `errorTable`; it has none.')
  }
  return Object.fromEntries(literal.properties.filter(ts.isPropertyAssignment)
    .map(({name, initializer}) => [name.getText(), readTraits(initializer)]))
}

const readTraits = (node: ts.Expression): ErrorTraits => {
  const fields = isObject(node) ? node.properties.filter(ts.isPropertyAssignment) : []
  const readValue = (field: string): string => fields.find(({name}) => name.getText() === field)?.initializer.getText() ?? ''
  return {category: readValue('category').slice(1, -1), retryable: readValue('retryable') === 'true'}
}
