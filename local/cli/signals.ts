/** npm passes the terminal's signal on to a process that has had it already. */
const echoMilliseconds = 500

/** Resolves at the first Ctrl-C or SIGTERM; another one, a while later, ends the process at once. */
export const untilStopped = (): Promise<'stopped'> => new Promise((resolve) => {
  let first: number | undefined
  const stop = (): void => {
    if (first !== undefined && Date.now() - first > echoMilliseconds) {
      process.exit(130)
    }
    first ??= Date.now()
    resolve('stopped')
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
})
