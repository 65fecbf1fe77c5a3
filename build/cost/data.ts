import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type prices from './prices.json'
import type usage from './usage.json'

export interface Price {
  readonly item: string
  readonly unit: string
  readonly usd: number
  readonly per: number
  readonly free: number
  readonly source: string
}

export type PriceName = keyof typeof prices.prices

export type Usage = typeof usage

const read = <T>(name: string): T => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as T

const {date, prices: table} = read<typeof prices>('prices.json')

export const priceTable: Readonly<Record<PriceName, Price>> = table
export const priceDate = date

/** What a file uses, with where each figure is from. */
export const shippedUsage = read<Usage>('usage.json')
