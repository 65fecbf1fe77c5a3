import {listKeys} from '../../shared/json'
import {type Durations, type Price, type PriceName, priceTable, type Usage} from './data'
import type {Facts} from './facts'
import {type Invocations, listInvocations, type Part, computeQuantities, countTransitions} from './quantities'
import {countMonth, type Counts, type Workload} from './workload'

/** A line of the bill. */
export interface Line {
  readonly price: PriceName
  readonly item: string
  readonly unit: string
  readonly quantity: number
  /** At list prices. */
  readonly usd: number
  /** After the free tiers of an account that has nothing else. */
  readonly afterFree: number
  /** At list prices, per 1,000 files. */
  readonly per1000: number
  readonly parts: readonly Part[]
}

export interface Orchestration {
  readonly design: string
  readonly usd: number
  readonly afterFree: number
  readonly what: string
}

export interface Bill {
  readonly workload: Workload
  readonly lines: readonly Line[]
  readonly total: Pick<Line, 'usd' | 'afterFree' | 'per1000'>
  readonly transitionsPerFile: Facts['transitions']
  readonly functions: readonly Invocations[]
  /** Functions of the stack that the bill leaves out. */
  readonly notCounted: readonly string[]
  readonly measured: Pick<Durations, 'date' | 'where'>
  readonly orchestration: readonly Orchestration[]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
const toUsd = ({usd, per}: Price, quantity: number): number => quantity / per * usd
const billedUsd = (price: Price, quantity: number): number => toUsd(price, Math.max(0, quantity - price.free))

const buildLine = (name: PriceName, parts: readonly Part[], files: number): Line => {
  const price = priceTable[name]
  const quantity = sum(parts.map((part) => part.quantity))
  const usd = toUsd(price, quantity)
  return {price: name, item: price.item, unit: price.unit, quantity, usd, afterFree: billedUsd(price, quantity), per1000: usd / files * 1000, parts}
}

/** The guide's claim, as it stands there. Nothing that we know of AWS's prices leads to it. */
export const guideClaim = {before: 2.08, after: 1.50}

const priced = (design: string, what: string, uses: readonly (readonly [PriceName, number])[]): Orchestration => ({
  design,
  usd: sum(uses.map(([name, quantity]) => toUsd(priceTable[name], quantity))),
  afterFree: sum(uses.map(([name, quantity]) => billedUsd(priceTable[name], quantity))),
  what
})

/** What starting the downloads costs, one design beside the other: the downloads themselves cost the same in each. */
const compareDesigns = (facts: Facts, counts: Counts, usage: Usage): Orchestration[] => {
  const {runsPerMonth, queries, seconds} = usage.coordinator
  const transitions = sum(countTransitions(facts, counts, usage).map(({quantity}) => quantity))
  const memoryMb = facts.functions.FileCoordinator?.memoryMb ?? 512
  return [
    priced('events and workflow (this)', 'starts within a second; retries, waits and history included', [['transitions', transitions], ['events', 2 * counts.files]]),
    priced('polling every 4 minutes', 'starts after 2 minutes on average; no retries, no history; costs the same when nothing happens', [
      ['lambdaRequests', runsPerMonth],
      ['lambdaGbSeconds', runsPerMonth * seconds * memoryMb / 1024],
      ['readUnits', runsPerMonth * queries * 0.5]
    ])
  ]
}

/** The bill of a month. Throws if the wiring lacks a function. */
export const createBill = (workload: Workload, facts: Facts, usage: Usage): Bill => {
  const counts = countMonth(workload, usage)
  const quantities = computeQuantities(counts, facts, usage)
  const functions = listInvocations(counts, usage)
  const lines = listKeys(priceTable).map((name) => buildLine(name, quantities[name], workload.files))
  return {
    workload,
    lines,
    total: {
      usd: sum(lines.map(({usd}) => usd)),
      afterFree: sum(lines.map(({afterFree}) => afterFree)),
      per1000: sum(lines.map(({per1000}) => per1000))
    },
    transitionsPerFile: facts.transitions,
    functions,
    notCounted: Object.keys(facts.functions).filter((name) => !functions.some((each) => each.name === name)),
    measured: {date: usage.durations.date, where: usage.durations.where},
    orchestration: compareDesigns(facts, counts, usage)
  }
}
