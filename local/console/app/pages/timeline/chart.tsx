import {scaleTime} from 'd3-scale'
import {duration} from '../../core/format'
import {type Axis, Many} from './many'
import {groupRows, type Span} from './spans'

const lanes: ReadonlyArray<Span['lane']> = ['Events', 'Workflow', 'Functions', 'Storage and pushes']

/** A little air on both sides, and never nothing. */
const fitAxis = (spans: readonly Span[]): Axis => {
  const from = Math.min(...spans.map((span) => span.from))
  const to = Math.max(...spans.map((span) => span.to), from + 10)
  return {from, to: to + (to - from) * 0.02}
}

const Ticks = ({axis: {from, to}}: {axis: Axis}) => {
  const scale = scaleTime([0, to - from], [0, 100])
  return (
    <div class="ticks numbers" aria-hidden="true">
      {scale.ticks(6).map((tick) => <span key={Number(tick)} style={{left: `${scale(tick)}%`}}>{Number(tick) === 0 ? '0' : `+${duration(Number(tick)).replace('.00 s', ' s')}`}</span>)}
    </div>
  )
}

const Single = ({span, axis, isChosen, onChoose}: {span: Span, axis: Axis, isChosen: boolean, onChoose: () => void}) => {
  const share = (at: number): number => (at - axis.from) / (axis.to - axis.from) * 100
  const width = share(span.to) - share(span.from)
  const isMark = span.from === span.to
  return (
    <li class="span-row">
      <button type="button" class="span-button" aria-pressed={isChosen} onClick={onChoose}>
        <span class="span-name cut">{span.name}<span class="visually-hidden">, {isMark ? 'after' : `${duration(span.from - axis.from)} after the beginning, took`} </span></span>
        <span class="span-track">
          <i class={`${isMark ? 'mark' : 'bar'} ${span.tone}${span.isOpen ? ' open' : ''}`} style={isMark ? {left: `${share(span.from)}%`} : {left: `${share(span.from)}%`, width: `max(3px, ${width}%)`}} />
          <span class={`span-time numbers${share(span.to) > 82 ? ' before' : ''}`} style={share(span.to) > 82 ? {right: `${100 - share(span.from)}%`} : {left: `${share(span.to)}%`}}>
            {isMark ? `+${duration(span.from - axis.from)}` : duration(span.to - span.from)}
          </span>
        </span>
      </button>
      {isChosen && span.detail !== '' && <p class="span-detail">{span.detail}</p>}
    </li>
  )
}

interface Props {
  readonly spans: readonly Span[]
  readonly chosen: string | undefined
  readonly onChoose: (row: string | undefined) => void
}

/** All spans on one axis of time, lane by lane. */
export const Chart = ({spans, chosen, onChoose}: Props) => {
  const axis = fitAxis(spans)
  return (
    <div class="chart">
      {lanes.filter((lane) => spans.some((span) => span.lane === lane)).map((lane) => (
        <section key={lane} aria-label={lane}>
          <h3 class="label">{lane}</h3>
          <ul>
            {groupRows(spans.filter((span) => span.lane === lane)).map((row) => {
              const key = `${lane} ${row[0]!.name} ${row[0]!.from} ${row[0]!.detail}`
              const props = {axis, isChosen: chosen === key, onChoose: () => onChoose(chosen === key ? undefined : key)}
              return row.length === 1 ? <Single key={key} span={row[0]!} {...props} /> : <Many key={key} spans={row} {...props} />
            })}
          </ul>
        </section>
      ))}
      <Ticks axis={axis} />
    </div>
  )
}
