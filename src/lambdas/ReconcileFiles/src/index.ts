import {withXRay} from '../../../lib/vendor/AWS/XRay'
import {logger} from '../../../util/logger'
import {type FoundDrift, type Scope, sweep} from './sweep'

/** What `npm run doctor` asks for. */
interface Examination {
  readonly scope: Scope
  readonly dryRun: boolean
}

/** Of a schedule: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html */
interface Tick {
  readonly resources: readonly string[]
}

interface Report {
  readonly scope: Scope
  readonly found: number
  readonly failed: number
  /** The first of them: an answer has its limit. */
  readonly drift: readonly FoundDrift[]
}

const maxTold = 1_000

const isTick = (event: Examination | Tick): event is Tick => 'resources' in event

const readScope = ({resources}: Tick): Scope => resources.some((arn) => arn.includes('rule/ReconcileFilesDaily')) ? 'all' : 'unfinished'

const report = (scope: Scope, drift: readonly FoundDrift[]): Report => {
  const failed = drift.filter(({outcome}) => outcome === 'failed').length
  logger.info('Files were reconciled.', {scope, found: drift.length, failed})
  return {scope, found: drift.length, failed, drift: drift.slice(0, maxTold)}
}

/** No one reads what a tick is answered: what could not be repaired is its error. */
const reconcile = async (scope: Scope): Promise<Report> => {
  const drift = await sweep(scope, false)
  const left = drift.find(({outcome}) => outcome === 'failed')
  const told = report(scope, drift)
  if (left !== undefined) {
    throw new Error(
      `Expected to repair all drift; ${told.failed} of ${told.found} were not, first ${left.kind} of ${left.fileId}: ${left.reason}`
    )
  }
  return told
}

export const handler = withXRay(async (event: Examination | Tick) =>
  isTick(event) ? reconcile(readScope(event)) : report(event.scope, await sweep(event.scope, event.dryRun)))
