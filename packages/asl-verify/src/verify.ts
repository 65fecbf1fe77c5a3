import {allStates} from './definition'
import type {Facts} from './facts/facts'
import {type Finding, type Report, tidy} from './finding'
import {flow} from './flow/flow'
import {checkText} from './check'
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
import {checkPlaceholders, fillIn} from './text'

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

/** Verifies the text of a workflow's file by the language and by what is known around it. What is no valid ASL is not looked at any further. */
export const verify = (text: string, facts: Facts): Verdict => {
  const findings: Finding[] = []
  const report: Report = (finding) => findings.push(finding)
  checkPlaceholders(text, facts, report)
  const machine = checkText(fillIn(text, facts), report)
  if (machine === undefined) {
    return {workflow: facts.workflow, findings, states: 0, paths: []}
  }
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- the policy's own text again, with placeholders filled in
  const policy = JSON.parse(fillIn(JSON.stringify(facts.policy), facts)) as Facts['policy']
  const filled: Facts = {...facts, policy}
  const workflow = {machine, pointer: ''}
  checkLanguage(workflow, filled, report)
  if (!findings.some(({code}) => code === 'query-language')) {
    rules.forEach((rule) => rule(workflow, filled, report))
  }
  const names = allStates(workflow).map(({name}) => name)
  return {workflow: facts.workflow, findings: tidy(findings, names), states: names.length, paths: goodPaths(workflow, filled)}
}
