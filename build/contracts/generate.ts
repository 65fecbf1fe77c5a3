import {emitTypes} from './emit-types'
import {emitValidators, emitValidatorTypes} from './emit-validators'
import {refusals} from './refusals'
import {eventsFolder, readContracts} from '../../shared/contracts/schema'

export interface Generated {
  /** Text by path from the root. Empty if there are problems. */
  readonly files: ReadonlyMap<string, string>
  readonly problems: readonly string[]
}

/** Everything that follows from the contracts below a repository root. */
export const generate = async (root: string): Promise<Generated> => {
  const contracts = readContracts(root)
  const problems = contracts.flatMap((contract) => refusals(contract).map((why) => `${eventsFolder}/${contract.event}/schema.json: ${why}.`))
  return {
    problems,
    files: problems.length > 0
      ? new Map()
      : new Map([
          ['src/types/eventbridge.ts', await emitTypes(contracts)],
          ['src/types/eventbridge.validators.js', await emitValidators(contracts)],
          ['src/types/eventbridge.validators.d.ts', emitValidatorTypes(contracts)]
        ])
  }
}
