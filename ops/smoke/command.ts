import {UsageError} from '../program/arguments-of-build'
import {apiAt} from '../../shared/api'
import {authorizeBy} from './authorize'
import {type Options, parseOptions, usage} from './options'
import {prove} from './prove'
import {recorderFor} from './report'

const hintFor = (message: string): string => message.includes('PrivateAddressError')
  ? 'The source is on this machine: start the embedded AWS with npm start -- --allow-private-sources, or name a --source elsewhere.'
  : ''

const smoke = async (options: Options): Promise<number> => {
  const recorder = recorderFor(options.endpoint.origin, options.json ? () => undefined : console.log)
  const ok = await prove(apiAt(options.endpoint, authorizeBy(options)), options, recorder).then(() => true, (error: unknown) => {
    const {message} = error as Error
    const isTold = !options.json && recorder.report().steps.some(({detail}) => detail === message)
    console.error([isTold ? '' : message, hintFor(message)].filter((line) => line !== '').join('\n'))
    return false
  })
  const report = {...recorder.report(), ok}
  if (options.json) {
    console.log(JSON.stringify(report, null, 2))
  } else {
    report.left?.forEach((each) => console.log(`stays   ${each}`))
    console.log(report.ok ? `The deployment at ${report.endpoint} works: ${report.seconds.toFixed(1)} s.` : `The deployment at ${report.endpoint} does not work.`)
  }
  return report.ok ? 0 : 1
}

const main = async (): Promise<number> => {
  const options = parseOptions(process.argv.slice(2), process.env)
  if (options === 'help') {
    console.log(usage)
    return 0
  }
  return smoke(options)
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? `${error.message} See npm run smoke -- --help` : error)
  return error instanceof UsageError ? 2 : 1
})
