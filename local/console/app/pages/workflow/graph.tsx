import {useLayoutEffect, useMemo, useRef, useState} from 'preact/hooks'
import {Clock, Flag, GitFork, type IconNode, ListTree, Minus, Plus, Rows3, Scan, Shuffle, SquareFunction} from 'lucide'
import type {Machine} from 'asl-verify/definition'
import {Button} from '../../ui/button'
import {Icon} from '../../ui/icon'
import type {Standing} from './history'
import {draw, type Drawing, type Edge, end, type Node, type Point, start} from './layout'

const signs: Readonly<Record<string, IconNode>> = {
  Task: SquareFunction, Choice: GitFork, Wait: Clock, Pass: Shuffle, Succeed: Flag, Fail: Flag, Map: Rows3, Parallel: ListTree
}
const words: Readonly<Record<Standing, string>> = {
  running: 'running', retrying: 'waiting to try again', succeeded: 'succeeded', caught: 'failed, and the failure was handled', failed: 'failed'
}

/** Through all points, round at the inner ones. */
const drawPath = (points: readonly Point[]): string => points.map(({x, y}, index) => {
  const [before, after] = [points[index - 1], points[index + 1]]
  if (before === undefined) {
    return `M${x},${y}`
  }
  return after === undefined ? `L${x},${y}` : `Q${x},${y} ${(x + after.x) / 2},${(y + after.y) / 2}`
}).join(' ')

const Line = ({edge, isTaken}: {edge: Edge, isTaken: boolean}) => (
  <path class={`edge ${edge.kind}${isTaken ? ' taken' : ''}`} d={drawPath(edge.points)} marker-end={`url(#arrow${isTaken ? '-taken' : ''})`} />
)

interface StateProps {
  readonly node: Node
  readonly standing: Standing | undefined
  /** How often it was entered, or how many items of a Map are done. */
  readonly note: string | undefined
  readonly isChosen: boolean
  readonly onChoose: () => void
}

const State = ({node: {name, type, x, y, width, height, isContainer}, standing, note, isChosen, onChoose}: StateProps) => {
  const [left, top] = [x - width / 2, y - height / 2]
  const textY = isContainer ? top + 20 : y
  return (
    <g
      class={`state ${standing ?? 'idle'}${isContainer ? ' container' : ''}${isChosen ? ' chosen' : ''}`} role="button" tabindex={0} data-state={name} data-standing={standing ?? 'idle'}
      aria-label={`${name}, ${type}${standing === undefined ? '' : `, ${words[standing]}`}${note === undefined ? '' : `, ${note}`}`} aria-pressed={isChosen}
      onClick={onChoose} onKeyDown={({key}) => { if (key === 'Enter' || key === ' ') { onChoose() } }}
    >
      <rect x={left} y={top} width={width} height={height} rx={isContainer ? 12 : 9} />
      <g class="state-sign" transform={`translate(${left + 12} ${textY - 8})`}><Icon of={signs[type] ?? SquareFunction} /></g>
      <text x={left + 36} y={textY} dominant-baseline="central">{name}</text>
      {note !== undefined && <text class="times" x={left + width - (isContainer ? 12 : 2)} y={isContainer ? textY : top - 6} text-anchor="end" dominant-baseline={isContainer ? 'central' : undefined}>{note}</text>}
    </g>
  )
}

const End = ({node: {name, x, y}}: {node: Node}) => (
  <g class="end">
    <rect x={x - 28} y={y - 14} width={56} height={28} rx={14} />
    <text x={x} y={y} text-anchor="middle" dominant-baseline="central">{name === start ? 'Start' : 'End'}</text>
  </g>
)

const Arrows = () => (
  <defs>
    {['arrow', 'arrow-taken'].map((id) => (
      <marker id={id} key={id} class={id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0.5,0.8 L7,4 L0.5,7.2z" /></marker>
    ))}
  </defs>
)

/** Smaller, its words cannot be read. */
const readable = 0.78

/** Brings where the execution is, with the way there from the beginning, into sight if the drawing is larger than its place. */
const useCentred = (drawing: Drawing, zoom: number, state: string) => {
  const scroller = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = scroller.current
    const node = drawing.nodes.find(({name}) => name === state)
    if (element !== null && node !== undefined) {
      const begin = drawing.nodes.find(({name}) => name === start) ?? node
      element.scrollLeft = (node.x + begin.x) / 2 / drawing.width * element.scrollWidth - element.clientWidth / 2
      element.scrollTop = node.y / drawing.height * element.scrollHeight - element.clientHeight * 0.6
    }
  }, [drawing, zoom, state])
  return scroller
}

/** The state that the execution is in, or ended in. */
const findPlace = (standings: ReadonlyMap<string, Standing>, drawing: Drawing): string =>
  drawing.nodes.findLast(({name}) => ['running', 'retrying', 'failed'].includes(standings.get(name) ?? ''))?.name ?? start

interface Props {
  readonly machine: Machine
  readonly standings: ReadonlyMap<string, Standing>
  readonly notes: ReadonlyMap<string, string>
  /** `from to` of each way that was gone. */
  readonly taken: ReadonlySet<string>
  readonly chosen: string | undefined
  readonly onChoose: (state: string) => void
}

/** The state machine, drawn from its definition and coloured by one execution. */
export const MachineGraph = ({machine, standings, notes, taken, chosen, onChoose}: Props) => {
  const drawing = useMemo(() => draw(machine, true), [machine])
  const [zoom, setZoom] = useState(1)
  const scroller = useCentred(drawing, zoom, findPlace(standings, drawing))
  const isTaken = ({from, to}: Edge): boolean => taken.has(`${from} ${to}`)
  const edges = drawing.edges.toSorted((one, other) => Number(isTaken(one)) - Number(isTaken(other)))
  const stateOf = (node: Node) => (
    <State
      key={node.name} node={node} standing={standings.get(node.name)} note={notes.get(node.name)} isChosen={chosen === node.name}
      onChoose={() => onChoose(node.name)}
    />
  )
  return (
    <div class="graph">
      <div class="graph-scroll" ref={scroller} tabIndex={0} role="group" aria-label="The state machine">
        <svg
          viewBox={`0 0 ${drawing.width} ${drawing.height}`} role="group" aria-label="States and the ways between them"
          style={{width: `${zoom * 100}%`, maxWidth: `${drawing.width * zoom}px`, minWidth: `${drawing.width * readable * zoom}px`}}
        >
          <Arrows />
          {drawing.nodes.filter(({isContainer}) => isContainer).map(stateOf)}
          {edges.map((edge) => <Line key={`${edge.from} ${edge.to}`} edge={edge} isTaken={isTaken(edge)} />)}
          {drawing.nodes.filter(({isContainer}) => !isContainer)
            .map((node) => node.name === start || node.name === end ? <End key={node.name} node={node} /> : stateOf(node))}
        </svg>
      </div>
      <div class="graph-tools" role="group" aria-label="Size">
        <Button icon={Plus} label="Larger" kind="slim" onClick={() => setZoom(Math.min(3, zoom * 1.25))} />
        <Button icon={Minus} label="Smaller" kind="slim" onClick={() => setZoom(Math.max(0.4, zoom / 1.25))} />
        <Button icon={Scan} label="Fit" kind="slim" onClick={() => setZoom(1)} />
      </div>
    </div>
  )
}
