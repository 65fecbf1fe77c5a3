import {UsageError} from '../program/arguments-of-build'
import {isRefused} from '../program/is-refused'
import {storyOf} from './entry'
import {type Options, parseOptions, usage} from './options'
import {tell} from './tell'

const told = async (options: Options): Promise<void> => {
  const timeline = await tell(options)
  if (options.json) {
    console.log(JSON.stringify(timeline, null, 2))
    return
  }
  console.log([`${timeline.fileId}, from ${timeline.entries[0]?.at}`, ...storyOf(timeline.entries), ...timeline.notes.map((note) => `Note: ${note}`)].join('\n'))
}

const explain = (error: unknown): string => isRefused(error)
  ? 'Expected the embedded AWS to answer; nobody does. Start it with npm start, name its --endpoint, or look into AWS with --aws.'
  : (error as Error).message

const main = async (): Promise<number> => {
  const options = parseOptions(process.argv.slice(2), process.env)
  if (options === 'help') {
    console.log(usage)
    return 0
  }
  await told(options)
  return 0
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? `${error.message} See npm run timeline -- --help` : explain(error))
  return error instanceof UsageError ? 2 : 1
})
