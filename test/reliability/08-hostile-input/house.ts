import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {committedWiring} from '../../helpers/wiring'
import {startSystem, type System} from '../system'

interface Module {
  readonly resources?: ReadonlyArray<{readonly type: string, readonly values: Record<string, unknown>}>
  readonly child_modules?: readonly Module[]
}

const silence = ({resources = [], child_modules: children = []}: Module): void => {
  resources.filter(({type}) => type === 'aws_cloudwatch_event_rule').forEach(({values}) => { values['state'] = 'DISABLED' })
  children.forEach(silence)
}

/** The committed wiring with every rule off: what hostile requests set off is the business of no proof, and no source is asked. */
const silentWiring = (folder: string): string => {
  const wiring = JSON.parse(readFileSync('local/wiring.json', 'utf8')) as {values: {root_module: Module}}
  silence(wiring.values.root_module)
  const path = join(folder, 'wiring.json')
  writeFileSync(path, JSON.stringify(wiring))
  return path
}

/** The environment of all functions at once: none means another thing by a name than the others. */
const setEnvironment = (address: string): void => {
  const environments = committedWiring().resources.filter(({type}) => type === 'aws_lambda_function').map(({values}) =>
    (values['environment'] as Array<{variables: Record<string, string>}> | undefined)?.[0]?.variables ?? {})
  Object.assign(process.env, ...environments, {
    AWS_ENDPOINT_URL: address, AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', POWERTOOLS_LOG_LEVEL: 'SILENT'
  })
}

/** A system that does nothing by itself, and its functions' environment in this process: import handlers afterwards. */
export const withQuietHouse = async <T>(work: (system: System) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
  const system = await startSystem({wiring: silentWiring(folder), allowPrivateSources: false})
  setEnvironment(system.address)
  try {
    return await work(system)
  } finally {
    await system.stop()
    rmSync(folder, {recursive: true, force: true})
  }
}
