import {createElement} from 'preact'
import type {IconNode} from 'lucide'

/** A drawn sign beside words; it says nothing by itself. */
export const Icon = ({of, size = 16}: {of: IconNode, size?: number}) => (
  <svg
    width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"
    aria-hidden="true"
  >
    {of.map(([tag, attributes], index) => createElement(tag, {...attributes, key: index}))}
  </svg>
)
