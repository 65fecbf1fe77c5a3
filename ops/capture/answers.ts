import type {CapturedAnswer, CapturedSources} from '../../local/replay/doors/captured-source'
import {trustedJson} from '../../shared/json'

interface Line {
  readonly timestamp: string
  readonly function_name?: string
  readonly correlationId?: string
  readonly answer?: Omit<CapturedAnswer, 'purpose' | 'at'>
}

/** A line of one of our functions about an answer; undefined for all others. */
const parse = (text: string): Line | undefined => {
  if (!text.includes('"answer"')) {
    return undefined
  }
  try {
    return trustedJson<Line>(text)
  } catch {
    return undefined
  }
}

const answerIn = ({timestamp, function_name: name = '', answer}: Line): CapturedAnswer[] => answer === undefined
  ? []
  : [{purpose: name.startsWith('Transfer') ? 'transfer' : 'identify', at: new Date(timestamp).toISOString(), ...answer}]

/** What sources answered in some attempts, as the functions logged it: `src/util/sources/source-log` in their code. */
export const answersIn = (lines: readonly string[], correlationIds: ReadonlySet<string>): CapturedSources => {
  const answers: Record<string, CapturedAnswer[]> = {}
  for (const text of lines) {
    const line = parse(text)
    if (line?.correlationId !== undefined && correlationIds.has(line.correlationId)) {
      answers[line.correlationId] = [...answers[line.correlationId] ?? [], ...answerIn(line)]
    }
  }
  return Object.fromEntries(Object.entries(answers)
    .map(([id, all]) => [id, {answers: all.toSorted((left, right) => left.at < right.at ? -1 : Number(left.at > right.at))}]))
}
