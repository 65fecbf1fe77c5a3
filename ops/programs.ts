import type {Entry} from '../shared/cli/command'

/** Every program of `npm run ops`, in the order of its help; each is loaded when it is run. */
const loaders: Readonly<Record<string, () => Promise<Entry>>> = {
  stack: async () => (await import('./stack/command')).stack,
  secret: async () => (await import('./secret/command')).secret,
  doctor: async () => (await import('./doctor/command')).doctor,
  timeline: async () => (await import('./timeline/command')).timeline,
  dlq: async () => (await import('./dlq/command')).dlq,
  quarantine: async () => (await import('./quarantine/command')).quarantine,
  smoke: async () => (await import('./smoke/command')).smoke,
  replay: async () => (await import('./replay/command')).replay,
  capture: async () => (await import('./capture/command')).capture,
  cost: async () => (await import('./cost/command')).cost,
  layer: async () => (await import('./layer/command')).layer
}

export const summary = 'Programs for operators of a stack.'

/** The program of a name; all if it is none's. One after the other: Jest links no two graphs at once. */
export const programs = async (name = ''): Promise<Entry[]> => {
  const entries: Entry[] = []
  for (const load of Object.hasOwn(loaders, name) ? [loaders[name]!] : Object.values(loaders)) {
    entries.push(await load())
  }
  return entries
}
