import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type Mode, rulesOn, switchedRules} from '../../build/wiring/modes'
import {invoke} from './invoke'
import type {System} from './system'

/** Values of the variable `orchestration`. */
export const modes = Object.keys(rulesOn) as Mode[]

interface Module {
  readonly resources?: ReadonlyArray<{readonly type: string, readonly values: Record<string, unknown>}>
  readonly child_modules?: readonly Module[]
}

const setStates = ({resources = [], child_modules: children = []}: Module, mode: Mode): void => {
  for (const {type, values} of resources) {
    if (type === 'aws_cloudwatch_event_rule' && switchedRules.some((name) => name === values['name'])) {
      values['state'] = rulesOn[mode].includes(String(values['name'])) ? 'ENABLED' : 'DISABLED'
    }
  }
  children.forEach((child) => setStates(child, mode))
}

/** The committed wiring as `npm run wiring -- --var orchestration=<mode>` would write it. */
export const wiringIn = (mode: Mode): {values: {root_module: Module}} => {
  const wiring = JSON.parse(readFileSync('local/wiring.json', 'utf8')) as {values: {root_module: Module}}
  setStates(wiring.values.root_module, mode)
  return wiring
}

/** A file with that wiring, for `npm start -- --wiring`. */
export const wiringFileIn = (mode: Mode): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'wiring-')), 'wiring.json')
  writeFileSync(path, JSON.stringify(wiringIn(mode)))
  return path
}

/** What the schedule does every four minutes; by hand, for no test waits that long. Throws what FileCoordinator throws. */
export const runCoordinator = (system: Pick<System, 'address'>): Promise<{readonly started: number, readonly requestedAgain: number}> =>
  invoke(system, 'FileCoordinator', {})
