import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {registryDocument} from '../../build/contracts/registry-document'
import {readContracts} from '../../shared/contracts/schema'
import {envelopeOf} from '../helpers/envelope'

interface Module {
  readonly resources?: ReadonlyArray<{readonly type: string, readonly values: {readonly name?: string, readonly content?: string}}>
  readonly child_modules?: readonly Module[]
}

const root = join(import.meta.dirname, '../..')
const contracts = readContracts(root)
const registered = ({resources = [], child_modules = []}: Module): Array<{name: string, document: unknown}> => [
  ...resources.filter(({type}) => type === 'aws_schemas_schema').map(({values}) => ({name: values.name!, document: JSON.parse(values.content!) as unknown})),
  ...child_modules.flatMap(registered)
]

describe('the registry document', () => {
  it('describes the detail without what OpenAPI 3.0 does not know', () => {
    const contract = contracts.find(({event}) => event === 'FileRequested')!
    const {$schema: _, 'x-amazon-events-source': _source, 'x-amazon-events-detail-type': _type, ...detail} = contract.schema
    expect(registryDocument(contract).components.schemas.FileRequested).toEqual(detail)
  })

  it.each(contracts)('of $event wraps it in the true envelope', (contract) => {
    const {AWSEvent} = registryDocument(contract).components.schemas
    const {properties, required} = AWSEvent as unknown as {properties: Record<string, {enum?: string[]}>, required: string[]}
    const delivered = Object.keys(envelopeOf('FileRequested', {})).sort()
    expect({version: properties.version?.enum, required: [...required].sort(), known: Object.keys(properties).sort()})
      .toEqual({version: ['0'], required: delivered, known: [...delivered, 'replay-name'].sort()})
  })

  it('is what Terraform gives to the registry', () => {
    const {values} = JSON.parse(readFileSync(join(root, 'local/wiring.json'), 'utf8')) as {values: {root_module: Module}}
    expect(Object.fromEntries(registered(values.root_module).map(({name, document}) => [name, document])))
      .toEqual(Object.fromEntries(contracts.map((contract) => [contract.event, registryDocument(contract)])))
  })
})
