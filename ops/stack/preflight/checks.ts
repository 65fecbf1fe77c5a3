import {explainError} from '../../../shared/cli/errors'
import {asObject} from '../../../shared/json'
import {secretProblem, secrets} from '../secrets'
import type {Environment} from '../environment'
import {judgeIssuer} from '../issuer'
import type {Account, Concurrency, Quota} from './account'
import {definitions} from './definition'
import {type Finding, missing, ok, unknown} from './findings'

export type Check = (account: Account, environment: Environment) => Promise<readonly Finding[]>

/** A new account has 10; a large file alone is fetched by dozens of functions at a time, and the API needs some too. */
const leastConcurrency = 100

const number = new Intl.NumberFormat('en-US')

const workflows: Check = async (account, {region, suffix}) => {
  const where = {account: await account.id(), region, suffix}
  return Promise.all(definitions(where).map(async ([name, definition]) => {
    const errors = await account.definitionErrors(definition)
    return errors.length === 0
      ? ok(`workflow ${name}`, 'Step Functions takes the definition')
      : missing(`workflow ${name}`, `Step Functions refuses the definition: ${errors.join('; ')}`)
  }))
}

/** As HCL has it if an environment says nothing. */
const usualConcurrency = 1000

/** What Lambda keeps for functions that reserve nothing; it refuses reservations that would leave less. */
const leastUnreserved = 100

const quotaFinding = (quota: number): Finding => quota >= leastConcurrency
  ? ok('Lambda', `${number.format(quota)} invocations at a time`)
  : missing('Lambda', `the account may run ${quota} invocations at a time; ask AWS for at least ${leastConcurrency} (Service Quotas, Lambda, Concurrent executions)`)

/** The alarm and the checks of reservations are reckoned from the setting. */
const settingFinding = ({quota, unreserved}: Concurrency, {name, number: setting}: Environment): Finding => {
  const assumed = setting('account_concurrency') || usualConcurrency
  return assumed > quota
    ? missing('Lambda reservations', `account_concurrency is ${assumed} for ${name}, but the account has ${quota}, of which ${Math.min(leastUnreserved, quota)} cannot be reserved: write account_concurrency = ${quota} into terraform/environments/${name}.tfvars`)
    : ok('Lambda reservations', `${number.format(Math.max(0, unreserved - leastUnreserved))} more may be reserved`)
}

const concurrency: Check = async (account, environment) => {
  const found = await account.lambdaConcurrency()
  return [quotaFinding(found.quota), settingFinding(found, environment)]
}

interface Rate {
  readonly service: string
  readonly what: string
  readonly pattern: RegExp
  /** A second: what the stack needs to bring a few files at a time home without being throttled. */
  readonly least: number
}

const rates: readonly Rate[] = [
  {service: 'events', what: 'EventBridge PutEvents', pattern: /PutEvents/i, least: 100},
  {service: 'states', what: 'Step Functions StartExecution', pattern: /StartExecution.*(refill|rate)/i, least: 10},
  {service: 'states', what: 'Step Functions state transitions', pattern: /StateTransition.*(refill|rate)/i, least: 100}
]

const judgeRate = ({what, pattern, least}: Rate, quotas: readonly Quota[]): Finding => {
  const values = quotas.filter(({name}) => pattern.test(name)).map(({value}) => value)
  if (values.length === 0) {
    return unknown(what, 'Service Quotas names no rate of it')
  }
  const value = Math.min(...values)
  return value >= least ? ok(what, `${number.format(value)} a second`) : missing(what, `${value} a second; ask AWS for at least ${least} (Service Quotas)`)
}

const rateCheck = (rate: Rate): Check => async (account) => [judgeRate(rate, await account.quotas(rate.service))]

const push: Check = async (account) => {
  await account.listPushApplications()
  return [ok('push applications', 'may be listed')]
}

const secretsCheck: Check = (account, environment) => Promise.all(secrets.filter(({variable}) => environment.text(variable) !== '').map(async (secret) => {
  const name = environment.text(secret.variable)
  const value = await account.parameter(name)
  const problem = value === undefined ? 'is not there' : secretProblem(secret, value)
  return problem === undefined
    ? ok(`secret ${secret.name}`, name)
    : missing(`secret ${secret.name}`, `${name} ${problem}: npm run ops -- secret set ${environment.name} ${secret.name}`)
}))

const issuer: Check = async (account, {text}) => {
  const url = text('jwt_issuer')
  if (url === '') {
    return [ok('API', 'takes requests that are signed by IAM; without jwt_issuer no one\'s tokens')]
  }
  const {kind, sentence} = await judgeIssuer(url, account.document)
  return [kind === 'right' ? ok('issuer', sentence) : missing('issuer', sentence)]
}

const budget: Check = async (account, {number: setting}) => {
  if (setting('monthly_budget_usd') === 0) {
    return []
  }
  await account.listBudgets(await account.id())
  return [ok('budget', 'budgets may be seen')]
}

/** Each check by what it is called if AWS answers with an error. */
export const checks: ReadonlyArray<readonly [string, Check]> = [
  ['workflow', workflows], ['Lambda', concurrency], ...rates.map((rate) => [rate.what, rateCheck(rate)] as const),
  ['push applications', push], ['secrets', secretsCheck], ['issuer', issuer], ['budget', budget]
]

const isDenied = (error: unknown): boolean => /AccessDenied|NotAuthorized|Unauthorized/i.test(String(asObject(error)['name']))

const unanswered = (name: string, error: unknown): Finding =>
  isDenied(error) ? missing(name, `these credentials may not ask: ${explainError(error)}`) : unknown(name, explainError(error))

/** Runs every check; one that AWS denies is missing, one that no one answers is unknown. */
export const runChecks = async (account: Account, environment: Environment): Promise<readonly Finding[]> => {
  const found = await Promise.all(checks.map(([name, check]) =>
    check(account, environment).catch((error: unknown) => [unanswered(name, error)])))
  return found.flat()
}
