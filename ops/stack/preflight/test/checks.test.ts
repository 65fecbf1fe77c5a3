import {describe, expect, it} from '@jest/globals'
import type {Account} from '../account'
import {runChecks} from '../checks'
import {findingLines} from '../findings'

const quotas = {
  events: [{name: 'PutEvents throttle limit in transactions per second', value: 10_000}],
  states: [
    {name: 'StartExecution API action token refill rate per second (Standard)', value: 300},
    {name: 'StateTransition token refill rate per second', value: 5000}
  ]
}

/** An account that has everything. */
const ready: Account = {
  id: () => Promise.resolve('123456789012'),
  definitionErrors: () => Promise.resolve([]),
  lambdaConcurrency: () => Promise.resolve({quota: 1000, unreserved: 940}),
  quotas: (service) => Promise.resolve(quotas[service as keyof typeof quotas]),
  listPushApplications: () => Promise.resolve(),
  parameter: () => Promise.resolve('{"signing_key": "a", "key_id": "b", "team_id": "c", "bundle_id": "d"}'),
  listBudgets: () => Promise.resolve(),
  document: () => Promise.resolve({status: 200, json: {issuer: 'https://issuer.example.com', jwks_uri: 'https://issuer.example.com/keys', keys: [{kid: '1'}]}})
}

const environmentWith = (settings: Readonly<Record<string, string | number>>) => ({
  name: 'prod', suffix: '', region: 'us-west-2',
  text: (name: string) => String(settings[name] ?? ''), number: (name: string) => Number(settings[name] ?? 0)
})

const full = environmentWith({jwt_issuer: 'https://issuer.example.com', apns_parameter: '/MediaDownloader/Apns', monthly_budget_usd: 25})

const verdicts = async (account: Partial<Account>, environment = full): Promise<Record<string, string>> =>
  Object.fromEntries((await runChecks({...ready, ...account}, environment)).map(({name, verdict, detail}) => [name, `${verdict} ${detail}`]))

const denied = (): Promise<never> => Promise.reject(Object.assign(new Error('no leave'), {name: 'AccessDeniedException'}))

describe('preflight', () => {
  it('finds nothing missing in an account that has everything', async () => {
    const found = await runChecks(ready, full)
    expect(found.map(({name, verdict}) => `${name} ${verdict}`)).toEqual([
      'workflow FileDownloadWorkflow ok', 'Lambda ok', 'Lambda reservations ok', 'EventBridge PutEvents ok', 'Step Functions StartExecution ok', 'Step Functions state transitions ok',
      'push applications ok', 'secret apns ok', 'issuer ok', 'budget ok'
    ])
  })

  it.each<[string, string, Partial<Account>, RegExp]>([
    ['a definition that Step Functions refuses', 'workflow FileDownloadWorkflow', {definitionErrors: () => Promise.resolve(['no such state /States/A'])}, /^missing .*no such state/],
    ['a new account\'s concurrency', 'Lambda', {lambdaConcurrency: () => Promise.resolve({quota: 10, unreserved: 10})}, /^missing .*may run 10 invocations.*at least 100/],
    ['a quota that the settings take for higher', 'Lambda reservations', {lambdaConcurrency: () => Promise.resolve({quota: 10, unreserved: 10})}, /^missing account_concurrency is 1000 for prod, but the account has 10, of which 10 cannot be reserved: write account_concurrency = 10/],
    ['a low rate of PutEvents', 'EventBridge PutEvents', {quotas: () => Promise.resolve([{name: 'PutEvents throttle limit', value: 5}])}, /^missing 5 a second; ask AWS for at least 100/],
    ['a quota that no one names', 'Step Functions StartExecution', {quotas: () => Promise.resolve([])}, /^unknown Service Quotas names no rate/],
    ['credentials that may not see push applications', 'push applications', {listPushApplications: denied}, /^missing these credentials may not ask: AccessDeniedException: no leave/],
    ['a secret that no one wrote', 'secret apns', {parameter: () => Promise.resolve(undefined)}, /^missing \/MediaDownloader\/Apns is not there: npm run ops -- secret set prod apns/],
    ['a secret of another shape', 'secret apns', {parameter: () => Promise.resolve('{"signing_key": "abc"}')}, /^missing .*it lacks key_id, team_id, bundle_id/],
    ['an issuer without a document', 'issuer', {document: () => Promise.resolve({status: 404, json: undefined})}, /^missing There is no discovery document at .* \(HTTP 404\)/],
    ['an issuer of another name', 'issuer', {document: () => Promise.resolve({status: 200, json: {issuer: 'https://issuer.example.com/', jwks_uri: 'https://x'}})}, /^missing .*to the last slash/],
    ['an issuer that is not there', 'issuer', {document: () => Promise.reject(new Error('fetch failed'))}, /^missing The issuer https:\/\/issuer.example.com does not answer this machine: fetch failed/],
    ['credentials that may not see budgets', 'budget', {listBudgets: denied}, /^missing these credentials may not ask/],
    ['a service that does not answer', 'Lambda', {lambdaConcurrency: () => Promise.reject(new Error('socket hang up'))}, /^unknown socket hang up/]
  ])('tells %s', async (_, name, account, expected) => {
    expect((await verdicts(account))[name]).toMatch(expected)
  })

  it('says how much of Lambda\'s concurrency may be reserved, beside the 100 that it keeps', async () => {
    expect((await verdicts({}))['Lambda reservations']).toBe('ok 840 more may be reserved')
  })

  it('takes a low quota for right where the environment says it', async () => {
    const found = await verdicts({lambdaConcurrency: () => Promise.resolve({quota: 10, unreserved: 10})}, environmentWith({account_concurrency: 10}))
    expect(found['Lambda reservations']).toBe('ok 0 more may be reserved')
  })

  it('asks for nothing that the environment does not want', async () => {
    const found = await verdicts({parameter: denied, document: denied, listBudgets: denied}, environmentWith({}))
    expect(Object.values(found).filter((text) => !text.startsWith('ok'))).toEqual([])
    expect(found['API']).toMatch(/signed by IAM/)
  })

  it('shows no secret', async () => {
    const found = await verdicts({parameter: () => Promise.resolve('{"signing_key": "hush"}')})
    expect(JSON.stringify(found)).not.toContain('hush')
  })

  it('prints what is missing last', () => {
    const lines = findingLines([
      {name: 'a', verdict: 'missing', detail: 'x'}, {name: 'b', verdict: 'ok', detail: 'y'}, {name: 'c', verdict: 'unknown', detail: 'z'}
    ])
    expect(lines).toEqual(['ok       b: y', '?        c: z', 'MISSING  a: x'])
  })
})
