/** What a month brings. */
export interface Workload {
  readonly files: number
  readonly sizeMb: number
  /** Users who ask for each file. */
  readonly users: number
  readonly devices: number
  /** How often each of these users fetches the file. */
  readonly downloads: number
}

/** What follows from a workload and the assumptions, per month. */
export interface Counts extends Workload {
  readonly requests: number
  readonly looks: number
  readonly completed: number
  readonly failed: number
  readonly transfers: number
  /** How often the progress of transfers is written. */
  readonly progress: number
  readonly partsPerFile: number
  /** 0 of files that are transferred as a whole. */
  readonly rangesPerFile: number
  readonly ranges: number
  readonly pushes: number
  /** Messages about users of files that many ask for. */
  readonly messages: number
  /** Invocations that tell users. */
  readonly tellings: number
  readonly gb: number
  /** Runs of MeasureBacklog, whatever happens. */
  readonly measurements: number
}

interface Assumptions {
  readonly shares: Readonly<Record<'retried' | 'premiere' | 'failure' | 'claimed', {readonly value: number}>>
  readonly looksPerUser: {readonly value: number}
  readonly throughputMbPerSecond: {readonly value: number}
  readonly secondsBetweenProgress: {readonly value: number}
  readonly partMb: {readonly value: number}
  readonly ranges: Readonly<Record<'fromMb' | 'mb' | 'most', {readonly value: number}>>
  readonly measurementsPerMonth: {readonly value: number}
  readonly queue: Readonly<Record<'usersAMessage' | 'partitions' | 'messagesABatch', {readonly value: number}>>
}

/** Ranges of whole parts, with a least size and a greatest number. */
const countRanges = (sizeMb: number, {partMb, ranges: {fromMb, mb, most}}: Assumptions): number => {
  const parts = Math.ceil(sizeMb / partMb.value)
  return sizeMb < fromMb.value ? 0 : Math.ceil(parts / Math.max(Math.ceil(mb.value / partMb.value), Math.ceil(parts / most.value)))
}

/** A message a partition, and one for every hundred users or so; none if they are notified at once. */
const countMessages = (users: number, {queue: {usersAMessage, partitions}}: Assumptions): number =>
  users > usersAMessage.value ? partitions.value + Math.ceil(users / usersAMessage.value) : 0

/** Counts what a month brings. */
export const countMonth = (workload: Workload, usage: Assumptions): Counts => {
  const {files, sizeMb, users, devices} = workload
  const {shares} = usage
  const failed = files * shares.failure.value
  const completed = files - failed
  const rangesPerFile = countRanges(sizeMb, usage)
  const messages = files * countMessages(users, usage)
  return {
    ...workload,
    requests: files * users,
    looks: files * users * usage.looksPerUser.value,
    completed,
    failed,
    transfers: files * (1 + shares.retried.value + shares.premiere.value),
    progress: completed * Math.ceil(sizeMb / usage.throughputMbPerSecond.value / usage.secondsBetweenProgress.value),
    rangesPerFile,
    ranges: completed * rangesPerFile,
    partsPerFile: Math.ceil(sizeMb / usage.partMb.value),
    pushes: files * users * devices,
    messages,
    tellings: files + messages / usage.queue.messagesABatch.value,
    gb: completed * sizeMb / 1024,
    measurements: usage.measurementsPerMonth.value
  }
}
