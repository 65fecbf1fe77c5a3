/** What an invocation took. */
export interface Taken {
  readonly requestId: string
  readonly milliseconds: number
  readonly memoryMegabytes?: number
  readonly maxMemoryBytes?: number
  readonly initMilliseconds?: number
}

const part = (name: string, value: number | undefined, unit: string): string[] => value === undefined ? [] : [`${name}: ${value} ${unit}`]

/** As Lambda ends the log of an invocation. */
export const reportLine = ({requestId, milliseconds, memoryMegabytes, maxMemoryBytes, initMilliseconds}: Taken): string => [
  `REPORT RequestId: ${requestId}`,
  `Duration: ${milliseconds.toFixed(2)} ms`,
  ...part('Memory Size', memoryMegabytes, 'MB'),
  ...part('Max Memory Used', maxMemoryBytes === undefined ? undefined : Math.ceil(maxMemoryBytes / 1024 / 1024), 'MB'),
  ...(initMilliseconds === undefined ? [] : [`Init Duration: ${initMilliseconds.toFixed(2)} ms`])
].join('\t')
