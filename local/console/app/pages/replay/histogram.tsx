import {useEffect, useRef} from 'preact/hooks'
import uPlot from 'uplot'
import {clockTime} from '../../core/format'
import {isDark} from '../../core/settings'
import type {Bucket, Window} from './calls'

interface Props {
  readonly window: Window
  readonly buckets: readonly Bucket[]
  readonly count: number
  readonly onChoose: (window: Window) => void
}

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** The count of each part of the window, empty parts too; times in seconds, as uPlot has them. */
const buildSeries = ({window: {from, to}, buckets, count}: Props): [number[], number[]] => {
  const width = (to - from) / count
  const counts = Array.from({length: count}, () => 0)
  buckets.forEach((bucket) => {
    const index = Math.min(count - 1, Math.floor((Date.parse(bucket.from) - from) / width + 0.5))
    counts[index] = (counts[index] ?? 0) + bucket.count
  })
  return [counts.map((_, index) => (from + (index + 0.5) * width) / 1000), counts]
}

const bars = () => uPlot.paths.bars === undefined ? {} : {paths: uPlot.paths.bars({size: [0.8, 40], radius: 0.2})}

const optionsFor = (element: HTMLElement, onSelect: (from: number, to: number) => void): uPlot.Options => {
  const axis = {stroke: colour('--muted'), grid: {stroke: colour('--border'), width: 1}, ticks: {stroke: colour('--border'), width: 1}, font: '11.5px Inter Variable, sans-serif'}
  return {
    width: element.clientWidth, height: 200, legend: {show: false}, cursor: {y: false, drag: {x: true, y: false, setScale: false}},
    scales: {y: {range: (_chart, _least, most) => [0, Math.max(1, most) * 1.1]}},
    axes: [
      {...axis, space: 90, values: (_chart, times) => times.map((at) => clockTime(new Date(at * 1000).toISOString()))},
      {...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]}
    ],
    series: [{}, {stroke: colour('--accent'), fill: colour('--accent'), width: 0, points: {show: false}, ...bars()}],
    hooks: {setSelect: [(chart) => {
      const {left, width} = chart.select
      if (width > 3) {
        onSelect(chart.posToVal(left, 'x') * 1000, chart.posToVal(left + width, 'x') * 1000)
      }
    }]}
  }
}

/** How many events came when; dragging chooses a window. */
export const Histogram = (props: Props) => {
  const host = useRef<HTMLDivElement>(null)
  const choose = useRef(props.onChoose)
  choose.current = props.onChoose
  const dark = isDark.value
  useEffect(() => {
    const element = host.current!
    const chart = new uPlot(optionsFor(element, (from, to) => choose.current({from, to})), buildSeries(props), element)
    const watcher = new ResizeObserver(() => chart.setSize({width: element.clientWidth, height: 200}))
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      chart.destroy()
    }
  }, [props.buckets, dark])
  const total = props.buckets.reduce((sum, {count}) => sum + count, 0)
  return <div class="histogram" ref={host} role="img" aria-label={`${total} archived events over time. The fields below choose a window as well.`} />
}
