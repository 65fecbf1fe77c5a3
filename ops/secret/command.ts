import {readFileSync} from 'node:fs'
import {DescribeParametersCommand, PutParameterCommand, SSMClient} from '@aws-sdk/client-ssm'
import {argumentsIn} from '../program/arguments'
import {RefusedError, UsageError} from '../program/errors'
import {clientOptions} from '../stack/account'
import {type Environment, readEnvironment} from '../stack/environment'
import {parameterOf, type Secret, secretProblem, secrets} from '../stack/secrets'

const usage = `npm run ops -- secret list ENV                     which secrets the stack of ENV has, and since when
npm run ops -- secret set  ENV NAME [--file FILE]  write one, from the file or from stdin, as an SSM SecureString
  NAME is ${secrets.map(({name}) => name).join(', ')}
  --json  list: for a program
No value is ever printed.`

const options = {file: {type: 'string'}, json: {type: 'boolean', default: false}, help: {type: 'boolean', short: 'h', default: false}} as const

const secretNamed = (name: string | undefined): Secret => {
  const secret = secrets.find((each) => each.name === name)
  if (secret === undefined) {
    throw new UsageError(`${name === undefined ? 'Say which secret' : `There is no secret '${name}'`}: ${secrets.map((each) => each.name).join(', ')}.`)
  }
  return secret
}

const valueFrom = (file: string | undefined): string => {
  try {
    return readFileSync(file ?? 0, 'utf8').trimEnd()
  } catch (error) {
    throw new UsageError(`${file ?? 'stdin'} cannot be read: ${(error as Error).message}`)
  }
}

const set = async (environment: Environment, secret: Secret, file: string | undefined): Promise<void> => {
  const value = valueFrom(file)
  const problem = secretProblem(secret, value)
  if (problem !== undefined) {
    throw new RefusedError(`The secret ${secret.name} ${problem}.`)
  }
  const Name = parameterOf(secret, environment)
  await new SSMClient(clientOptions(environment.region)).send(new PutParameterCommand({Name, Value: value, Type: 'SecureString', Tier: 'Intelligent-Tiering', Overwrite: true}))
  console.log(`${Name} is written.`)
  if (secret.optIn && environment.text(secret.variable) === '') {
    console.log(`Name it in terraform/environments/${environment.name}.tfvars, then apply:\n${secret.variable} = "${Name}"`)
  }
}

interface Listed {
  readonly name: string
  readonly parameter: string
  readonly changed: string | undefined
}

const list = async (environment: Environment): Promise<readonly Listed[]> => {
  const names = secrets.map((secret) => parameterOf(secret, environment))
  const {Parameters = []} = await new SSMClient(clientOptions(environment.region)).send(new DescribeParametersCommand({
    ParameterFilters: [{Key: 'Name', Option: 'Equals', Values: names}]
  }))
  const dates = new Map(Parameters.map(({Name, LastModifiedDate}) => [Name, LastModifiedDate?.toISOString()]))
  return secrets.map(({name}, index) => ({name, parameter: names[index]!, changed: dates.get(names[index])}))
}

const printList = (listed: readonly Listed[], json: boolean): void => json
  ? console.log(JSON.stringify(listed, null, 2))
  : listed.forEach(({name, parameter, changed}) => console.log(`${name.padEnd(20)}  ${parameter}  ${changed ?? 'not there'}`))

/** `npm run ops -- secret …`. Throws UsageError and RefusedError. */
export const secret = async (args: readonly string[]): Promise<number> => {
  const {values, positionals: [command = '', name, ...rest]} = argumentsIn({args: [...args], options, allowPositionals: true})
  if (values.help) {
    console.log(usage)
    return 0
  }
  if (command !== 'list' && command !== 'set') {
    throw new UsageError(`${command === '' ? 'Say what to do' : `There is no command '${command}'`}: list or set.`)
  }
  if (rest.length > (command === 'set' ? 1 : 0)) {
    throw new UsageError(`secret ${command} takes no '${rest.at(-1)}'; a value comes from a file or from stdin.`)
  }
  const environment = readEnvironment(name)
  if (command === 'list') {
    printList(await list(environment), values.json)
  } else {
    await set(environment, secretNamed(rest[0]), values.file)
  }
  return 0
}
