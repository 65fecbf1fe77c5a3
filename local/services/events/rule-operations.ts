import type {Json} from '../../../shared/json'
import {checkConstraints} from '../../runtime/core/constraints'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString} from '../../runtime/core/json'
import type {Operations} from '../../runtime/core/json-protocol'
import {takePage} from '../../runtime/core/pages'
import {ruleSchedule} from '../../../shared/schedules/expression'
import type {Clock} from '../../runtime/core/types'
import {busNameOrArn, description, eventPattern, limit, namePrefix, nextToken, requiredText, ruleName} from './api-constraints'
import {DEFAULT_BUS, type Rule} from './model'
import {busName, ruleArn} from './names'
import {compilePattern} from './pattern'
import type {Registry} from './registry'
import type {Schedules} from './schedules'
import {tagList, type Tags} from './tag-operations'
import {ruleKey} from './wired'

const STATES = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']

interface Parts {
  readonly registry: Registry
  readonly tags: Tags
  readonly schedules: Schedules
  readonly clock: Clock
}

const shown = ({targets: _targets, ScheduledFrom: _from, ...rule}: Rule): Json => rule

const found = (registry: Registry, input: Json): Rule => {
  checkConstraints(input, {Name: ruleName, EventBusName: busNameOrArn})
  return registry.rule(busName(optionalString(input, 'EventBusName')), String(input['Name']))
}

const members = {
  Name: ruleName, EventBusName: busNameOrArn, EventPattern: eventPattern, Description: description, Tags: tagList,
  State: {type: 'string', enum: STATES}, ScheduleExpression: {type: 'string', max: 256}, RoleArn: {type: 'string', min: 1, max: 1600}
} as const

const refuse = (message: string): never => {
  throw new ServiceError('ValidationException', message)
}

const checkTrigger = (bus: string, pattern: string | undefined, schedule: string | undefined): void => {
  if (pattern === undefined && schedule === undefined) {
    refuse('Parameter(s) EventPattern or ScheduleExpression must be specified.')
  }
  if (schedule !== undefined && bus !== DEFAULT_BUS) {
    refuse('ScheduleExpression is supported only on the default event bus.')
  }
  if (schedule !== undefined && ruleSchedule(schedule, 0) === undefined) {
    refuse('Parameter ScheduleExpression is not valid.')
  }
  if (pattern !== undefined) {
    compilePattern(pattern)
  }
}

/** A rate goes on as it was where the rule keeps its schedule. */
const scheduledFrom = (old: Rule | undefined, schedule: string | undefined, clock: Clock): number | undefined => {
  if (schedule === undefined) {
    return undefined
  }
  return old?.ScheduleExpression === schedule && old.ScheduledFrom !== undefined ? old.ScheduledFrom : clock.now()
}

const putRule = ({registry, tags, schedules, clock}: Parts, input: Json): Json => {
  checkConstraints(input, members)
  const bus = registry.bus(busName(optionalString(input, 'EventBusName'))).Name
  const Name = String(input['Name'])
  const [EventPattern, ScheduleExpression] = [optionalString(input, 'EventPattern'), optionalString(input, 'ScheduleExpression')]
  checkTrigger(bus, EventPattern, ScheduleExpression)
  const Arn = ruleArn(registry.place, bus, Name)
  const old = registry.rules.get(ruleKey(bus, Name))
  if (old === undefined) {
    tags.put(Arn, input['Tags'])
  }
  registry.rules.put(ruleKey(bus, Name), {
    Name, Arn, EventBusName: bus, State: optionalString(input, 'State') ?? 'ENABLED', EventPattern, ScheduleExpression,
    ScheduledFrom: scheduledFrom(old, ScheduleExpression, clock),
    Description: optionalString(input, 'Description'), RoleArn: optionalString(input, 'RoleArn'), targets: old?.targets ?? []
  })
  schedules.changed({EventBusName: bus, Name})
  return {RuleArn: Arn}
}

const deleteRule = ({registry, tags, schedules}: Parts, input: Json): Json => {
  checkConstraints(input, {Name: ruleName, EventBusName: busNameOrArn})
  const bus = registry.bus(busName(optionalString(input, 'EventBusName'))).Name
  const rule = registry.rules.get(ruleKey(bus, String(input['Name'])))
  if ((rule?.targets.length ?? 0) > 0) {
    refuse('Rule can\'t be deleted since it has targets.')
  }
  if (rule !== undefined) {
    tags.forget(rule.Arn)
    registry.rules.delete(ruleKey(bus, rule.Name))
    schedules.changed(rule)
  }
  return {}
}

const setState = ({registry, schedules}: Parts, input: Json, State: string): Json => {
  const rule = found(registry, input)
  registry.rules.put(ruleKey(rule.EventBusName, rule.Name), {...rule, State})
  schedules.changed(rule)
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
export const ruleOperations = (parts: Parts): Operations => ({
  PutRule: (input) => putRule(parts, input),
  DeleteRule: (input) => deleteRule(parts, input),
  EnableRule: (input) => setState(parts, input, 'ENABLED'),
  DisableRule: (input) => setState(parts, input, 'DISABLED'),
  DescribeRule: (input) => ({...shown(found(parts.registry, input)), CreatedBy: parts.registry.place.account}),
  ListRules: (input) => listRules(parts.registry, input),
  ListRuleNamesByTarget: (input) => listRuleNames(parts.registry, input)
})
