import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {Ajv} from 'ajv'
import addFormats from 'ajv-formats'
import {forAjv} from '../../shared/contracts/ajv'
import {eventsFolder, readContracts, readSource, type Schema} from '../../shared/contracts/schema'
import {eventSources, type EventName} from '../../src/types/eventbridge'
import {validators} from '../../src/types/eventbridge.validators'
import {parseEvent} from '../../src/util/eventbridge-helpers'
import {envelopeOf} from '../helpers/envelope'

type Detail = Readonly<Record<string, unknown>>

const root = join(import.meta.dirname, '../..')
const contracts = readContracts(root)
const read = (path: string): Detail => JSON.parse(readFileSync(path, 'utf8')) as Detail
const examplesOf = (event: string): Array<{event: EventName, schema: Schema, name: string, detail: Detail}> => {
  const folder = join(root, eventsFolder, event, 'examples')
  const {schema} = contracts.find((contract) => contract.event === event)!
  return readdirSync(folder).map((name) => ({event: event as EventName, schema, name, detail: read(join(folder, name))}))
}
const examples = contracts.flatMap(({event}) => examplesOf(event))
const properties = examples.flatMap((example) => Object.keys(example.detail).map((property) => ({...example, property})))

const refusal = (event: EventName, detail: unknown): string => {
  try {
    parseEvent(event, envelopeOf(event, detail))
    return 'accepted'
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

describe('examples', () => {
  it.each(contracts)('$event has at least one', ({event}) => {
    expect(examplesOf(event).length).toBeGreaterThan(0)
  })

  it.each(examples)('$event/$name parses, and nothing of it is lost', ({event, detail}) => {
    expect(parseEvent(event, envelopeOf(event, detail))).toEqual({
      detailType: event, detail, id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718', time: '2025-11-23T10:00:00Z'
    })
  })

  it.each(examples)('$event/$name fits the schema as plain Ajv reads it', ({schema, detail}) => {
    const ajv = addFormats(new Ajv({strict: false}))
    expect({valid: ajv.validate(forAjv(schema), detail), errors: ajv.errors}).toEqual({valid: true, errors: null})
  })

  it.each(examples)('$event/$name has properties of the contract only', ({schema, detail}) => {
    expect(Object.keys(detail).filter((name) => schema.properties?.[name] === undefined)).toEqual([])
  })

  it.each(examples)('$event/$name parses with a property of tomorrow', ({event, detail}) => {
    expect(validators[event]({...detail, propertyOfTomorrow: {a: [1]}})).toBe(true)
  })
})

describe('parseEvent', () => {
  it.each(properties)('names $property of $event/$name when it has the wrong type', ({event, property, detail}) => {
    expect(refusal(event, {...detail, [property]: {}})).toMatch(new RegExp(`^InvalidEventError: .*detail\\.${property} must be .*got \\{\\}`))
  })

  it.each(properties)('knows whether $property of $event/$name may be absent', ({event, property, detail, schema}) => {
    const {[property]: _, ...rest} = detail
    expect(refusal(event, rest)).toMatch(schema.required?.includes(property) ? new RegExp(`detail\\.${property} is required and missing`) : /^accepted$/)
  })

  it('covers every property of every contract with its examples', () => {
    expect(contracts.flatMap(({event, schema}) => Object.keys(schema.properties ?? {}).map((property) => `${event}.${property}`)).sort())
      .toEqual([...new Set(properties.map(({event, property}) => `${event}.${property}`))].sort())
  })
})

describe('eventSources', () => {
  it('has the source of each contract', () => {
    expect(eventSources).toEqual(Object.fromEntries(contracts.map(({event, schema}) => [event, readSource(schema)])))
    expect(eventSources).toMatchObject({
      FileRequested: 'mediadownloader.request',
      FileMetadataReady: 'mediadownloader.metadata',
      FileDownloadStarted: 'mediadownloader.download',
      FileDownloadCompleted: 'mediadownloader.download',
      FileDownloadFailed: 'mediadownloader.download'
    })
  })
})
