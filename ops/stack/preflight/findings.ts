export interface Finding {
  readonly name: string
  /** `unknown`: the account would not say, for want of leave or of the service. */
  readonly verdict: 'ok' | 'missing' | 'unknown'
  readonly detail: string
}

export const ok = (name: string, detail: string): Finding => ({name, verdict: 'ok', detail})
export const missing = (name: string, detail: string): Finding => ({name, verdict: 'missing', detail})
export const unknown = (name: string, detail: string): Finding => ({name, verdict: 'unknown', detail})

const marks: Readonly<Record<Finding['verdict'], string>> = {ok: 'ok     ', missing: 'MISSING', unknown: '?      '}

/** One line for each finding, what is missing last, where it is read. */
export const findingLines = (findings: readonly Finding[]): string[] => {
  const order: readonly Finding['verdict'][] = ['ok', 'unknown', 'missing']
  return findings.toSorted((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict))
    .map(({name, verdict, detail}) => `${marks[verdict]}  ${name}: ${detail}`)
}
