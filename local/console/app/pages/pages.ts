import type {ComponentType} from 'preact'
import {Activity, ChartGantt, FlaskConical, Folder, History, type IconNode, ScrollText, Workflow} from 'lucide'
import {Files} from './files/files'

export interface PageEntry {
  readonly title: string
  readonly icon: IconNode
  readonly load: () => Promise<ComponentType>
}

export type PageName = 'files' | 'workflow' | 'events' | 'replay' | 'timeline' | 'lab' | 'logs'

/** Every page, in the order of the navigation. All but the first are parts of their own. */
export const pages: Readonly<Record<PageName, PageEntry>> = {
  files: {title: 'Files', icon: Folder, load: async () => Files},
  workflow: {title: 'Workflow', icon: Workflow, load: async () => (await import('./workflow/workflow')).WorkflowPage},
  events: {title: 'Events', icon: Activity, load: async () => (await import('./events/events')).EventsPage},
  replay: {title: 'Replay', icon: History, load: async () => (await import('./replay/replay')).ReplayPage},
  timeline: {title: 'Timeline', icon: ChartGantt, load: async () => (await import('./timeline/timeline')).TimelinePage},
  lab: {title: 'Lab', icon: FlaskConical, load: async () => (await import('./lab/lab')).LabPage},
  logs: {title: 'Logs', icon: ScrollText, load: async () => (await import('./logs/logs')).LogsPage}
}
