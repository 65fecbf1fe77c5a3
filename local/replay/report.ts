import type {Judgement} from './judge'
import type {ShadowReport} from './shadow'

const whole = (number: number): string => Math.round(number).toLocaleString('en')

const maxShown = 20

const differenceLines = ({fileId, correlationId, differences}: Judgement): string[] =>
  [`${fileId} (${correlationId})`, ...differences.map((difference) => `  ${difference}`)]

const left = (count: number, most: number): string[] => count > most ? [`… and ${whole(count - most)} more; --json tells all.`] : []

/** What a shadow found, for people. */
export const shadowText = (report: ShadowReport): string => {
  const {events, files, attempts, same, different, open, partial, effects, suppressed, seconds, differences} = report
  return [
    `${whole(events)} events of ${whole(files)} files in ${seconds.toFixed(1)} s: ${whole(events / seconds)} events a second`,
    `effects: ${effects}; kept inside: ${whole(suppressed.events)} events, ${whole(suppressed.transfers)} transfers, ${whole(suppressed.pushes)} pushes`,
    `attempts: ${whole(attempts)}; the same ${whole(same)}, different ${whole(different)}, the same as far as the archive goes ${whole(open)}`,
    ...partial === 0 ? [] : [`${whole(partial)} of them began before the window: what lies there is not compared`],
    ...differences.length === 0 ? [] : ['', ...differences.slice(0, maxShown).flatMap(differenceLines), ...left(differences.length, maxShown)]
  ].join('\n')
}
