import {execFileSync} from 'node:child_process'
import {copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {isDeepStrictEqual, parseArgs} from 'node:util'
import {corpus, type Specimen} from '../../local/services/states/test/oracle-corpus'
import {type Answer, type Answers, answersPath, digestOf} from '../../local/services/states/test/oracle-answers'

const name = 'aws-local-stepfunctions'

interface Machine {
  run: (input: unknown, options: object) => {readonly result: Promise<unknown>}
}

type Constructor = new (definition: object, options: object) => Machine

interface Oracle {
  readonly version: string
  readonly create: (definition: object) => Machine
}

/** Installs the oracle beside the packages, not among them: it alone wants Node 22 to be installed. */
const installOracle = async (): Promise<Oracle> => {
  const folder = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'oracle')
  const files = ['package.json', 'package-lock.json']
  const isCurrent = (file: string): boolean =>
    existsSync(join(folder, file)) && readFileSync(join(folder, file), 'utf8') === readFileSync(join(import.meta.dirname, file), 'utf8')
  if (!files.every(isCurrent) || !existsSync(join(folder, 'node_modules', '.package-lock.json'))) {
    mkdirSync(folder, {recursive: true})
    files.forEach((file) => copyFileSync(join(import.meta.dirname, file), join(folder, file)))
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {cwd: folder, stdio: 'inherit'})
  }
  const require = createRequire(join(folder, 'package.json'))
  const {StateMachine} = await import(pathToFileURL(require.resolve(name)).href) as {StateMachine: Constructor}
  const {version} = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as {version: string}
  return {version, create: (definition) => new StateMachine(definition, {validationOptions: {noValidate: true}})}
}

/** Names of the states that wait or repeat, so that the oracle does neither for long. */
const statesOf = (definition: object, type: (state: {Type?: string, Retry?: unknown}) => boolean): string[] => {
  const found: string[] = []
  JSON.stringify(definition, (key, value: {Type?: string}) => {
    if (typeof value === 'object' && value !== null && type(value)) {
      found.push(key)
    }
    return value
  })
  return found
}

const ask = async ({create}: Oracle, specimen: Specimen): Promise<Answer> => {
  const {definition, input, functions = {}} = specimen
  const {result} = create(definition).run(input, {overrides: {
    taskResourceLocalHandlers: functions,
    waitTimeOverrides: Object.fromEntries(statesOf(definition, ({Type}) => Type === 'Wait').map((state) => [state, 0])),
    retryIntervalOverrides: Object.fromEntries(statesOf(definition, ({Retry}) => Retry !== undefined).map((state) => [state, 0]))
  }})
  try {
    return {specimen: digestOf(specimen), output: await result}
  } catch (error) {
    return {specimen: digestOf(specimen), error: ((error as Error).cause as Error).name}
  }
}

const main = async (): Promise<number> => {
  const {values} = parseArgs({options: {record: {type: 'boolean', default: false}}})
  const oracle = await installOracle()
  const answers: Record<string, Answer> = {}
  for (const specimen of corpus) {
    answers[specimen.name] = await ask(oracle, specimen)
  }
  const found: Answers = {oracle: `${name} ${oracle.version}`, answers}
  if (values.record) {
    writeFileSync(answersPath, `${JSON.stringify(found, null, 2)}\n`)
    console.log(`Wrote ${answersPath}: ${corpus.length} answers of ${found.oracle}.`)
    return 0
  }
  const recorded = JSON.parse(readFileSync(answersPath, 'utf8')) as Answers
  const differing = [...new Set([...Object.keys(answers), ...Object.keys(recorded.answers)])]
    .filter((each) => !isDeepStrictEqual(JSON.parse(JSON.stringify(answers[each] ?? null)), recorded.answers[each] ?? null))
  differing.forEach((each) => console.error(`${each}: recorded ${JSON.stringify(recorded.answers[each])}, now ${JSON.stringify(answers[each])}`))
  console.log(`${found.oracle}: ${corpus.length - differing.length} of ${corpus.length} answers are as recorded.`)
  return differing.length === 0 ? 0 : 1
}

process.exitCode = await main()
