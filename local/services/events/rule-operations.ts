import type {Json} from '../../../shared/json'
import {checkConstraints} from '../../runtime/core/constraints'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString} from '../../runtime/core/json'
import type {Operations} from '../../runtime/core/json-protocol'
import {takePage} from '../../runtime/core/pages'
import {busNameOrArn, description, eventPattern, limit, namePrefix, nextToken, requiredText, ruleName} from './api-constraints'
import type {Rule} from './model'
import {busName, ruleArn} from './names'
import {compilePattern} from './pattern'
import type {Registry} from './registry'
import {ruleKey} from './wired'

const STATES = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']

const shown = ({targets: _targets, ...rule}: Rule): Json => rule

const found = (registry: Registry, input: Json): Rule => {
  checkConstraints(input, {Name: ruleName, EventBusName: busNameOrArn})
  return registry.rule(busName(optionalString(input, 'EventBusName')), String(input['Name']))
}

const putRule = (registry: Registry, input: Json): Json => {
  checkConstraints(input, {
    Name: ruleName, EventBusName: busNameOrArn, EventPattern: eventPattern, Description: description,
    State: {type: 'string', enum: STATES}, ScheduleExpression: {type: 'string', max: 256}, RoleArn: {type: 'string', min: 1, max: 1600}
  })
  const bus = registry.bus(busName(optionalString(input, 'EventBusName'))).Name
  const Name = String(input['Name'])
  const EventPattern = optionalString(input, 'EventPattern')
  const ScheduleExpression = optionalString(input, 'ScheduleExpression')
  if (EventPattern === undefined && ScheduleExpression === undefined) {
    throw new ServiceError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.')
  }
  if (ScheduleExpression !== undefined && bus !== 'default') {
    throw new ServiceError('ValidationException', 'ScheduleExpression is supported only on the default event bus.')
  }
  if (EventPattern !== undefined) {
    compilePattern(EventPattern)
  }
  const Arn = ruleArn(registry.place, bus, Name)
  const targets = registry.rules.get(ruleKey(bus, Name))?.targets ?? []
  const rest = {Description: optionalString(input, 'Description'), RoleArn: optionalString(input, 'RoleArn')}
  registry.rules.put(ruleKey(bus, Name), {Name, Arn, EventBusName: bus, State: optionalString(input, 'State') ?? 'ENABLED', EventPattern, ScheduleExpression, ...rest, targets})
  return {RuleArn: Arn}
}

const deleteRule = (registry: Registry, input: Json): Json => {
  checkConstraints(input, {Name: ruleName, EventBusName: busNameOrArn})
  const key = ruleKey(registry.bus(busName(optionalString(input, 'EventBusName'))).Name, String(input['Name']))
  if ((registry.rules.get(key)?.targets.length ?? 0) > 0) {
    throw new ServiceError('ValidationException', 'Rule can\'t be deleted since it has targets.')
  }
  registry.rules.delete(key)
  return {}
}

const setState = (registry: Registry, input: Json, State: string): Json => {
  const rule = found(registry, input)
  registry.rules.put(ruleKey(rule.EventBusName, rule.Name), {...rule, State})
  return {}
}

const listRules = (registry: Registry, input: Json): Json => {
  checkConstraints(input, {NamePrefix: namePrefix, EventBusName: busNameOrArn, Limit: limit, NextToken: nextToken})
  const rules = registry.rulesOf(registry.bus(busName(optionalString(input, 'EventBusName'))).Name)
    .filter(({Name}) => Name.startsWith(optionalString(input, 'NamePrefix') ?? ''))
  const {items, next} = takePage(rules, Number(input['Limit'] ?? 100), optionalString(input, 'NextToken'))
  return {Rules: items.map(shown), NextToken: next}
}

const listRuleNames = (registry: Registry, input: Json): Json => {
  checkConstraints(input, {TargetArn: requiredText, EventBusName: busNameOrArn, Limit: limit, NextToken: nextToken})
  const names = registry.rulesOf(registry.bus(busName(optionalString(input, 'EventBusName'))).Name)
    .filter(({targets}) => targets.some(({Arn}) => Arn === input['TargetArn'])).map(({Name}) => Name)
  const {items, next} = takePage(names, Number(input['Limit'] ?? 100), optionalString(input, 'NextToken'))
  return {RuleNames: items, NextToken: next}
}

/** The API's operations on rules. */
export const ruleOperations = (registry: Registry): Operations => ({
  PutRule: (input) => putRule(registry, input),
  DeleteRule: (input) => deleteRule(registry, input),
  EnableRule: (input) => setState(registry, input, 'ENABLED'),
  DisableRule: (input) => setState(registry, input, 'DISABLED'),
  DescribeRule: (input) => ({...shown(found(registry, input)), CreatedBy: registry.place.account}),
  ListRules: (input) => listRules(registry, input),
  ListRuleNamesByTarget: (input) => listRuleNames(registry, input)
})
