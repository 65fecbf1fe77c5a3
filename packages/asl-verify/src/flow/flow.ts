import {type PlacedMachine, type PlacedState, listStates} from '../definition'
import {isSame, join} from '../shape/join'
import type {Shape} from '../shape/shape'
import {measureDepth} from '../shape/size'
import type {Env, Flow} from './env'
import {step} from './step'

/** Deeper than any data of ours; what gets there grows with every turn of a loop. */
const maxDepth = 24

interface Reached {
  readonly inputs: Map<string, Shape>
  /** States after which data grew without end. */
  readonly growing: Set<string>
}

/** Follows the data of a machine through all its states until nothing new comes of it, then reports the faults. */
export const flow = (placed: PlacedMachine, input: Shape, env: Env): Flow => {
  const states = listStates(placed)
  const silent: Env = {...env, report: undefined}
  const {inputs, growing} = settle(placed, states, input, silent)
  const outputs: Shape[] = []
  for (const each of states) {
    const data = inputs.get(each.name)
    const outcome = data === undefined ? undefined : step(each, data, env, flow)
    outputs.push(...(outcome?.output === undefined ? [] : [outcome.output]))
  }
  states.filter(({name}) => growing.has(name)).forEach(({name, pointer}) => env.report?.({
    code: 'payload-growth', state: name, pointer,
    sentence: 'Expected data that stays as it is from turn to turn; found that this state puts what it had into what it makes, in a loop. Write into a field of fixed size.'
  }))
  return {inputs, output: outputs.length === 0 ? undefined : join(...outputs)}
}

const settle = ({machine}: PlacedMachine, states: readonly PlacedState[], input: Shape, env: Env): Reached => {
  const byName = new Map(states.map((each) => [each.name, each]))
  const inputs = new Map([[machine.StartAt, input]])
  const growing = new Set<string>()
  const pending = [machine.StartAt]
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    const placed = byName.get(name)
    const edges = placed === undefined ? [] : step(placed, inputs.get(name)!, env, flow).edges
    for (const {to, data} of edges) {
      if (measureDepth(data) > maxDepth) {
        growing.add(name)
        continue
      }
      const before = inputs.get(to)
      const after = before === undefined ? data : join(before, data)
      if (before === undefined || !isSame(before, after)) {
        inputs.set(to, after)
        pending.push(to)
      }
    }
  }
  return {inputs, growing}
}
