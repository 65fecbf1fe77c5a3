import type {ComponentChildren} from 'preact'
import {useEffect, useLayoutEffect, useReducer, useRef, useState} from 'preact/hooks'
import {elementScroll, observeElementOffset, observeElementRect, Virtualizer} from '@tanstack/virtual-core'

interface Props<Item> {
  readonly label: string
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string | number
  /** Height of every row in px. */
  readonly size: number
  readonly render: (item: Item) => ComponentChildren
  /** Called as the last rows come into sight. */
  readonly onEnd?: () => void
  /** Keeps the newest row, the last, in sight while the reader is there. */
  readonly follow?: boolean
}

type RowVirtualizer = Virtualizer<HTMLDivElement, HTMLElement>

const useVirtualizer = (count: number, size: number, element: () => HTMLDivElement | null): RowVirtualizer => {
  const [, update] = useReducer((n: number) => n + 1, 0)
  const options = {
    count, estimateSize: () => size, getScrollElement: element, overscan: 8, scrollToFn: elementScroll,
    observeElementRect, observeElementOffset, onChange: () => update(undefined)
  }
  const [virtualizer] = useState(() => new Virtualizer<HTMLDivElement, HTMLElement>(options))
  virtualizer.setOptions(options)
  useLayoutEffect(() => virtualizer._didMount(), [])
  useLayoutEffect(() => virtualizer._willUpdate())
  return virtualizer
}

/** If new rows come above those in sight, these stay where they are. */
const useAnchor = <Item extends object>({items, keyOf, size}: Props<Item>, element: () => HTMLDivElement | null): void => {
  const first = useRef<string | number | undefined>(undefined)
  useLayoutEffect(() => {
    const scroller = element()
    const added = first.current === undefined ? -1 : items.findIndex((item) => keyOf(item) === first.current)
    if (scroller !== null && added > 0 && scroller.scrollTop > 0) {
      scroller.scrollTop += added * size
    }
    first.current = items[0] === undefined ? undefined : keyOf(items[0])
  }, [items])
}

const useFollow = (isFollowing: boolean, items: readonly unknown[], element: () => HTMLDivElement | null): void => useLayoutEffect(() => {
  const scroller = element()
  if (isFollowing && scroller !== null) {
    scroller.scrollTop = scroller.scrollHeight
  }
}, [items, isFollowing])

/** A list of any length: only the rows in sight are in the document. */
export const VirtualList = <Item extends object>(props: Props<Item>) => {
  const {label, items, keyOf, size, render, onEnd, follow = false} = props
  const scroller = useRef<HTMLDivElement>(null)
  const element = (): HTMLDivElement | null => scroller.current
  const virtualizer = useVirtualizer(items.length, size, element)
  useAnchor(props, element)
  useFollow(follow, items, element)
  const rows = virtualizer.getVirtualItems()
  const isAtEnd = (rows.at(-1)?.index ?? -1) >= items.length - 1
  useEffect(() => void (isAtEnd && items.length > 0 && onEnd?.()), [isAtEnd, items.length])
  return (
    <div class="pane-scroll" ref={scroller} tabIndex={0} role="group" aria-label={label}>
      <div class="list" role="list" style={{height: `${virtualizer.getTotalSize()}px`}}>
        {rows.map(({index, start}) => {
          const item = items[index]
          return item === undefined
            ? null
            : (
                <div class="list-row" role="listitem" key={keyOf(item)} style={{transform: `translateY(${start}px)`, height: `${size}px`}}>{render(item)}</div>
              )
        })}
      </div>
    </div>
  )
}
