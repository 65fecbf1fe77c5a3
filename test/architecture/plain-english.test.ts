import {describe, expect, it} from '@jest/globals'
import ts from 'typescript'
import {read, sourceFiles, trackedFiles} from './sources'

/** What no engineer would write, and what to write instead. */
const dialect: ReadonlyArray<readonly [RegExp, string]> = [
  // Not the outcome `mended` of ReconcileFiles, behind the kind of a drift or its time.
  [/(?<!-[a-z]+ |Z {2})\bmend(?:s|ed|ing)?\b/i, 'fix, repair'],
  [/\bwhoever\b/i, 'anyone who, all who'],
  [/(?<!:)\bnobody\b/i, 'no one'],
  [/\b(?:go|goes|gone|going) on with\b/i, 'resume, continue with'],
  [/\b(?:so many|so often) (?!(?:[\w-]+ ){0,8}(?:that|as)\b)/i, 'the number of, how often'],
  [/\b(?:his|him|himself|he)\b/i, 'their, them, they'],
  [/\banew\b/i, 'again'],
  [/\bin vain\b/i, 'without success'],
  [/\b(?:[Uu]ndefined|[Nn]ull|[Ee]mpty|[Aa]bsent|[Nn]one|[Ff]alse|[Tt]rue|0) where\b|\bThrows (?:[^.]* )?where\b/, 'if'],
  [/^\W*Answers (?:the|a|an|what|whether|how|undefined)\b/, 'Returns'],
  [/(?<!there )\b(?:is|are) none[.;,]/, 'is not one, does not exist']
]

/** The dialect itself, and what is generated from published contracts and from tests. */
const allowed: readonly string[] = ['test/architecture/plain-english.test.ts', 'CHANGELOG.md', 'docs/events.md', 'docs/sources.md']
const isHistory = (path: string): boolean => path.startsWith('findings/')

const comment = /^\s*\*(?!\/).*|\/\*\*?.*|(?:^|\s)\/\/\s.*/
const withoutCode = (text: string): string => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')

/** Sentences in strings; a string without a blank is a name. */
const sentencesIn = (code: string, path: string): string[] => {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isJsxText(node)) {
      found.push(...node.text.trim().includes(' ') ? node.text.split('\n') : [])
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, code, ts.ScriptTarget.Latest))
  return found
}

const proseOf = (path: string): string[] => {
  const text = read(path)
  return path.endsWith('.md')
    ? withoutCode(text).split('\n')
    : [...text.split('\n').flatMap((line) => comment.exec(line)?.[0] ?? []).filter((line) => !line.includes('eslint-disable')), ...sentencesIn(text, path)]
}

const oddIn = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => dialect.filter(([pattern]) => pattern.test(line.replace(/`[^`]*`/g, ''))).map(([, instead]) => `${line.trim()} (write: ${instead})`))

describe('Comments, messages and documents', () => {
  const documents = trackedFiles().filter((path) => path.endsWith('.md') && !isHistory(path))

  it('are in plain English', () => {
    const odd = [...sourceFiles(), ...documents].filter((path) => !allowed.includes(path)).flatMap((path) => oddIn(proseOf(path)).map((line) => `${path}: ${line}`))
    expect(odd).toEqual([])
  })

  it.each([
    ['/** Answers the record. */', 1], ['// Throws an error where it is missing.', 1], ['/** A buffer of so many bytes. */', 1], ['Nobody can mend that.', 2],
    ['There are so many files that it takes long.', 0], ['The page where it is.', 0], ['/** Returns `nobody`. */', 0]
  ])('of which "%s" has %i odd words', (line, count) => {
    expect(oddIn([line])).toHaveLength(count)
  })
})
