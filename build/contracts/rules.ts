import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

interface Resource {
  readonly type: string
  readonly values: {readonly name?: string, readonly rule?: string, readonly arn?: string, readonly event_pattern?: string | null}
}

interface Module {
  readonly resources?: readonly Resource[]
  readonly child_modules?: readonly Module[]
}

/** The rules that match an event, each with its targets: as deployed where `local/wiring.json` is there, else as HCL writes them. */
export const rulesOf = (root: string, event: string): string[] => {
  const wiring = join(root, 'local/wiring.json')
  return existsSync(wiring)
    ? deployedRules(resourcesOf((JSON.parse(readFileSync(wiring, 'utf8')) as {values: {root_module: Module}}).values.root_module), event)
    : writtenRules(join(root, 'terraform'), event)
}

const resourcesOf = ({resources = [], child_modules = []}: Module): Resource[] => [...resources, ...child_modules.flatMap(resourcesOf)]

const deployedRules = (resources: readonly Resource[], event: string): string[] => resources
  .filter(({type, values}) => type === 'aws_cloudwatch_event_rule' && detailTypes(values.event_pattern).includes(event))
  .map(({values: {name = ''}}) => {
    const targets = resources.filter(({type, values}) => type === 'aws_cloudwatch_event_target' && values.rule === name)
    return [name, ...targets.map(({values}) => values.arn?.split(':').at(-1) ?? '')].join(' → ')
  })

/** A scheduled rule has no pattern: the wiring says null or nothing. */
const detailTypes = (pattern: string | null | undefined): unknown[] => (JSON.parse(pattern || '{}') as {'detail-type'?: unknown[]})['detail-type'] ?? []

const writtenRules = (folder: string, event: string): string[] => existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => /^event_.*\.tf$/.test(file))
      .flatMap((file) => readFileSync(join(folder, file), 'utf8').split(/^(?=module )/m))
      .filter((block) => block.includes(`events["${event}"].pattern`))
      .map((block) => /^module "([^"]+)"/.exec(block)?.[1] ?? event)
  : []
