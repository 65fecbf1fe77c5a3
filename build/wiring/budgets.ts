import {trustedJson} from '../../shared/json'
import type {Answer, Reply} from './call'

type Notification = Readonly<Record<string, unknown>>

interface Tag {
  readonly Key: string
  readonly Value: string
}

interface Kept {
  readonly tags: readonly Tag[]
  readonly budget: Readonly<Record<string, unknown>>
  readonly notifications: Array<{readonly notification: Notification, readonly subscribers: unknown}>
}

interface Fields {
  readonly BudgetName?: string
  readonly Budget?: {readonly BudgetName: string}
  readonly NewBudget?: {readonly BudgetName: string}
  readonly Notification?: Notification
  readonly Subscribers?: unknown
  readonly ResourceARN?: string
  readonly ResourceTags?: readonly Tag[]
}

const json = (status: number, body: unknown): Reply => ({status, headers: {'content-type': 'application/x-amz-json-1.1'}, body: JSON.stringify(body)})
const isSame = (one: Notification, other: Notification): boolean =>
  ['NotificationType', 'ComparisonOperator', 'Threshold'].every((field) => one[field] === other[field])

/** AWS returns a budget with fields that were never sent. */
const asKept = (budget: object): Kept['budget'] => ({CostTypes: {}, TimePeriod: {Start: 1_767_225_600, End: 3_706_473_600}, ...budget})

const nameIn = ({BudgetName, Budget, NewBudget, ResourceARN}: Fields): string =>
  BudgetName ?? Budget?.BudgetName ?? NewBudget?.BudgetName ?? ResourceARN?.split('/').at(-1) ?? ''

const handleCall = (operation: string, fields: Fields, budgets: Map<string, Kept>): Reply => {
  const name = nameIn(fields)
  const kept = budgets.get(name)
  if (operation === 'CreateBudget') {
    budgets.set(name, {budget: asKept(fields.Budget!), notifications: [], tags: fields.ResourceTags ?? []})
    return json(200, {})
  }
  if (kept === undefined) {
    return json(400, {__type: 'NotFoundException', Message: `Unable to get budget: ${name} - the budget doesn't exist.`})
  }
  switch (operation) {
    case 'UpdateBudget':
      budgets.set(name, {...kept, budget: {...kept.budget, ...fields.NewBudget}})
      return json(200, {})
    case 'ListTagsForResource': return json(200, {ResourceTags: kept.tags})
    case 'DescribeBudget': return json(200, {Budget: kept.budget})
    case 'DescribeNotificationsForBudget': return json(200, {Notifications: kept.notifications.map(({notification}) => notification)})
    case 'DescribeSubscribersForNotification':
      return json(200, {Subscribers: kept.notifications.find(({notification}) => isSame(notification, fields.Notification!))?.subscribers ?? []})
    case 'CreateNotification':
      kept.notifications.push({notification: fields.Notification!, subscribers: fields.Subscribers})
      return json(200, {})
    case 'DeleteBudget':
      budgets.delete(name)
      return json(200, {})
    default: return json(400, {__type: 'InvalidParameterException', Message: `This stand-in for AWS Budgets knows no ${operation}.`})
  }
}

/** AWS Budgets, of which moto knows neither subscribers nor tags. */
export const budgetService = (): Answer => {
  const budgets = new Map<string, Kept>()
  return ({headers, body}) => {
    const [, operation] = /^AWSBudgetServiceGateway\.(\w+)$/.exec(String(headers['x-amz-target'])) ?? []
    return operation === undefined ? undefined : handleCall(operation, trustedJson<Fields>(body.toString('utf8')), budgets)
  }
}
