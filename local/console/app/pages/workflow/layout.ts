import {Graph, layout} from '@dagrejs/dagre'
import type {Machine, State} from 'asl-verify/definition'
import {innerMachines, type Way, listWays} from './machine'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A state's place; its middle, as dagre has it. */
export interface Node extends Point {
  readonly name: string
  readonly type: string
  readonly width: number
  readonly height: number
  /** Holds the states of a Map or Parallel. */
  readonly isContainer: boolean
}

export interface Edge extends Way {
  readonly points: readonly Point[]
}

export interface Drawing {
  readonly width: number
  readonly height: number
  readonly nodes: readonly Node[]
  readonly edges: readonly Edge[]
}

export const start = '(start)'
export const end = '(end)'

const height = 42
const padding = 18
const header = 30
const character = 7.8

const measureName = (name: string): number => Math.max(92, Math.round(name.length * character) + 46)

const moved = (drawing: Drawing, by: Point): Drawing => ({
  ...drawing,
  nodes: drawing.nodes.map((node) => ({...node, x: node.x + by.x, y: node.y + by.y})),
  edges: drawing.edges.map((edge) => ({...edge, points: edge.points.map(({x, y}) => ({x: x + by.x, y: y + by.y}))}))
})

/** The machines inside a state, side by side. */
const drawInside = (state: State): Drawing | undefined => {
  const inner = innerMachines(state).map((machine) => draw(machine))
  return inner.length === 0
    ? undefined
    : inner.reduce((left, right) => {
        const beside = moved(right, {x: left.width + padding, y: 0})
        return {
          width: left.width + padding + right.width, height: Math.max(left.height, right.height),
          nodes: [...left.nodes, ...beside.nodes], edges: [...left.edges, ...beside.edges]
        }
      })
}

interface Box {
  readonly state: State
  readonly inside: Drawing | undefined
  readonly width: number
  readonly height: number
}

const measureBox = (name: string, state: State): Box => {
  const inside = drawInside(state)
  return inside === undefined
    ? {state, inside, width: measureName(name), height}
    : {state, inside, width: Math.max(measureName(name), inside.width + 2 * padding), height: inside.height + header + padding}
}

const placed = (name: string, {state, inside, width, height: boxHeight}: Box, {x, y}: Point): Drawing => {
  const own: Node = {name, type: state.Type, x, y, width, height: boxHeight, isContainer: inside !== undefined}
  const shifted = inside === undefined ? undefined : moved(inside, {x: x - inside.width / 2, y: y - boxHeight / 2 + header})
  return {width, height: boxHeight, nodes: [own, ...shifted?.nodes ?? []], edges: shifted?.edges ?? []}
}

/** Start and end of the whole machine; those of inner ones are where their states are. */
const listEnds = ({StartAt, States}: Machine): Way[] => [
  {from: start, to: StartAt, kind: 'next'},
  ...Object.entries(States).filter(([, {End, Type}]) => End === true || Type === 'Succeed' || Type === 'Fail').map(([from]): Way => ({from, to: end, kind: 'next'}))
]

/** Places the states of a machine by dagre, level by level: a container is one box for the level around it. */
export const draw = (machine: Machine, isWhole = false): Drawing => {
  const graph = new Graph<object, {width: number, height: number, x?: number, y?: number}, {weight?: number, minlen?: number, points?: Point[]}>()
  graph.setGraph({rankdir: 'TB', nodesep: 26, ranksep: 34, marginx: 4, marginy: 4})
  const boxes = new Map(Object.entries(machine.States).map(([name, state]) => [name, measureBox(name, state)]))
  boxes.forEach(({width, height: boxHeight}, name) => graph.setNode(name, {width, height: boxHeight}))
  const ways = [...listWays(machine), ...(isWhole ? listEnds(machine) : [])]
  if (isWhole) {
    [start, end].forEach((name) => graph.setNode(name, {width: 56, height: 28}))
  }
  ways.forEach(({from, to, kind}) => graph.setEdge(from, to, {weight: kind === 'next' ? 4 : kind === 'choice' ? 2 : 1, minlen: 1}))
  layout(graph)
  const at = (name: string): Point => ({x: graph.node(name).x ?? 0, y: graph.node(name).y ?? 0})
  const parts = [...boxes].map(([name, box]) => placed(name, box, at(name)))
  const ends = isWhole ? [start, end].map((name): Node => ({name, type: 'End', ...at(name), width: 56, height: 28, isContainer: false})) : []
  const {width = 0, height: whole = 0} = graph.graph() as {width?: number, height?: number}
  return {
    width, height: whole,
    nodes: [...ends, ...parts.flatMap(({nodes}) => nodes)],
    edges: [...ways.map((way) => ({...way, points: graph.edge(way.from, way.to).points ?? []})), ...parts.flatMap(({edges}) => edges)]
  }
}
