/** The benchmarks that `npm run bench` runs, in this order, and what their rows on docs/performance.md stand under. */
export const benches = [
  {name: 'start', title: 'The first answer'},
  {name: 'home', title: 'One file'},
  {name: 'burst', title: 'Many files at once'},
  {name: 'init', title: 'A cold function'},
  {name: 'event-path', title: 'An event'},
  {name: 'dev', title: 'An edit'},
  {name: 'checks', title: 'Types and lint'},
  {name: 'commands', title: 'Tests and wiring'}
] as const

export type BenchName = typeof benches[number]['name']
