import {readFileSync} from 'node:fs'
import {DescribeParametersCommand, PutParameterCommand, SSMClient} from '@aws-sdk/client-ssm'
import {command, group} from '../../shared/cli/command'
import {RefusedError, UsageError} from '../../shared/cli/errors'
import {path} from '../../shared/cli/option'
import {describeError} from '../../shared/errors'
import {clientOptions} from '../stack/account'
import {readEnvironment} from '../stack/environment'
import {parameterName, type Secret, secretProblem, secrets} from '../stack/secrets'

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
    throw new UsageError(`${file ?? 'stdin'} cannot be read: ${describeError(error)}`)
  }
}

const written = command({
  name: 'set', summary: 'Writes a secret, from a file or from stdin, as an SSM SecureString; its value is never printed.', words: '[env] [name]',
  notes: `name is ${secrets.map(({name}) => name).join(', ')}.`, options: {file: path('file', 'that has the value (default: stdin)')},
  run: async ({words, file}) => {
    const environment = readEnvironment(words[0])
    const secret = secretNamed(words[1])
    const value = valueFrom(file)
    const problem = secretProblem(secret, value)
    if (problem !== undefined) {
      throw new RefusedError(`The secret ${secret.name} ${problem}.`)
    }
    const Name = parameterName(secret, environment)
    await new SSMClient(clientOptions(environment.region)).send(new PutParameterCommand({Name, Value: value, Type: 'SecureString', Tier: 'Intelligent-Tiering', Overwrite: true}))
    const isUnnamed = secret.optIn && environment.text(secret.variable) === ''
    const next = `Name it in terraform/environments/${environment.name}.tfvars, then apply:\n${secret.variable} = "${Name}"`
    return {value: {name: secret.name, parameter: Name}, text: [`${Name} is written.`, ...(isUnnamed ? [next] : [])].join('\n')}
  }
})

const listed = command({
  name: 'list', summary: 'Lists which secrets the stack of an environment has, and since when.', words: '[env]', options: {},
  run: async ({words}) => {
    const environment = readEnvironment(words[0])
    const names = secrets.map((secret) => parameterName(secret, environment))
    const {Parameters = []} = await new SSMClient(clientOptions(environment.region)).send(new DescribeParametersCommand({
      ParameterFilters: [{Key: 'Name', Option: 'Equals', Values: names}]
    }))
    const dates = new Map(Parameters.map(({Name, LastModifiedDate}) => [Name, LastModifiedDate?.toISOString()]))
    const value = secrets.map(({name}, index) => ({name, parameter: names[index]!, changed: dates.get(names[index])}))
    return {value, text: value.map(({name, parameter, changed}) => `${name.padEnd(20)}  ${parameter}  ${changed ?? 'not there'}`).join('\n')}
  }
})

export const secret = group('secret', 'Writes the secrets that a stack reads by name.', [listed, written])
