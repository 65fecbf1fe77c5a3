import {listKeys} from '../../shared/json'
import type {Duration, FunctionUse, PriceName, Usage} from './data'
import type {Facts} from './facts'
import {rangesInStory} from './paths'
import type {Counts} from './workload'

export interface Part {
  readonly name: string
  readonly quantity: number
}

type Quantities = Readonly<Record<PriceName, readonly Part[]>>

const freeStorageMb = 512
const bytesPerGb = 1_073_741_824

/** Invocations of a function in a month. */
export interface Invocations {
  readonly name: string
  readonly count: number
  /** Billed of each on average. */
  readonly seconds: number
  readonly measured: Duration
}

/** A function that usage.json does not know is invoked as often for a file as it was while durations were measured. */
const countInvocations = (use: FunctionUse | undefined, {invocationsPerFile}: Duration, counts: Counts): number =>
  use === undefined ? invocationsPerFile * counts.files : use.per === null ? 0 : counts[use.per]

/** Megabytes of each invocation: of a file, or of a range if the files have some. */
const carriedMb = (use: FunctionUse | undefined, {sizeMb, rangesPerFile}: Counts): number => {
  const shares = use?.per === 'ranges' ? rangesPerFile : rangesPerFile === 0 ? 1 : 0
  return use?.carriesBytes === true && shares > 0 ? sizeMb / shares : 0
}

const listDurations = ({durations, functions}: Usage): ReadonlyArray<readonly [string, Duration]> => {
  const known = Object.entries(durations.functions)
  const alike = Object.entries(functions).flatMap(([name, {measuredAs = ''}]) => known.filter(([each]) => each === measuredAs).map(([, measured]) => [name, measured] as const))
  return [...known, ...alike.filter(([name]) => durations.functions[name] === undefined)]
}

/** Every function that is counted, with what it takes: as measured, its Init where a sandbox starts, what it waits for the source, and the bytes. */
export const listInvocations = (counts: Counts, usage: Usage): Invocations[] => listDurations(usage).map(([name, measured]) => {
  const use = usage.functions[name]
  const bytes = carriedMb(use, counts) / usage.throughputMbPerSecond.value
  const seconds = measured.seconds + usage.coldShare.value * measured.initSeconds + (use?.sourceSeconds ?? 0) + bytes
  return {name, count: countInvocations(use, measured, counts), seconds, measured}
}).filter(({count}) => count > 0)

const findFunction = ({functions}: Facts, name: string) => {
  const size = functions[name]
  if (size === undefined) {
    throw new Error(`Expected the wiring to have the function ${name}; it has ${Object.keys(functions).join(', ')}.`)
  }
  return size
}

const lambda = (facts: Facts, invocations: readonly Invocations[]) => ({
  lambdaRequests: invocations.map(({name, count}) => ({name, quantity: count})),
  lambdaGbSeconds: invocations.map(({name, count, seconds}) => ({name, quantity: count * seconds * findFunction(facts, name).memoryMb / 1024})),
  lambdaStorageGbSeconds: invocations.map(({name, count, seconds}) =>
    ({name, quantity: count * seconds * (findFunction(facts, name).storageMb - freeStorageMb) / 1024}))
})

/**
 * Transitions of a month, way by way. The shares of the other ways are taken from the successes; duplicates come on top. What ranges add
 * is the same on every way to the end.
 */
export const countTransitions = ({transitions}: Facts, {files, completed, rangesPerFile}: Counts, {shares}: Usage): Part[] => {
  const {retried, premiere, failure, claimed} = shares
  const success = 1 - retried.value - premiere.value - failure.value
  const shared = {success, retried: retried.value, premiere: premiere.value, failure: failure.value, claimed: claimed.value}
  const ways: Part[] = listKeys(shared).map((name) => ({name, quantity: files * shared[name] * transitions[name]}))
  const added = transitions.ranged - transitions.success - rangesInStory + rangesPerFile
  return rangesPerFile === 0 ? ways : [...ways, {name: 'ranges', quantity: completed * added}]
}

const listEvents = ({files, completed, failed, progress}: Counts): Part[] => [
  {name: 'FileRequested', quantity: files},
  {name: 'FileMetadataReady', quantity: files},
  {name: 'FileDownloadStarted', quantity: files},
  // At three marks, and seen no more often than progress is written.
  {name: 'FileDownloadProgressed', quantity: Math.min(3 * completed, progress)},
  {name: 'FileDownloadCompleted', quantity: completed},
  {name: 'FileDownloadFailed', quantity: failed}
]

const table = ({requests, looks, files, progress, pushes, users, ranges}: Counts, {writes, reads, itemKb}: Usage) => ({
  writeUnits: [
    {name: 'requests', quantity: requests * writes.perRequest.value},
    {name: 'files', quantity: files * writes.perFile.value * itemKb.value},
    {name: 'progress', quantity: progress * writes.perProgress.value * itemKb.value},
    {name: 'ranges', quantity: ranges * writes.perRange.value * itemKb.value},
    {name: 'push ledger', quantity: pushes * writes.perDevice.value}
  ],
  readUnits: [
    {name: 'requests', quantity: requests * reads.perRequest.value},
    {name: 'files', quantity: files * reads.perFile.value},
    {name: 'devices', quantity: files * users * reads.perDevice.value},
    {name: 'ranges', quantity: ranges * reads.perRange.value},
    {name: 'looks', quantity: looks * reads.perLook.value}
  ],
  // The record, its two entries in indexes, the users' items.
  tableGbMonths: [{name: 'a month of files', quantity: (files * 2 * itemKb.value + requests * 2) / 1_048_576}]
})

const media = ({completed, transfers, partsPerFile, ranges, downloads, users, gb}: Counts) => ({
  s3Writes: [{name: 'multipart uploads', quantity: completed * (partsPerFile + 2)}, {name: 'parts that are there', quantity: ranges}],
  s3Reads: [{name: 'is it there', quantity: transfers + completed}, {name: 'downloads', quantity: completed * users * downloads}],
  s3GbMonths: [{name: 'a month of files', quantity: gb}],
  egressGb: [{name: 'downloads', quantity: gb * users * downloads}]
})

interface Logged {
  readonly invocations: number
  readonly transitions: number
}

const watching = (facts: Facts, {requests, looks, files}: Counts, usage: Usage, {invocations, transitions}: Logged) => {
  const parts = [
    {name: 'functions', quantity: invocations * usage.logBytesPerInvocation.value / bytesPerGb},
    {name: 'workflow', quantity: transitions * usage.logBytesPerTransition.value / bytesPerGb},
    {name: 'API', quantity: (requests + looks) * usage.logBytesPerRequest.value / bytesPerGb}
  ]
  return {
    logsGb: parts,
    logsGbMonths: parts.map(({name, quantity}) => ({name, quantity: quantity * usage.logMonths.value})),
    traces: [{name: 'API', quantity: requests + looks}, {name: 'object created', quantity: files}],
    metrics: [{name: 'EMF', quantity: usage.metrics.value}],
    alarms: [{name: 'alarms', quantity: facts.alarmMetrics}],
    dashboards: [{name: 'MediaDownloader', quantity: facts.dashboards}]
  }
}

const sum = (parts: readonly Part[]): number => parts.reduce((total, {quantity}) => total + quantity, 0)

/** How much of each priced thing a month takes. */
export const computeQuantities = (counts: Counts, facts: Facts, usage: Usage): Quantities => {
  const invocations = listInvocations(counts, usage)
  const transitions = countTransitions(facts, counts, usage)
  const events = listEvents(counts)
  const archived = sum(events) * usage.eventBytes.value / bytesPerGb
  return {
    ...lambda(facts, invocations),
    transitions,
    events,
    archiveProcessedGb: [{name: 'every event', quantity: archived}],
    archiveStoredGbMonths: [{name: 'every event', quantity: archived * usage.archiveMonths.value}],
    ...table(counts, usage),
    ...media(counts),
    apiRequests: [{name: 'POST', quantity: counts.requests}, {name: 'GET', quantity: counts.looks}],
    ...watching(facts, counts, usage, {invocations: invocations.reduce((total, {count}) => total + count, 0), transitions: sum(transitions)}),
    pushes: [{name: 'devices', quantity: counts.pushes}],
    // Sent, and received and deleted by the batch or less.
    queueRequests: [{name: 'looks of Lambda', quantity: usage.queue.pollsPerMonth.value}, {name: 'messages', quantity: counts.messages * 3}]
  }
}
