import {trustedJson} from '../../../shared/json'
import type {PutEventsEntry, PutEventsResult} from '../../runtime/core/types'
import type {Functions} from '../functions'
import type {Purpose, Source} from './answer'
import type {Objects} from './objects'
import type {Tables} from './tables'

/** A push that would have gone out. */
export interface Push {
  readonly userId: string
  readonly title: string
  readonly body: string
}

export interface DoorDeps {
  readonly tables: Tables
  readonly objects: Objects
  readonly functions: () => Functions
  readonly putEvents: (entries: readonly PutEventsEntry[]) => PutEventsResult
  readonly start: (machineArn: string, name: string, input: string) => void
  readonly source: () => Source
  readonly purpose: () => Purpose
  readonly onPush: (push: Push) => void
  /** No one knows what the world would have answered: the shadow ends here. */
  readonly halt: () => never
}

type Command = (...args: never[]) => unknown
type Door = Readonly<Record<string, Command>>

const lowerCased = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

export const shadowEndpoint = (userId: string): string => `arn:aws:sns:shadow:000000000000:endpoint/${userId}`

const parsePush = ({TargetArn, Message}: {TargetArn: string, Message: string}): Push => {
  const {default: whole} = trustedJson<{readonly default: string}>(Message)
  const [title = '', body = ''] = whole.split(/: (.*)/s)
  return {userId: TargetArn.slice(shadowEndpoint('').length), title, body}
}

const known = <T>(answer: T | 'unknown', {halt}: DoorDeps): T => answer === 'unknown' ? halt() : answer

const sourceDoors = (deps: DoorDeps): Record<string, Door> => ({
  Http: {
    openSource: (url: URL, {headers}: {headers?: Record<string, string>} = {}) =>
      known(deps.source().open(url, deps.purpose(), lowerCased(headers)), deps)
  },
  YtDlp: {
    describeMedia: (url: URL) => known(deps.source().describe(url, deps.purpose()), deps),
    downloadMedia: ({info}: {info: {url: string}}) => {
      const {headers, body, finalUrl} = known(deps.source().open(new URL(info.url), 'transfer', {}), deps)
      return {extension: finalUrl.pathname.split('.').at(-1), size: Number(headers['content-length']), body, remove: () => Promise.resolve()}
    }
  }
})

const silent: Door = {writeLog: () => undefined, addLogContext: () => undefined, emitMetrics: () => undefined}

const buildDoors = (deps: DoorDeps): Readonly<Record<string, Door>> => ({
  ...sourceDoors(deps),
  Logger: silent,
  Metrics: silent,
  'AWS/DynamoDB': deps.tables.commands,
  'AWS/S3': deps.objects.commands,
  'AWS/S3Multipart': deps.objects.commands,
  'AWS/EventBridge': {putEvents: ({Entries}: {Entries: PutEventsEntry[]}) => deps.putEvents(Entries)},
  'AWS/SNS': {
    publish: (input: {TargetArn: string, Message: string}) => {
      deps.onPush(parsePush(input))
      return {MessageId: 'shadow'}
    },
    deleteEndpoint: () => ({})
  },
  'AWS/Lambda': {
    invoke: async ({FunctionName, Payload}: {FunctionName: string, Payload: Uint8Array | string}) => {
      const {payload, functionError} = await deps.functions().invoke(FunctionName, Buffer.from(Payload).toString('utf8'))
      return {StatusCode: 200, Payload: Buffer.from(payload), FunctionError: functionError}
    }
  },
  'AWS/StepFunctions': {
    startExecution: ({stateMachineArn, name, input}: {stateMachineArn: string, name?: string, input: string}) => {
      deps.start(stateMachineArn, name ?? `shadow-${stateMachineArn.length}`, input)
      return {executionArn: `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`, startDate: new Date()}
    }
  },
  'AWS/SSM': {getParameter: () => ({Parameter: {Value: 'shadow'}})}
})

const openable = (doors: Readonly<Record<string, Door>>, door: string, command: string): Command => {
  const open = doors[door]?.[command]
  if (open === undefined) {
    throw new Error(`Expected the shadow to know the door ${door}; it has no answer for ${command}. Give it one in local/replay/doors.`)
  }
  return open
}

/** The doors of a shadow: what they answer is recorded or worked out, and nothing leaves the process. */
export const createDoors = (deps: DoorDeps): (door: string, command: string, args: readonly unknown[]) => unknown => {
  const doors = buildDoors(deps)
  return (door, command, args) => {
    if (doors[door] === silent) {
      return undefined
    }
    try {
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- the functions call each door with what its type demands
      return Promise.resolve(openable(doors, door, command)(...args as never[]))
    } catch (error) {
      return Promise.reject(error)
    }
  }
}
