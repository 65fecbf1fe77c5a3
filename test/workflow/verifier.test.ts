import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {codes} from 'asl-verify/codes'
import {readFacts} from '../../build/asl/facts/read'
import type {Finding} from 'asl-verify/finding'
import {type Verdict, verify} from 'asl-verify/verify'
import {rawDefinition} from './definition'
import {checkSyntax} from './judge'
import {type Mutant, mutate, readMutants} from './mutate'
import {rangedFacts, rangedText} from './ranged/facts'

const root = join(import.meta.dirname, '../..')
const facts = readFacts(root, join(root, 'terraform/workflows/FileDownloadWorkflow.asl.json'))
const mutants = readMutants('mutants')
const rangedMutants = readMutants('ranged/mutants')

const verdicts = new Map<Mutant, Verdict>()

const verdictOf = (mutant: Mutant): Verdict => {
  const verdict = verdicts.get(mutant) ?? verify(mutate(rawDefinition, mutant.edit), facts)
  verdicts.set(mutant, verdict)
  return verdict
}

/** Which faults are found, and in which states. */
const summary = (findings: readonly Finding[]): string[] => [...new Set(findings.map(({code, state}) => `${code} ${state}`.trim()))].sort()

const isPlaceOf = (text: string, pointer: string): boolean => pointer.split('/').slice(1)
  .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], JSON.parse(text)) !== undefined

describe('FileDownloadWorkflow', () => {
  it('has no fault, and brings a small file in 5 transitions besides its transfer', () => {
    const {findings, paths} = verify(rawDefinition, facts)
    const begin = ['ClaimFile', 'WaitUntilAvailable', 'PublishFileDownloadStarted', 'TransferFile', 'WholeOrRanges']
    expect({findings, paths}).toEqual({findings: [], paths: [
      {states: [...begin, 'TransferRanges', 'CompleteUpload', 'Transferred'], counted: 7, isCommon: false, items: [{of: 'TransferRanges', states: 1}]},
      {states: [...begin, 'Transferred'], counted: 5, isCommon: true, items: []}
    ]})
  })
})

describe('a workflow with Map, Parallel and S3 integrations', () => {
  it('has no fault, and a path by ranges beside the common one', () => {
    const {findings, paths} = verify(rangedText, rangedFacts)
    expect({findings, paths}).toEqual({findings: [], paths: [
      {states: ['PlanTransfer', 'OneOrMany', 'CreateUpload', 'TransferRanges', 'CompleteUpload'], counted: 5, isCommon: false, items: [{of: 'TransferRanges', states: 1}]},
      {states: ['PlanTransfer', 'OneOrMany', 'TransferWhole'], counted: 2, isCommon: true, items: []}
    ]})
  })

  it.each(rangedMutants)('is found out where $name', (mutant) => {
    expect(summary(verify(mutate(rangedText, mutant.edit), rangedFacts).findings)).toEqual(mutant.finds)
  })
})

describe('the verifier finds that', () => {
  it.each(mutants)('$name ($file)', (mutant) => {
    expect(summary(verdictOf(mutant).findings)).toEqual(mutant.finds)
  })
})

describe('the corpus', () => {
  const all = [...mutants, ...rangedMutants]

  it('has faults of every kind that the verifier knows', () => {
    const found = new Set(all.flatMap(({finds}) => finds.map((each) => each.split(' ')[0])))
    expect(Object.keys(codes).filter((code) => !found.has(code))).toEqual([])
  })

  it('undoes each correction of the workflow that the migration guide needs', () => {
    expect([...new Set(mutants.flatMap(({correction}) => correction ?? []))].sort((one, other) => one - other))
      .toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 19])
  })

  it('is valid ASL, but where the language itself forbids the fault', () => {
    const texts = [...mutants.map((each) => ({...each, text: rawDefinition})), ...rangedMutants.map((each) => ({...each, text: rangedText}))]
    const Branches = texts.filter(({finds}) => !finds.some((each) => /^(syntax|not-json|query-language)/.test(each)))
      .map(({text, edit}) => JSON.parse(mutate(text, edit)) as unknown)
    const findings: Finding[] = []
    checkSyntax({StartAt: 'All', States: {All: {Type: 'Parallel', Branches, End: true}}}, (finding) => findings.push(finding))
    expect(findings.map(({sentence}) => sentence).filter((sentence) => !sentence.includes('DUPLICATE_STATE_NAMES'))).toEqual([])
  })

  it('has no fault twice', () => {
    const edits = all.map(({edit}) => JSON.stringify(edit))
    expect(edits.filter((edit, index) => edits.indexOf(edit) < index)).toEqual([])
  })

  it('has faults alone that the verifier finds', () => {
    expect(all.filter(({finds}) => finds.length === 0).map(({name}) => name)).toEqual([])
  })
})

describe('a finding', () => {
  const found = mutants.flatMap((mutant) => verdictOf(mutant).findings.map((finding) => ({...finding, name: mutant.name, edit: mutant.edit})))

  it('says what was expected, what was found, and what to do', () => {
    const sentences = found.map(({sentence}) => sentence)
    expect(sentences.filter((sentence) => !/^Expected .*; found[ :].*\. .+[.}]$/s.test(sentence))).toEqual([])
  })

  it('points to a place in the file', () => {
    const wrong = found.filter(({pointer, edit}) => pointer !== '' && !isPlaceOf(mutate(rawDefinition, edit), pointer))
    expect(wrong.map(({name, code, pointer}) => ({name, code, pointer}))).toEqual([])
  })
})
