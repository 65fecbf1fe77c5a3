import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {quoted} from '../../shared/patterns/matchers'
import {patternBranches} from '../../shared/patterns/pattern'
import {arnName} from '../../shared/wiring/arn'
import {readWiring, wiringFile, type WiredResource} from '../../shared/wiring/wiring'
/** The rules that match an event, each with its targets: as deployed if `local/wiring.json` is there, else as HCL writes them. */
export const matchingRules = (root: string, event: string): string[] => existsSync(join(root, wiringFile))
  ? deployedRules(readWiring(join(root, wiringFile)).resources, event)
  : writtenRules(join(root, 'terraform'), event)

const deployedRules = (resources: readonly WiredResource[], event: string): string[] => resources
  .filter(({type, values}) => type === 'aws_cloudwatch_event_rule' && takesDetailType(String(values.event_pattern || ''), event))
  .map(({values: {name}}) => {
    const targets = resources.filter(({type, values}) => type === 'aws_cloudwatch_event_target' && values.rule === name)
    return [name, ...targets.map(({values}) => arnName(String(values.arn)))].join(' → ')
  })

/** A scheduled rule has no pattern: the wiring says null or nothing. */
const takesDetailType = (pattern: string, event: string): boolean => pattern !== '' && patternBranches(pattern).some((branch) =>
  branch.some(([path, matchers, numbers]) => path === 'detail-type' && matchers.some(({test}) => test(quoted(event), numbers))))

const writtenRules = (folder: string, event: string): string[] => existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => /^event_.*\.tf$/.test(file))
      .flatMap((file) => readFileSync(join(folder, file), 'utf8').split(/^(?=module )/m))
      .filter((block) => block.includes(`events["${event}"].pattern`))
      .map((block) => /^module "([^"]+)"/.exec(block)?.[1] ?? event)
  : []
