import type {IncomingMessage} from 'node:http'

/** An invocation that is under way. */
export interface Caller {
  readonly functionName: string
  /** SIGKILL of its sandbox. */
  kill: () => void
}

/** The callers of what comes in: SDKs send the trace id of their invocation along. */
export interface Callers {
  enter: (requestId: string, caller: Caller) => void
  leave: (requestId: string) => void
  of: (request: IncomingMessage) => Caller | undefined
}

/** The part of a trace id that names the invocation: https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html */
export const traceName = (requestId: string): string => requestId.replaceAll('-', '').slice(0, 24)

export const createCallers = (): Callers => {
  const running = new Map<string, Caller>()
  return {
    enter: (requestId, caller) => { running.set(traceName(requestId), caller) },
    leave: (requestId) => { running.delete(traceName(requestId)) },
    of: ({headers}) => running.get(/Root=1-[\da-f]+-([\da-f]{24})/.exec(String(headers['x-amzn-trace-id']))?.[1] ?? '')
  }
}
