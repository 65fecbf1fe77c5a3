/** Dollars for one of each item, put in by the build from ops/cost/prices.json. */
declare const PRICES: {readonly date: string, readonly items: Readonly<Record<string, number>>}

declare module '*.css'
