import type {ChildProcess} from 'node:child_process'
import type {Inspector} from './inspector'

/** How long a process waits for its debugger to come back. */
const patienceMilliseconds = 3_000

/** Has a process that waits for its debugger begin without. */
const goOn = (url: string): void => {
  const socket = new WebSocket(url)
  socket.onopen = () => socket.send(JSON.stringify({id: 1, method: 'Runtime.runIfWaitingForDebugger'}))
  socket.onmessage = () => socket.close()
}

/** Once a process says where its Node's inspector listens, debuggers are led to it; it waits for one that saw the sandbox before it. */
export const introduce = (child: ChildProcess, inspector: Inspector, onServed: (hide: () => void) => void): void => {
  child.once('message', ({inspector: url}: {inspector: string}) => {
    onServed(inspector.serve(Number(new URL(url).port)))
    const wait = inspector.isAwaited()
    child.send({wait})
    if (wait) {
      setTimeout(() => child.exitCode === null && child.signalCode === null && goOn(url), patienceMilliseconds).unref()
    }
  })
}
