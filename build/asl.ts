import {globSync, readFileSync} from 'node:fs'
import {join, relative, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import {codes} from 'asl-verify/codes'
import {verdictText} from 'asl-verify/report'
import {verify} from 'asl-verify/verify'
import {readFacts} from './asl/facts/read'

const usage = `npm run asl -- [FILE…] [--json] [--codes]
  FILE     an ASL file; all of terraform/workflows without
  --json   findings for machines
  --codes  every kind of finding, and what it means
Exit code 1 where there is a finding.`

const root = join(import.meta.dirname, '..')

const options = {json: {type: 'boolean', default: false}, codes: {type: 'boolean', default: false}, help: {type: 'boolean', default: false}} as const

const main = (): number => {
  const {values, positionals} = parseArgs({options, allowPositionals: true})
  if (values.help || values.codes) {
    console.log(values.help ? usage : Object.entries(codes).map(([code, meaning]) => `${code.padEnd(28)}${meaning}`).join('\n'))
    return 0
  }
  const files = positionals.length > 0 ? positionals.map((file) => resolve(file)) : globSync(join(root, 'terraform/workflows/*.asl.json')).sort()
  const verdicts = files.map((file) => {
    const facts = readFacts(root, file)
    return {file: relative(root, file), facts, verdict: verify(readFileSync(file, 'utf8'), facts)}
  })
  console.log(values.json
    ? JSON.stringify(verdicts.map(({file, verdict}) => ({file, ...verdict})), null, 2)
    : verdicts.map(({verdict, facts}) => verdictText(verdict, facts)).join('\n\n'))
  return verdicts.some(({verdict}) => verdict.findings.length > 0) ? 1 : 0
}

try {
  process.exitCode = main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
