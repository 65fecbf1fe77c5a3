import {join} from 'node:path'
import {readJson} from '../../shared/read-json'
import type prices from './prices.json'
import type usage from './usage.json'
import type {Counts} from './workload'

export interface Price {
  readonly item: string
  readonly unit: string
  readonly usd: number
  readonly per: number
  readonly free: number
  readonly source: string
}

export type PriceName = keyof typeof prices.prices

/** What is assumed of a function. */
export interface FunctionUse {
  /** What it is invoked for; null: not counted. */
  readonly per: keyof Counts | null
  /** Seconds that it waits for the source, which no measurement here knows. */
  readonly sourceSeconds?: number
  /** Another function that takes as long without the bytes, if it was not measured itself. */
  readonly measuredAs?: string
  /** Whether the bytes of a file, or of a range, go through it. */
  readonly carriesBytes?: boolean
  readonly basis?: string
}

/** What was measured of a function: medians, but for memory the most. */
export interface Duration {
  readonly invocations: number
  readonly invocationsPerFile: number
  readonly seconds: number
  readonly initSeconds: number
  readonly maxMemoryMb: number
}

/** ops/cost/durations.json, which npm run cost -- --measure writes. */
export interface Durations {
  readonly date: string
  readonly where: string
  readonly functions: Readonly<Record<string, Duration>>
}

export type Usage = Omit<typeof usage, 'functions'> & {
  readonly functions: Readonly<Record<string, FunctionUse>>
  readonly durations: Durations
}

export const durationsFile = join(import.meta.dirname, 'durations.json')

const read = <T>(name: string): T => readJson<T>(join(import.meta.dirname, name))

const {date, prices: table} = read<typeof prices>('prices.json')

export const priceTable: Readonly<Record<PriceName, Price>> = table
export const priceDate = date

/** What a file uses, with where each figure is from. */
export const shippedUsage: Usage = {...read<Usage>('usage.json'), durations: read<Durations>('durations.json')}
