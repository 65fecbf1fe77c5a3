import {clockTime} from '../../core/format'
import {href, route} from '../../core/route'
import {Pill, type Tone} from '../../ui/feedback'
import type {Shown} from './calls'

/** What became of an event in one word. */
export const describeFate = ({verdict, deliveries, rules, invocations}: Shown): readonly [Tone, string] => {
  const outcomes = new Set(deliveries.map(({outcome}) => outcome))
  if (verdict === 'invalid') {
    return ['bad', 'Refused']
  }
  if (outcomes.has('dead-lettered')) {
    return ['bad', 'Dead letter']
  }
  if (outcomes.has('retrying')) {
    return ['wait', 'Retrying']
  }
  if (invocations.at(-1)?.error !== undefined) {
    return ['wait', 'Consumer failed']
  }
  return rules.length === 0 ? ['plain', 'No rule'] : ['ok', deliveries.length === 0 ? 'On its way' : 'Delivered']
}

const findSubject = ({event: {detail}}: Shown): string => String(detail['title'] ?? detail['sourceUrl'] ?? detail['errorMessage'] ?? detail['fileId'] ?? '')

export const EventRow = ({shown, isChosen}: {shown: Shown, isChosen: boolean}) => {
  const {at, event} = shown
  const [tone, word] = describeFate(shown)
  return (
    <a class="item" href={href('events', event.id, Object.fromEntries(route.value.query))} aria-current={isChosen ? 'true' : undefined} data-event={event['detail-type']}>
      <span class="row spread"><span class="cut event-name">{event['detail-type']}</span><Pill tone={tone}>{word}</Pill></span>
      <span class="row spread small muted"><span class="cut">{findSubject(shown)}</span><time class="numbers nowrap" dateTime={at}>{clockTime(at)}</time></span>
    </a>
  )
}
