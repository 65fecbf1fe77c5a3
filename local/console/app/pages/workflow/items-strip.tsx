import {duration} from '../../core/format'
import {judgeVisit} from './history'
import type {Item} from './items'

const words = {running: 'running', retrying: 'waiting to try again', succeeded: 'done', caught: 'failed, and handled', failed: 'failed'}

const toLabel = ({index, visit}: Item, isOver: boolean): string => {
  if (visit === undefined) {
    return `Item ${index + 1}, not begun`
  }
  const {enteredAt, exitedAt, attempts} = visit
  return [
    `Item ${index + 1}`, words[judgeVisit(visit, isOver)], ...exitedAt === undefined ? [] : [duration(exitedAt - enteredAt)],
    ...attempts.length > 1 ? [`${attempts.length} attempts`] : []
  ].join(', ')
}

interface Props {
  readonly items: readonly Item[]
  readonly isOver: boolean
  readonly chosen: number | undefined
  readonly onChoose: (index: number) => void
}

/** Every item of a Map as a square of its colour. */
export const ItemsStrip = ({items, isOver, chosen, onChoose}: Props) => {
  const done = items.filter(({visit}) => visit?.exitedAt !== undefined).length
  return (
    <div class="stack items">
      <span class="small muted numbers">{done} of {items.length} items done</span>
      <div class="row wrap items-row" role="group" aria-label="Items">
        {items.map((item) => (
          <button
            type="button" key={item.index} class={`map-item ${item.visit === undefined ? 'idle' : judgeVisit(item.visit, isOver)}`} disabled={item.visit === undefined}
            aria-pressed={item.index === chosen} aria-label={toLabel(item, isOver)} title={toLabel(item, isOver)} onClick={() => onChoose(item.index)}
          >{item.index + 1}
          </button>
        ))}
      </div>
    </div>
  )
}
