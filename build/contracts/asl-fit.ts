import type {Entry} from 'asl-verify/facts/facts'
import {contractAjv, forAjv} from '../../shared/contracts/ajv'
import {readSource, type Contract, type Schema} from '../../shared/contracts/schema'

/** What the context object gives, as Step Functions writes it. */
const contextValues: Readonly<Record<string, unknown>> = {
  '$$.State.EnteredTime': '2025-11-23T10:00:02.000Z',
  '$$.Execution.StartTime': '2025-11-23T10:00:00.000Z',
  '$$.Execution.Id': 'arn:aws:states:us-west-2:123456789012:execution:FileDownloadWorkflow:2f1c',
  '$$.Execution.Name': '2f1c'
}

/** Why an entry that a state publishes does not fit its contract, one sentence each; what only the run can tell is taken to be right. */
export const aslMisfits = ({DetailType, Source, Detail}: Entry, contracts: readonly Contract[]): string[] => {
  const contract = contracts.find(({event}) => event === DetailType)
  if (contract === undefined) {
    return [`DetailType '${DetailType}' is no event`]
  }
  const {schema} = contract
  return [
    ...(Source === readSource(schema) ? [] : [`Source '${Source}' is not '${readSource(schema)}'`]),
    ...(typeof Detail === 'object' ? detailMisfits(Detail, schema) : ['Detail is not an object'])
  ]
}

const detailMisfits = (detail: Readonly<Record<string, unknown>>, schema: Schema): string[] => {
  const given = Object.entries(detail).map(([key, value]) => ({name: key.replace(/\.\$$/, ''), isPath: key.endsWith('.$'), value}))
  const names = given.map(({name}) => name)
  return [
    ...names.filter((name) => schema.properties?.[name] === undefined).map((name) => `'${name}' is not in the contract`),
    ...(schema.required ?? []).filter((name) => !names.includes(name)).map((name) => `'${name}' is required and missing`),
    ...given.flatMap(({name, isPath, value}) => valueMisfits(name, isPath ? contextValues[String(value)] : value, schema.properties?.[name]))
  ]
}

/** One for all: it compiles the schema of schemas first. */
const ajv = contractAjv()

const valueMisfits = (name: string, value: unknown, schema: Schema | undefined): string[] => {
  if (value === undefined || schema === undefined) {
    return []
  }
  return ajv.validate(forAjv(schema), value) ? [] : [`'${name}' ${ajv.errorsText(undefined, {dataVar: ''}).trim()}`]
}
