import {execFileSync} from 'node:child_process'
import {globSync, readFileSync} from 'node:fs'
import {posix} from 'node:path'
import ts from 'typescript'

/** One import of a file: what it names, where that lies in this repository (undefined: a package), and whether anything remains of it at run time. */
export interface Import {
  readonly specifier: string
  readonly target?: string
  readonly isType: boolean
}

const generated = /^src\/types\/eventbridge\.(ts|validators\.)/

/** TypeScript files of ours by path from the root, tests too, generated ones not. */
export const sourceFiles = (): string[] =>
  globSync('{src,local,build,ops,shared,packages,test}/**/*.{ts,tsx}').filter((path) => !generated.test(path)).sort()

export const isTest = (path: string): boolean => /(^|\/)test\//.test(path)

/** Files of ours that are no tests. */
export const programFiles = (): string[] => sourceFiles().filter((path) => !isTest(path))

export const read = (path: string): string => readFileSync(path, 'utf8')

export const trackedFiles = (): string[] => execFileSync('git', ['ls-files', '-z'], {encoding: 'utf8'}).split('\0').filter((path) => path !== '')

const resolve = (from: string, specifier: string): string | undefined => {
  const base = posix.join(posix.dirname(from), specifier)
  return specifier.startsWith('.') ? [`${base}.ts`, `${base}.tsx`, `${base}/index.ts`, `${base}.d.ts`, `${base}.js`, base].find((path) => ts.sys.fileExists(path)) ?? base : undefined
}

const staticImports = (file: ts.SourceFile): Array<[string, boolean]> => file.statements.flatMap((statement): Array<[string, boolean]> => {
  if (ts.isImportDeclaration(statement)) {
    return [[(statement.moduleSpecifier as ts.StringLiteral).text, statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword]]
  }
  return ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined
    ? [[(statement.moduleSpecifier as ts.StringLiteral).text, statement.isTypeOnly]]
    : []
})

/** Every import of a file: static, dynamic and inside types. */
export const importsOf = (path: string): Import[] => {
  const text = read(path)
  const known = new Map(staticImports(ts.createSourceFile(path, text, ts.ScriptTarget.Latest)))
  return ts.preProcessFile(text).importedFiles.map(({fileName}) => {
    const target = resolve(path, fileName)
    return {specifier: fileName, ...(target === undefined ? {} : {target}), isType: known.get(fileName) ?? false}
  })
}
