import {argumentsIn, UsageError} from '../program/arguments-of-build'

export const usage = `npm run doctor -- [options]
  Reports what has drifted apart of table, workflow, bus and bucket, as a table; the rules are those of ReconcileFiles, which it asks.
  Then says which yt-dlp reads pages, and how old it is: of this machine for the embedded AWS, else that pinned for the layer.
  --fix            mend it as well, by those who own each effect: nothing happens twice
  --scope SCOPE    unfinished: files under way and uploads; all: every object and every finished file too (all)
  --json           the report for a program
where: AWS by the usual variables, or what AWS_ENDPOINT_URL names
  --data FOLDER    the embedded AWS on this data, which is started for it and goes on with what it left unfinished
  --suffix=TEXT    of the stack, for example --suffix=-Dev
exit code: 0 no drift (or all mended), 1 drift, 2 it could not look, or wrong usage`

export type Scope = 'unfinished' | 'all'

export interface Options {
  readonly fix: boolean
  readonly scope: Scope
  readonly json: boolean
  readonly data?: string
  readonly suffix: string
  /** Undefined: AWS. */
  readonly endpoint?: string
}

const options = {
  fix: {type: 'boolean', default: false}, scope: {type: 'string', default: 'all'}, json: {type: 'boolean', default: false},
  data: {type: 'string'}, suffix: {type: 'string', default: ''}, help: {type: 'boolean', default: false}
} as const

const isScope = (text: string): text is Scope => text === 'unfinished' || text === 'all'

/** What the command line and the environment say. Throws UsageError. */
export const parseOptions = (args: readonly string[], env: NodeJS.ProcessEnv): Options | 'help' => {
  const {help, scope, data, ...values} = argumentsIn({args: [...args], options}).values
  if (help) {
    return 'help'
  }
  if (!isScope(scope)) {
    throw new UsageError(`Expected --scope to be unfinished or all; got '${scope}'.`)
  }
  const endpoint = env.AWS_ENDPOINT_URL || undefined
  return {...values, scope, ...(data !== undefined && {data}), ...(endpoint !== undefined && {endpoint})}
}
