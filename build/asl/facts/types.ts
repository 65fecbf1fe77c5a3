import {globSync, readFileSync} from 'node:fs'
import {join as joinPath} from 'node:path'
import ts from 'typescript'
import {join} from 'asl-verify/shape/join'
import {any, arn, arrayShape, boolean, dateTime, type Field, literalString, nothing, number, type Shape, string} from 'asl-verify/shape/shape'

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration
type Declarations = ReadonlyMap<string, Declaration>

/** Times and ARNs are named so in our records and inputs; times are ISO 8601 everywhere. */
const textShape = (name: string): Shape => /(^at|At)$/.test(name) ? dateTime : /(^arn|Arn)$/.test(name) ? arn : string

/** The interfaces and type aliases of src/types as shapes, by name; generated files are left out. */
export const readTypes = (root: string): Record<string, Shape> => {
  const files = globSync('src/types/*.ts', {cwd: root}).filter((path) => !path.includes('eventbridge')).sort()
  return parseShapes(files.map((path) => readFileSync(joinPath(root, path), 'utf8')))
}

/** The shapes that TypeScript texts declare. */
export const parseShapes = (texts: readonly string[]): Record<string, Shape> => {
  const found = texts.flatMap((text) => [...ts.createSourceFile('types.ts', text, ts.ScriptTarget.Latest).statements])
    .filter((statement): statement is Declaration => ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
  const declarations: Declarations = new Map(found.map((declaration) => [declaration.name.text, declaration]))
  return Object.fromEntries([...declarations.keys()].map((name) => [name, named(name, declarations, [])]))
}

const named = (name: string, declarations: Declarations, within: readonly string[]): Shape => {
  const declaration = within.includes(name) ? undefined : declarations.get(name)
  if (declaration === undefined) {
    return any
  }
  const inner = [...within, name]
  return ts.isInterfaceDeclaration(declaration)
    ? toObjectShape(declaration.members, declarations, inner)
    : toShape(declaration.type, declarations, inner)
}

const toObjectShape = (members: ts.NodeArray<ts.TypeElement>, declarations: Declarations, within: readonly string[]): Shape => ({
  kind: 'object',
  open: false,
  fields: Object.fromEntries(members.filter(ts.isPropertySignature).map((member): [string, Field] => {
    const name = ts.isComputedPropertyName(member.name) ? '' : member.name.text
    const shape = member.type === undefined ? any : toShape(member.type, declarations, within)
    return [name, {shape: shape === string ? textShape(name) : shape, optional: member.questionToken !== undefined}]
  }))
})

const toShape = (node: ts.TypeNode, declarations: Declarations, within: readonly string[]): Shape => {
  const inner = (type: ts.TypeNode): Shape => toShape(type, declarations, within)
  if (ts.isUnionTypeNode(node)) {
    return join(...node.types.map(inner))
  }
  if (ts.isArrayTypeNode(node)) {
    return arrayShape(inner(node.elementType))
  }
  if (ts.isTypeOperatorNode(node) || ts.isParenthesizedTypeNode(node)) {
    return inner(node.type)
  }
  if (ts.isTypeLiteralNode(node)) {
    return toObjectShape(node.members, declarations, within)
  }
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
    const [first] = node.typeArguments ?? []
    return ['Array', 'ReadonlyArray'].includes(node.typeName.text) && first ? arrayShape(inner(first)) : named(node.typeName.text, declarations, within)
  }
  return ts.isLiteralTypeNode(node) ? literalShape(node.literal) : keywords[node.kind] ?? any
}

const literalShape = (literal: ts.LiteralTypeNode['literal']): Shape => ts.isStringLiteral(literal)
  ? literalString(literal.text)
  : literal.kind === ts.SyntaxKind.NullKeyword ? nothing : ts.isNumericLiteral(literal) ? number : boolean

const keywords: Readonly<Record<number, Shape>> = {
  [ts.SyntaxKind.StringKeyword]: string,
  [ts.SyntaxKind.NumberKeyword]: number,
  [ts.SyntaxKind.BooleanKeyword]: boolean
}
