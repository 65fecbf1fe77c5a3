import {jest} from '@jest/globals'

/** Stops the calendar at a time; timers, sockets and promises continue. `jest.useRealTimers()` ends it. */
export const freezeDate = (now: string): void => {
  jest.useFakeTimers({
    now: new Date(now),
    doNotFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask', 'performance', 'hrtime']
  })
}
