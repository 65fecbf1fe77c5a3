import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from '@jest/globals'
import {priceTable, shippedUsage, type PriceName, type Usage} from '../data'
import {readFacts, type Facts} from '../facts'
import {createBill, type Bill} from '../model'
import {reportText} from '../report'

const root = join(import.meta.dirname, '../../..')
const size = (memoryMb: number, storageMb = 512) => ({memoryMb, storageMb})

const facts: Facts = {
  functions: {
    RequestFile: size(512), ListFiles: size(512), StartFileUpload: size(1024), TransferFile: size(2048, 10_752),
    TransferRange: size(2048), S3ObjectCreated: size(512), SendPushNotification: size(512), MeasureBacklog: size(512), FileCoordinator: size(512)
  },
  transitions: {success: 6, ranged: 26, retried: 7, premiere: 9, failure: 11, exhausted: 16, claimed: 4},
  alarmMetrics: 20,
  dashboards: 1
}

const value = (number: number) => ({value: number, basis: 'made for this test'})

// Round figures, so that every line can be computed by hand.
const usage: Usage = {
  ...shippedUsage,
  throughputMbPerSecond: value(10),
  partMb: value(10),
  shares: {retried: value(0.1), premiere: value(0.1), failure: value(0.2), claimed: value(0.1)},
  functions: {...shippedUsage.functions, StartFileUpload: {per: 'files', sourceSeconds: 0.5}, TransferFile: {per: 'transfers', carriesBytes: true},
    TransferRange: {per: 'ranges', measuredAs: 'TransferFile', carriesBytes: true}},
  // Each takes 0.75 + 0.5 × 0.5 = 1 s, StartFileUpload 0.5 less and as much more.
  durations: {date: '2026-01-01', where: 'this test', functions: Object.fromEntries(Object.keys(shippedUsage.functions).filter((name) => name !== 'TransferRange').map((name) =>
    [name, {invocations: 4, invocationsPerFile: 1, seconds: name === 'StartFileUpload' ? 0.25 : 0.75, initSeconds: 0.5, maxMemoryMb: 99}]))},
  coldShare: value(0.5),
  ranges: {fromMb: value(200), mb: value(50), most: value(8)},
  measurementsPerMonth: value(1000),
  looksPerUser: value(2),
  eventBytes: value(1_073_741_824 / 1_000_000),
  archiveMonths: value(3),
  logBytesPerInvocation: value(1_073_741_824 / 1_000_000),
  logBytesPerTransition: value(1_073_741_824 / 1_000_000),
  logBytesPerRequest: value(1_073_741_824 / 1_000_000),
  logMonths: value(2),
  itemKb: value(2),
  secondsBetweenProgress: value(5),
  writes: {perRequest: value(2), perFile: value(10), perProgress: value(2), perRange: value(4), perDevice: value(2)},
  reads: {perRequest: value(2), perFile: value(6), perDevice: value(1), perRange: value(2), perLook: value(1)},
  queue: {usersAMessage: value(100), partitions: value(9), messagesABatch: value(2), pollsPerMonth: value(1000)},
  metrics: value(12)
}

const workload = {files: 1000, sizeMb: 102.4, users: 2, devices: 3, downloads: 1}

// 1,000 files, 2,000 requests, 4,000 looks, 800 completed, 200 failed, 1,200 transfers of 1 + 10.24 s, 11 parts each.
const byHand: Readonly<Record<PriceName, {readonly quantity: number, readonly usd: number}>> = {
  // 2,000 + 4,000 + 1,000 + 1,200 + 800 + 1,000 + 1,000
  lambdaRequests: {quantity: 11_000, usd: 0.0022},
  // (2,000 + 4,000 + 800 + 1,000 + 1,000) × 0.5 + 1,000 × 1 + 1,200 × 11.24 × 2
  lambdaGbSeconds: {quantity: 32_376, usd: 0.4316821584},
  // 1,200 × 11.24 s × 10 GB
  lambdaStorageGbSeconds: {quantity: 134_880, usd: 0.004167792},
  // 600 × 6 + 100 × 7 + 100 × 9 + 200 × 11 + 100 × 4
  transitions: {quantity: 7800, usd: 0.195},
  // 3 × 1,000 + 800 × ⌈10.24 / 5⌉ + 800 + 200
  events: {quantity: 6400, usd: 0.0064},
  archiveProcessedGb: {quantity: 0.0064, usd: 0.00064},
  archiveStoredGbMonths: {quantity: 0.0192, usd: 0.0004416},
  // 2,000 × 2 + 1,000 × 10 × 2 + 800 × ⌈10.24 / 5⌉ × 2 × 2 + 6,000 × 2
  writeUnits: {quantity: 45_600, usd: 0.0285},
  // 2,000 × 2 + 1,000 × 6 + 2,000 × 1 + 4,000 × 1
  readUnits: {quantity: 16_000, usd: 0.002},
  // (1,000 × 4 KB + 2,000 × 2 KB) in GB
  tableGbMonths: {quantity: 8000 / 1_048_576, usd: 0.0019073486328125},
  // 800 × (11 + 2)
  s3Writes: {quantity: 10_400, usd: 0.052},
  // 1,200 + 800, and 800 × 2 × 1
  s3Reads: {quantity: 3600, usd: 0.00144},
  // 800 × 0.1 GB
  s3GbMonths: {quantity: 80, usd: 1.84},
  apiRequests: {quantity: 6000, usd: 0.006},
  // (11,000 + 7,800 + 6,000) / 1,000,000
  logsGb: {quantity: 0.0248, usd: 0.0124},
  logsGbMonths: {quantity: 0.0496, usd: 0.001488},
  // 6,000 + 1,000
  traces: {quantity: 7000, usd: 0.035},
  pushes: {quantity: 6000, usd: 0.003},
  queueRequests: {quantity: 1000, usd: 0.0004},
  metrics: {quantity: 12, usd: 3.6},
  alarms: {quantity: 20, usd: 2},
  dashboards: {quantity: 1, usd: 3},
  // 80 GB × 2 users
  egressGb: {quantity: 160, usd: 14.4}
}

// 1,000 MB in 100 parts: at most 8 ranges, so 13 parts each. 800 files by 8 ranges, of 125 MB each.
const byRanges: Partial<Readonly<Record<PriceName, number>>> = {
  lambdaRequests: 11_000 + 6_400,
  // As above, but each of 1,200 plans takes 1 s, each of 6,400 ranges 1 + 12.5 s.
  lambdaGbSeconds: 5_400 + 1_200 * 2 + 6_400 * 13.5 * 2,
  // 800 × (26 − 6 − 16 + 8) on top
  transitions: 7_800 + 9_600,
  s3Writes: 800 * (100 + 2) + 6_400,
  // 800 × ⌈100 / 5⌉ × 2 × 2, 6,400 × 4 × 2
  writeUnits: 4_000 + 20_000 + 64_000 + 51_200 + 12_000,
  readUnits: 16_000 + 12_800
}

const lineOf = ({lines}: Bill, name: PriceName) => lines.find(({price}) => price === name)

describe('the bill of a month', () => {
  const bill = createBill(workload, facts, usage)

  test('has a line for every price', () => {
    expect(bill.lines.map(({price}) => price)).toEqual(Object.keys(priceTable))
  })

  test.each(Object.entries(byHand) as [PriceName, {quantity: number, usd: number}][])('has %s as computed by hand', (name, {quantity, usd}) => {
    expect(lineOf(bill, name)?.quantity).toBeCloseTo(quantity, 9)
    expect(lineOf(bill, name)?.usd).toBeCloseTo(usd, 9)
  })

  test.each(Object.entries(byRanges) as [PriceName, number][])('has %s of large files as computed by hand', (name, quantity) => {
    expect(lineOf(createBill({...workload, sizeMb: 1_000}, facts, usage), name)?.quantity).toBeCloseTo(quantity, 6)
  })

  test('has the messages, and the invocations, of files that many ask for', () => {
    // (9 + 3) messages a file, sent, received and deleted; two of them an invocation.
    const bills = [100, 201].map((users) => createBill({...workload, users}, facts, usage))
    expect(bills.map((many) => lineOf(many, 'queueRequests')?.quantity)).toEqual([1_000, 1_000 + 1_000 * 12 * 3])
    expect(lineOf(bills[1]!, 'lambdaRequests')!.quantity - lineOf(bills[0]!, 'lambdaRequests')!.quantity).toBeCloseTo(1_000 * 12 / 2 + 101 * 3_000, 6)
  })

  test('adds up', () => {
    expect(bill.total.usd).toBeCloseTo(Object.values(byHand).reduce((total, {usd}) => total + usd, 0), 9)
  })

  test('takes the free tiers off', () => {
    // 60 GB of egress at 0.09, 3,800 transitions, 2 metrics, 10 alarms; 32,376 GB-s are free.
    expect(['egressGb', 'transitions', 'metrics', 'alarms', 'lambdaGbSeconds'].map((name) => lineOf(bill, name as PriceName)?.afterFree))
      .toEqual([expect.closeTo(5.4, 9), expect.closeTo(0.095, 9), expect.closeTo(0.6, 9), expect.closeTo(1, 9), 0])
  })

  test('says what a thousand files cost', () => {
    expect(createBill({...workload, files: 4000}, facts, usage).lines.find(({price}) => price === 'transitions'))
      .toMatchObject({usd: expect.closeTo(0.78, 9), per1000: expect.closeTo(0.195, 9)})
  })

  test('counts a function that no one told of as often for a file as it was measured', () => {
    const {functions} = usage.durations
    const durations = {...usage.durations, functions: {...functions, Newcomer: {...functions.RequestFile!, invocationsPerFile: 2.5}}}
    const more = createBill(workload, {...facts, functions: {...facts.functions, Newcomer: size(512)}}, {...usage, durations})
    expect(lineOf(more, 'lambdaRequests')?.parts.at(-1)).toEqual({name: 'Newcomer', quantity: 2500})
  })

  test('names the functions that it leaves out', () => {
    expect(bill.notCounted).toEqual(['TransferRange', 'FileCoordinator'])
    expect(reportText(bill)).toContain('Not counted: TransferRange, FileCoordinator.')
  })

  test('says where its durations are from', () => {
    expect(reportText(bill)).toContain('durations measured on 2026-01-01 (npm run cost -- --measure): this test.')
  })

  test('is refused where the wiring lacks a function', () => {
    expect(() => createBill(workload, {...facts, functions: {}}, usage)).toThrow('Expected the wiring to have the function RequestFile')
  })
})

describe('what starts the downloads', () => {
  const [workflow, polling] = createBill(workload, facts, {...shippedUsage, shares: usage.shares}).orchestration

  test('costs transitions and two events a file by the workflow', () => {
    // 7,800 × 0.025 / 1,000 + 2,000 × 1 / 1,000,000
    expect(workflow?.usd).toBeCloseTo(0.197, 9)
  })

  test('costs 10,950 short runs by polling, whatever happens', () => {
    // 10,950 × 0.2 / 1,000,000 + 5,475 GB-s × 0.0000133334 + 10,950 × 0.125 / 1,000,000
    expect(polling?.usd).toBeCloseTo(0.00219 + 0.073000365 + 0.00136875, 9)
  })

  test('is never the 1.50 of the guide, which would be 60,000 transitions', () => {
    expect(reportText(createBill(workload, facts, usage))).toContain('2.08 → 1.50 (-28 %): no price list leads there; 1.50 would be 60,000 transitions')
  })
})

describe('the shipped figures', () => {
  test('each have a source or a basis', () => {
    const lacking = Object.entries(priceTable).filter(([, {source}]) => source.trim() === '').map(([name]) => name)
    const withoutBasis = (figure: object): object[] => Object.values(figure)
      .filter((each) => typeof each === 'object' && each !== null)
      .flatMap((each) => 'value' in each || 'sourceSeconds' in each ? (typeof each.basis === 'string' ? [] : [each]) : withoutBasis(each))
    expect({lacking, withoutBasis: withoutBasis(shippedUsage)}).toEqual({lacking: [], withoutBasis: []})
  })

  test('know every function of the wiring that a file meets', () => {
    const wiring = join(root, 'local/wiring.json')
    expect(existsSync(wiring)).toBe(true)
    const {functions} = readFacts(wiring, join(root, 'terraform/workflows/FileDownloadWorkflow.asl.json'))
    const named = [...Object.keys(shippedUsage.functions), ...Object.keys(shippedUsage.durations.functions)]
    expect(named.filter((name) => functions[name] === undefined)).toEqual([])
  })

  test('have a measured duration of each function that is counted', () => {
    const counted = Object.entries(shippedUsage.functions).filter(([, {per}]) => per !== null).map(([name, {measuredAs = name}]) => measuredAs)
    expect(counted.filter((name) => shippedUsage.durations.functions[name] === undefined)).toEqual([])
  })

  test('are refused without a wiring, with the command that makes it', () => {
    expect(() => readFacts(join(root, 'nowhere.json'), '')).toThrow('Run npm run wiring.')
  })
})
