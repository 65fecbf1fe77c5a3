import {asList, type Json} from '../../../shared/json'
import {checkConstraints} from '../../runtime/core/constraints'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString} from '../../runtime/core/json'
import type {Operations} from '../../runtime/core/json-protocol'
import {takePage} from '../../runtime/core/pages'
import {busNameOrArn, limit, nextToken, ruleName} from './api-constraints'
import type {Rule} from './model'
import {busName} from './names'
import type {Registry} from './registry'
import {checkedTarget} from './target-checks'
import {ruleKey} from './wired'

const MAX_TARGETS = 5

const found = (registry: Registry, input: Json): Rule =>
  registry.rule(busName(optionalString(input, 'EventBusName')), String(input['Rule']))

const store = (registry: Registry, rule: Rule, targets: Rule['targets']): void =>
  registry.rules.put(ruleKey(rule.EventBusName, rule.Name), {...rule, targets})

const putTargets = (registry: Registry, input: Json): Json => {
  checkConstraints(input, {Rule: ruleName, EventBusName: busNameOrArn, Targets: {type: 'list', required: true, min: 1, max: 100}})
  const rule = found(registry, input)
  const added = asList(input['Targets']).map(checkedTarget)
  const targets = [...rule.targets.filter(({Id}) => !added.some((target) => target.Id === Id)), ...added]
  if (targets.length > MAX_TARGETS) {
    throw new ServiceError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.')
  }
  store(registry, rule, targets)
  return {FailedEntryCount: 0, FailedEntries: []}
}

const removeTargets = (registry: Registry, input: Json): Json => {
  checkConstraints(input, {Rule: ruleName, EventBusName: busNameOrArn, Ids: {type: 'list', required: true, min: 1, max: 100}})
  const rule = found(registry, input)
  const ids = asList(input['Ids'])
  const missing = ids.filter((id) => !rule.targets.some(({Id}) => Id === id))
  store(registry, rule, rule.targets.filter(({Id}) => !ids.includes(Id)))
  return {
    FailedEntryCount: missing.length,
    FailedEntries: missing.map((TargetId) =>
      ({TargetId, ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Rule ${rule.Name} does not have a target with the Id ${String(TargetId)}.`}))
  }
}

/** The API's operations on the targets of rules. */
export const targetOperations = (registry: Registry): Operations => ({
  PutTargets: (input) => putTargets(registry, input),
  RemoveTargets: (input) => removeTargets(registry, input),
  ListTargetsByRule: (input) => {
    checkConstraints(input, {Rule: ruleName, EventBusName: busNameOrArn, Limit: limit, NextToken: nextToken})
    const {items, next} = takePage(found(registry, input).targets, Number(input['Limit'] ?? 100), optionalString(input, 'NextToken'))
    return {Targets: items, NextToken: next}
  }
})
