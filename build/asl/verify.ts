import type {Machine} from './definition'
import {allStates} from './definition'
import type {Facts} from './facts/facts'
import {type Finding, type Report, tidy} from './finding'
import {flow} from './flow/flow'
import {checkBudget, type GoodPath, goodPaths} from './rules/budget'
import {checkHandlers} from './rules/handlers'
import {checkLoops} from './rules/loops'
import {checkArns, checkLanguage, checkNames, checkReachOut} from './rules/names'
import {checkPromises} from './rules/promises'
import {checkReach} from './rules/reach'
import {checkRetries} from './rules/retries'
import type {Rule} from './rules/rule'
import {checkConcurrency, checkTimeouts} from './rules/timeouts'
import {checkWaits} from './rules/waits'
import {checkSyntax} from './syntax'
import {checkDuplicates, checkText, fillIn} from './text'

/** What the verifier found out about a workflow. */
export interface Verdict {
  readonly workflow: string
  readonly findings: readonly Finding[]
  readonly states: number
  readonly paths: readonly GoodPath[]
}

const checkData: Rule = (workflow, facts, report) => {
  flow(workflow, facts.input, {facts, report, executionInput: facts.input})
}

const rules: readonly Rule[] = [
  checkNames, checkArns, checkReachOut, checkReach, checkTimeouts, checkConcurrency, checkHandlers, checkRetries,
  checkWaits, checkLoops, checkPromises, checkBudget, checkData
]

const parse = (text: string, report: Report): Machine | undefined => {
  try {
    return JSON.parse(text) as Machine
  } catch (error) {
    report({code: 'not-json', state: '', pointer: '', sentence: `Expected JSON; found: ${(error as Error).message}. Mend the file.`})
    return undefined
  }
}

/** Verifies the text of a workflow's file. What is no valid ASL is not looked at any further; that check takes most of the time. */
export const verify = (text: string, facts: Facts, isValid = checkSyntax): Verdict => {
  const findings: Finding[] = []
  const report: Report = (finding) => findings.push(finding)
  checkText(text, facts, report)
  checkDuplicates(text, report)
  const machine = parse(fillIn(text, facts), report)
  if (machine === undefined) {
    return {workflow: facts.workflow, findings, states: 0, paths: []}
  }
  const filled: Facts = {...facts, policy: JSON.parse(fillIn(JSON.stringify(facts.policy), facts)) as Facts['policy']}
  const workflow = {machine, pointer: ''}
  isValid(machine, report)
  if (findings.some(({code}) => code === 'syntax')) {
    return {workflow: facts.workflow, findings, states: 0, paths: []}
  }
  checkLanguage(workflow, filled, report)
  if (!findings.some(({code}) => code === 'query-language')) {
    rules.forEach((rule) => rule(workflow, filled, report))
  }
  const names = allStates(workflow).map(({name}) => name)
  return {workflow: facts.workflow, findings: tidy(findings, names), states: names.length, paths: goodPaths(workflow, filled)}
}
