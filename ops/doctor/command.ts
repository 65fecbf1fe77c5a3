import {examine, type Report} from './examine'
import {type Options, parseOptions, usage} from './options'
import {reportText} from './report'
import {withRuntime} from './runtime'
import {findYtDlp, lacksFfprobe, ytDlpLine} from './yt-dlp'
import {UsageError} from '../program/arguments-of-build'
import {isRefused} from '../program/is-refused'

const examined = (options: Options): Promise<Report> => options.data === undefined
  ? examine(options, options.endpoint)
  : withRuntime(options.data, (address) => examine(options, address))

/** What is left as it was found: all of it without --fix, else what could not be mended. */
const isWell = ({found, failed}: Report, {fix}: Options): boolean => (fix ? failed : found) === 0

const explain = (error: unknown): string => {
  if (isRefused(error)) {
    return 'Expected the embedded AWS to answer; nobody does. Start it with npm start, name its data with --data, or set AWS_ENDPOINT_URL to where it is.'
  }
  const {message, name} = error as Error
  return name === 'CredentialsProviderError' || message === 'Region is missing'
    ? `${message}. The doctor looks into AWS by your credentials, or into what AWS_ENDPOINT_URL or --data names.`
    : message
}

const main = async (): Promise<number> => {
  const options = parseOptions(process.argv.slice(2), process.env)
  if (options === 'help') {
    console.log(usage)
    return 0
  }
  const report = await examined(options)
  const isEmbedded = options.data !== undefined || options.endpoint !== undefined
  const [ytDlp, lack] = await Promise.all([findYtDlp(isEmbedded, process.env), lacksFfprobe(isEmbedded, process.env)])
  console.log(options.json
    ? JSON.stringify({...report, ytDlp, ...(lack !== undefined && {lack})}, null, 2)
    : [reportText(report, options.fix), ytDlpLine(ytDlp), ...(lack === undefined ? [] : [lack])].join('\n'))
  return isWell(report, options) ? 0 : 1
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? `${error.message} See npm run doctor -- --help` : explain(error))
  return 2
})
