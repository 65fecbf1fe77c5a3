import {BudgetsClient, DescribeBudgetsCommand} from '@aws-sdk/client-budgets'
import {GetAccountSettingsCommand, LambdaClient} from '@aws-sdk/client-lambda'
import {paginateListServiceQuotas, ServiceQuotasClient} from '@aws-sdk/client-service-quotas'
import {SFNClient, ValidateStateMachineDefinitionCommand} from '@aws-sdk/client-sfn'
import {ListPlatformApplicationsCommand, SNSClient} from '@aws-sdk/client-sns'
import {GetParameterCommand, SSMClient} from '@aws-sdk/client-ssm'
import {isErrorNamed} from '../../../shared/errors'
import {accountId, clientOptions} from '../account'
import {type Document, fetchDocument} from '../issuer'

export interface Quota {
  readonly name: string
  readonly value: number
}

/** Of Lambda, invocations at a time in a Region. */
export interface Concurrency {
  readonly quota: number
  /** What no function of the account has reserved. */
  readonly unreserved: number
}

/** What preflight asks an account; each throws what AWS answers. */
export interface Account {
  /** Twelve digits. */
  id: () => Promise<string>
  /** Errors that Step Functions finds in a definition. */
  definitionErrors: (definition: string) => Promise<readonly string[]>
  lambdaConcurrency: () => Promise<Concurrency>
  /** Quotas of a service (`events`, `states`) as they apply to the account. */
  quotas: (service: string) => Promise<readonly Quota[]>
  /** Succeeds if push applications may be listed. */
  listPushApplications: () => Promise<void>
  /** Value of a SecureString; undefined if there is none. */
  parameter: (name: string) => Promise<string | undefined>
  /** Succeeds if budgets may be seen. */
  listBudgets: (account: string) => Promise<void>
  /** A document on the Internet. */
  document: (url: string) => Promise<Document>
}

const listQuotas = async (region: string, service: string): Promise<readonly Quota[]> => {
  const found: Quota[] = []
  for await (const {Quotas = []} of paginateListServiceQuotas({client: new ServiceQuotasClient(clientOptions(region))}, {ServiceCode: service})) {
    found.push(...Quotas.map(({QuotaName = '', Value = 0}) => ({name: QuotaName, value: Value})))
  }
  return found
}

const readParameter = async (region: string, name: string): Promise<string | undefined> => {
  try {
    const {Parameter} = await new SSMClient(clientOptions(region)).send(new GetParameterCommand({Name: name, WithDecryption: true}))
    return Parameter?.Value
  } catch (error) {
    if (isErrorNamed(error, 'ParameterNotFound')) {
      return undefined
    }
    throw error
  }
}

const readConcurrency = async (region: string): Promise<Concurrency> => {
  const {AccountLimit: {ConcurrentExecutions = 0, UnreservedConcurrentExecutions = 0} = {}} =
    await new LambdaClient(clientOptions(region)).send(new GetAccountSettingsCommand())
  return {quota: ConcurrentExecutions, unreserved: UnreservedConcurrentExecutions}
}

/** The account of the credentials at hand. */
export const openAccount = (region: string): Account => {
  const options = clientOptions(region)
  return {
    id: () => accountId(region),
    definitionErrors: async (definition) => {
      const {diagnostics = []} = await new SFNClient(options).send(new ValidateStateMachineDefinitionCommand({definition, type: 'STANDARD'}))
      return diagnostics.filter(({severity}) => severity === 'ERROR').map(({message, location = ''}) => `${message} ${location}`.trim())
    },
    lambdaConcurrency: () => readConcurrency(region),
    quotas: (service) => listQuotas(region, service),
    listPushApplications: async () => void await new SNSClient(options).send(new ListPlatformApplicationsCommand()),
    parameter: (name) => readParameter(region, name),
    listBudgets: async (account) => void await new BudgetsClient(options).send(new DescribeBudgetsCommand({AccountId: account, MaxResults: 1})),
    document: fetchDocument
  }
}
