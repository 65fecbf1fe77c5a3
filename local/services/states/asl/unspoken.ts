import {asList, asObject, isObject, type Json, parsedJson} from '../../../../shared/json'

/** Something of the States Language that the embedded runtime would not do, and where it stands. */
export interface Unspoken {
  readonly what: string
  /** JSON pointer. */
  readonly location: string
}

/** Fields of a state that change what it does. */
const ofState = ['Assign', 'ItemReader', 'ItemBatcher', 'ResultWriter', 'Credentials'] as const

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

const found = (is: boolean, what: string, location: string): Unspoken[] => is ? [{what, location}] : []

const inLanguage = (value: Json, location: string): Unspoken[] =>
  found(value['QueryLanguage'] !== undefined && value['QueryLanguage'] !== 'JSONPath', `QueryLanguage ${String(value['QueryLanguage'])}`, `${location}/QueryLanguage`)

const inRules = (state: Json, field: 'Choices' | 'Catch', location: string): Unspoken[] => asList(state[field]).flatMap((rule, index) =>
  found(isObject(rule) && rule['Assign'] !== undefined, 'Assign', `${location}/${field}/${index}/Assign`))

const inState = (state: Json, location: string): Unspoken[] => {
  const processor = asObject(state['ItemProcessor'])
  return [
    ...inLanguage(state, location),
    ...ofState.flatMap((field) => found(state[field] !== undefined, field, `${location}/${field}`)),
    ...inRules(state, 'Choices', location), ...inRules(state, 'Catch', location),
    ...found(asObject(processor['ProcessorConfig'])['Mode'] === 'DISTRIBUTED', 'a Map of the mode DISTRIBUTED', `${location}/ItemProcessor/ProcessorConfig/Mode`),
    ...inMachine(processor, `${location}/ItemProcessor`), ...inMachine(asObject(state['Iterator']), `${location}/Iterator`),
    ...asList(state['Branches']).flatMap((branch, index) => inMachine(asObject(branch), `${location}/Branches/${index}`))
  ]
}

const inMachine = (machine: Json, location: string): Unspoken[] => [
  ...inLanguage(machine, location),
  ...Object.entries(asObject(machine['States'])).flatMap(([name, state]) => inState(asObject(state), `${location}/States/${escaped(name)}`))
]

/** What of a definition the embedded runtime does not speak: nothing of it is ignored silently. */
export const unspokenIn = (definition: string): readonly Unspoken[] => {
  const unspoken = known.get(definition) ?? inMachine(asObject(parsedJson(definition)), '')
  known.set(definition, unspoken)
  return unspoken
}

/** Asked for at each start; there are as many definitions as the wiring has. */
const known = new Map<string, readonly Unspoken[]>()

/** For people. */
export const unspokenSentence = ({what, location}: Unspoken): string =>
  `The embedded Step Functions does not speak ${what} (at ${location}). AWS may take it; run it there, or write it in JSONPath without it.`
