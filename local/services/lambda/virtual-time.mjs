/**
 * A function's Date where the runtime's clock is virtual: it stands at the moment of the invocation and continues in whole
 * seconds, so that what takes a moment has one time, and what takes long still sees it pass. Timers stay real: they
 * measure sockets and sources, which are.
 */
const RealDate = Date

let moment = Number(process.argv[3])
let since = performance.now()

/** Sets the time to what the Runtime API says. */
export const setTime = (milliseconds) => {
  moment = milliseconds
  since = performance.now()
}

const now = () => moment + Math.floor((performance.now() - since) / 1000) * 1000

const VirtualDate = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget === VirtualDate ? target : newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => name === 'now' ? now : Reflect.get(target, name)
})

globalThis.Date = VirtualDate
