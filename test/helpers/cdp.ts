/** A debugger: speaks the Chrome DevTools Protocol over a WebSocket. https://chromedevtools.github.io/devtools-protocol/v8/Debugger/ */
export interface Debugger {
  readonly send: <T = object>(method: string, params?: object) => Promise<T>
  /** The next event of this kind, or one that came already and that no one has taken. */
  readonly next: <T>(method: string, matches?: (params: T) => boolean) => Promise<T>
  readonly detach: () => Promise<void>
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: object
  readonly result?: object
  readonly error?: {readonly message: string}
}

interface Target {
  readonly webSocketDebuggerUrl: string
}

/** What the address lists. */
export const targetsAt = async (address: string): Promise<readonly Target[]> =>
  (await fetch(`http://${address}/json/list`)).json() as Promise<readonly Target[]>

/** Attaches to the one target at an address. */
export const attach = async (address: string): Promise<Debugger> => {
  const [target] = await targetsAt(address)
  const socket = new WebSocket(target!.webSocketDebuggerUrl)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error(`Expected a debugger to attach at ${target!.webSocketDebuggerUrl}; it is refused.`))
  })
  const answers = new Map<number, (message: Message) => void>()
  const events: Message[] = []
  const waiting = new Set<() => void>()
  socket.onmessage = ({data}) => {
    const message = JSON.parse(String(data)) as Message
    if (message.id === undefined) {
      events.push(message)
      waiting.forEach((look) => look())
    } else {
      answers.get(message.id)?.(message)
    }
  }
  let id = 0
  return {
    send: <T>(method: string, params: object = {}) => new Promise<T>((resolve, reject) => {
      answers.set(++id, ({result, error}) => error === undefined ? resolve(result as T) : reject(new Error(`${method}: ${error.message}`)))
      socket.send(JSON.stringify({id, method, params}))
    }),
    next: <T>(method: string, matches: (params: T) => boolean = () => true) => new Promise<T>((resolve) => {
      const look = (): void => {
        const index = events.findIndex((event) => event.method === method && matches(event.params as T))
        if (index !== -1) {
          waiting.delete(look)
          resolve(events.splice(index, 1)[0]!.params as T)
        }
      }
      waiting.add(look)
      look()
    }),
    detach: () => new Promise((resolve) => {
      socket.onclose = () => resolve()
      socket.close()
      if (socket.readyState === WebSocket.CLOSED) {
        resolve()
      }
    })
  }
}
