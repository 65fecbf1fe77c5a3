import {lookMilliseconds} from './growth'
import type {Sandbox} from './sandbox'

interface Waiting {
  readonly resolve: (sandbox: Sandbox) => void
  readonly reject: (error: unknown) => void
}

/** First come, first served. */
/** Invocations that wait for a sandbox, in their order. */
export const createLine = () => {
  const waiting: Waiting[] = []
  return {
    length: () => waiting.length,
    join: () => new Promise<Sandbox>((resolve, reject) => { waiting.push({resolve, reject}) }),
    /** Whether someone took it. */
    serve: (sandbox: Sandbox): boolean => {
      const next = waiting.shift()
      next?.resolve(sandbox)
      return next !== undefined
    },
    refuse: (error: unknown): void => waiting.splice(0).forEach(({reject}) => reject(error))
  }
}

export type Line = ReturnType<typeof createLine>

/** Calls back again and again, until there is no more need. */
export const createLook = (onLook: () => void) => {
  let timer: NodeJS.Timeout | undefined
  return {
    later: (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        onLook()
      }, lookMilliseconds).unref()
    },
    never: (): void => {
      clearTimeout(timer)
      timer = undefined
    }
  }
}
