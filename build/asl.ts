import {globSync, readFileSync} from 'node:fs'
import {join, relative, resolve} from 'node:path'
import {codes} from 'asl-verify/codes'
import {verdictText} from 'asl-verify/report'
import {verify} from 'asl-verify/verify'
import {command} from '../shared/cli/command'
import {flag} from '../shared/cli/option'
import {runCommand} from '../shared/cli/program'
import {readFacts} from './asl/facts/read'

const root = join(import.meta.dirname, '..')

process.exitCode = await runCommand(command({
  name: 'npm run asl --', summary: 'Verifies ASL files: those named, or all of terraform/workflows.', words: '[file...]', failure: 2,
  notes: 'Exit code: 1 if there is a finding.', options: {codes: flag('every kind of finding, and what it means')},
  run: async ({words, codes: isAboutCodes}) => {
    if (isAboutCodes) {
      return {value: codes, text: Object.entries(codes).map(([code, meaning]) => `${code.padEnd(28)}${meaning}`).join('\n')}
    }
    const files = words.length > 0 ? words.map((file) => resolve(file)) : globSync(join(root, 'terraform/workflows/*.asl.json')).sort()
    const verdicts = files.map((file) => {
      const facts = readFacts(root, file)
      return {file: relative(root, file), facts, verdict: verify(readFileSync(file, 'utf8'), facts)}
    })
    return {
      value: verdicts.map(({file, verdict}) => ({file, ...verdict})),
      text: verdicts.map(({verdict, facts}) => verdictText(verdict, facts)).join('\n\n'),
      code: verdicts.some(({verdict}) => verdict.findings.length > 0) ? 1 : 0
    }
  }
}), process.argv.slice(2))
