import type {Facts} from './facts'

/** Completes the facts of an observation by those of earlier ones: a delivery's by its event's, an invocation's by its log lines'. */
export type Relate = (facts: Facts) => Facts

const most = 5000

interface About {
  readonly fileId?: string
  readonly correlationId?: string
}

/** The newest of what was said about each key. */
const createMemory = () => {
  const known = new Map<string, About>()
  return {
    get: (key: string | undefined): About => key === undefined ? {} : known.get(key) ?? {},
    learn: (key: string | undefined, about: About): void => {
      if (key === undefined || about.fileId === undefined) {
        return
      }
      known.delete(key)
      known.set(key, about)
      if (known.size > most) {
        known.delete(known.keys().next().value ?? '')
      }
    }
  }
}

export const createRelate = (): Relate => {
  const byKey = createMemory()
  return (facts) => {
    const {eventId, requestId} = facts
    const related = {...byKey.get(requestId), ...byKey.get(eventId), ...facts}
    const {fileId, correlationId} = related
    const about = {...(fileId !== undefined && {fileId}), ...(correlationId !== undefined && {correlationId})}
    byKey.learn(eventId, about)
    byKey.learn(requestId, about)
    return related
  }
}
