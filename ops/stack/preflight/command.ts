import {globSync} from 'node:fs'
import {join} from 'node:path'
import type {Result} from '../../../shared/cli/command'
import {bucketsIn} from '../account'
import type {Environment} from '../environment'
import {root} from '../../program/root'
import {findPlace, told} from '../state'
import {findTofu} from '../tofu'
import {openAccount} from './account'
import {runChecks} from './checks'
import {type Finding, findingLines, missing, ok} from './findings'

const built = (): Finding => {
  const wanted = globSync('terraform/lambda_*.tf', {cwd: root}).length
  const there = globSync('dist/lambdas/*.zip', {cwd: join(root)}).length
  return there >= wanted ? ok('packages', `${there} functions are built`) : missing('packages', `${wanted - there} functions are not built: npm run build`)
}

const machine = async (environment: Environment): Promise<Finding[]> => [
  built(),
  ok('program', findTofu()),
  ok('state', told(environment, await findPlace(environment, bucketsIn(environment.region), process.env)))
]

/** `stack preflight`: asks machine and account, makes nothing; its exit code is 1 if something is missing. */
export const preflight = async (environment: Environment): Promise<Result> => {
  const account = openAccount(environment.region)
  const id = await account.id()
  const findings = [ok('account', `${id}, ${environment.region}`), ...await machine(environment), ...await runChecks(account, environment)]
  const lacking = findings.filter(({verdict}) => verdict === 'missing').length
  return {
    value: {environment: environment.name, account: id, ready: lacking === 0, findings},
    text: [...findingLines(findings), `${lacking === 0 ? 'Nothing is' : lacking} missing for ${environment.name}.`].join('\n'),
    code: lacking === 0 ? 0 : 1
  }
}
