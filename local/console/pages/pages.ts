import type {ComponentType} from 'preact'
import {Files} from './files/files'
import {Folder, type IconNode} from 'lucide'

export interface PageEntry {
  readonly title: string
  readonly icon: IconNode
  readonly load: () => Promise<ComponentType>
}

export type PageName = 'files'

/** Every page, in the order of the navigation. All but the first are parts of their own. */
export const pages: Readonly<Record<PageName, PageEntry>> = {
  files: {title: 'Files', icon: Folder, load: async () => Files}
}
