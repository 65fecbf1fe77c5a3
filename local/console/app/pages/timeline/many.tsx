import {duration} from '../../core/format'
import {type Span, arrangeTracks} from './spans'

const trackPixels = 9

export interface Axis {
  readonly from: number
  readonly to: number
}

interface Props {
  readonly spans: readonly Span[]
  readonly axis: Axis
  readonly isChosen: boolean
  readonly onChoose: () => void
}

const describeSpan = ({from, to, detail}: Span, axis: Axis): string =>
  [`+${duration(from - axis.from)}`, ...to === from ? [] : [`took ${duration(to - from)}`], ...detail === '' ? [] : [detail]].join(', ')

/** Many spans of one name: those at the same time below each other. */
export const Many = ({spans, axis, isChosen, onChoose}: Props) => {
  const share = (at: number): number => (at - axis.from) / (axis.to - axis.from) * 100
  const tracks = arrangeTracks(spans)
  const took = Math.max(...spans.map(({to}) => to)) - spans[0]!.from
  return (
    <li class="span-row">
      <button type="button" class="span-button" aria-pressed={isChosen} aria-expanded={isChosen} onClick={onChoose}>
        <span class="span-name cut">{spans[0]!.name} <span class="muted">× {spans.length}</span><span class="visually-hidden">, together took {duration(took)}</span></span>
        <span class="span-track many" style={{height: `${Math.max(28, tracks.length * trackPixels + 10)}px`}}>
          {tracks.flatMap((track, index) => track.map((span, place) => (
            <i
              key={`${index} ${place}`} class={`${span.from === span.to ? 'mark' : 'bar'} ${span.tone}${span.isOpen ? ' open' : ''}`}
              style={{left: `${share(span.from)}%`, top: `${(tracks.length === 1 ? 11 : 5) + index * trackPixels}px`, ...(span.from !== span.to && {width: `max(3px, calc(${share(span.to) - share(span.from)}% - 1px))`})}}
            />
          )))}
        </span>
      </button>
      {isChosen && <ol class="span-detail">{spans.map((span, index) => <li key={index}>{describeSpan(span, axis)}</li>)}</ol>}
    </li>
  )
}
