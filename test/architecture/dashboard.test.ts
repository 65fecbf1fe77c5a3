import {describe, expect, it} from '@jest/globals'
import {wired} from './wired'

interface Widget {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly properties: {
    readonly title?: string
    readonly view?: string
    readonly metrics?: ReadonlyArray<ReadonlyArray<string | {readonly label?: string, readonly expression?: string}>>
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const columns = 24
const [dashboard] = wired('aws_cloudwatch_dashboard')
const {widgets} = JSON.parse(dashboard!.dashboard_body) as {widgets: Widget[]}
const graphs = widgets.filter(({properties}) => properties.metrics !== undefined)

const cellsOf = ({x, y, width, height}: Widget): string[] =>
  Array.from({length: width * height}, (_, index) => `${x + index % width}:${y + Math.floor(index / width)}`)

const labelsOf = ({properties: {metrics = []}}: Widget): string[] =>
  metrics.map((row) => row.at(-1)).flatMap((last) => typeof last === 'object' && last.expression === undefined ? [last.label ?? ''] : [])

describe('the layout of the dashboard', () => {
  const cells = widgets.flatMap(cellsOf)
  const rows = Math.max(...widgets.map(({y, height}) => y + height))

  it('has no widget on another', () => {
    expect(cells.length).toBe(new Set(cells).size)
  })

  it('has no hole, and nothing beyond its 24 columns', () => {
    const whole = Array.from({length: columns * rows}, (_, index) => `${index % columns}:${Math.floor(index / columns)}`)
    expect(cells.toSorted()).toEqual(whole.toSorted())
  })

  it('puts what is asked first on the first screen: alarms, then files, failures and their time', () => {
    const inOrder = widgets.toSorted((one, other) => one.y - other.y || one.x - other.x)
    expect(inOrder.slice(0, 6).map(({properties: {title}}) => title)).toEqual([
      'Alarms', undefined, 'Files', 'Failures by error code', 'Seconds from request to completed', 'Oldest unfinished file, seconds'
    ])
  })
})

describe('each graph', () => {
  it.each(graphs.map((graph) => ({title: graph.properties.title, graph})))('has lines that can be told apart: $title', ({graph}) => {
    const labels = labelsOf(graph)
    expect({named: labels.every((label) => label !== ''), distinct: new Set(labels).size}).toEqual({named: true, distinct: labels.length})
  })

  it('has a title of its own', () => {
    expect(new Set(graphs.map(({properties: {title}}) => title)).size).toBe(graphs.length)
  })

  it('shows percentiles where times are meant', () => {
    const stats = graphs.find(({properties: {title}}) => title?.startsWith('Seconds from request'))!.properties.metrics!.map((row) => (row.at(-1) as {stat?: string}).stat)
    expect(stats).toEqual(['p50', 'p95', 'p99'])
  })
})
