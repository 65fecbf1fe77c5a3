import {describeError} from '../../shared/errors'

export interface Step {
  readonly name: string
  readonly ok: boolean
  readonly seconds: number
  readonly detail: string
}

/** What `--json` prints. */
export interface Report {
  readonly ok: boolean
  readonly endpoint: string
  readonly source?: string
  readonly fileId?: string
  readonly size?: number
  readonly sha256?: string
  readonly seconds: number
  readonly steps: readonly Step[]
  /** What stays behind, in words. */
  readonly left?: readonly string[]
}

export interface Recorder {
  /** Runs a step, which returns its result and a detail for people, and prints how it went. */
  step: <T>(name: string, work: () => Promise<readonly [T, string]>) => Promise<T>
  note: (line: string) => void
  add: (more: Partial<Report>) => void
  report: () => Report
}

const secondsSince = (started: number): number => Math.round(Date.now() - started) / 1000

const formatStep = ({name, ok, seconds, detail}: Step): string => `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(9)} ${seconds.toFixed(1).padStart(6)} s  ${detail}`

/** Records steps and says each as it ends. */
export const recorderFor = (endpoint: string, print: (line: string) => void): Recorder => {
  const started = Date.now()
  const steps: Step[] = []
  let more: Partial<Report> = {}
  const end = (step: Step): void => {
    steps.push(step)
    print(formatStep(step))
  }
  return {
    step: async (name, work) => {
      const began = Date.now()
      try {
        const [result, detail] = await work()
        end({name, ok: true, seconds: secondsSince(began), detail})
        return result
      } catch (error) {
        end({name, ok: false, seconds: secondsSince(began), detail: describeError(error)})
        throw error
      }
    },
    note: (line) => print(`        ${line}`),
    add: (fields) => { more = {...more, ...fields} },
    report: () => ({ok: steps.length > 0 && steps.every(({ok}) => ok), endpoint, seconds: secondsSince(started), ...more, steps})
  }
}
