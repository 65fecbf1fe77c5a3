import {spawnSync} from 'node:child_process'
import {isAmong} from '../../shared/json'
import {terraformEnvironment} from './environment'
import {buildTofu, NoGoError, type Say} from './build'
import {cachedProgram, cacheFolder} from './cache'
import {readPin, type Release} from './pin'

/** OpenTofu or Terraform: two programs that read the same HCL. */
export interface Tool {
  readonly kind: 'OpenTofu' | 'Terraform'
  readonly version: string
  /** Path, or name on PATH. */
  readonly program: string
}

export const titleOf = ({kind, version}: Tool): string => `${kind} ${version}`

/** What `program` says that it is; undefined if it does not run. */
export const toolAt = (program: string): Tool | undefined => {
  const {status, stdout} = spawnSync(program, ['version'], {encoding: 'utf8', env: terraformEnvironment()})
  const [, kind, version] = /^(OpenTofu|Terraform) v(\S+)/m.exec(stdout ?? '') ?? []
  return status === 0 && version !== undefined && isAmong(['OpenTofu', 'Terraform'] as const, kind) ? {kind, version, program} : undefined
}

/** The tool that the programs of this repository use: `tofu` on PATH, else the built one, else `terraform` on PATH. Throws when there is none. */
export const preferredTool = (cache = cacheFolder()): Tool => {
  const built = cachedProgram(readPin('newest').version, cache)
  const tool = toolAt('tofu') ?? (built === undefined ? undefined : toolAt(built)) ?? toolAt('terraform')
  if (tool === undefined) {
    throw new Error('Neither tofu (1.10 or newer) nor terraform (1.11 or newer) is on PATH: install one (https://opentofu.org/docs/intro/install), or npm run tofu, which builds OpenTofu with Go.')
  }
  return tool
}

/** The pinned release: on PATH, in the cache, or built now. Throws NoGoError if it can be none of them. */
export const pinnedTofu = async (release: Release, say: Say, cache = cacheFolder()): Promise<Tool> => {
  const pin = readPin(release)
  const onPath = toolAt('tofu')
  if (onPath?.version === pin.version) {
    return onPath
  }
  const program = cachedProgram(pin.version, cache) ?? await buildTofu(pin, say, cache)
  return {kind: 'OpenTofu', version: pin.version, program}
}

export interface Tools {
  /** With these everything is done. */
  readonly all: readonly Tool[]
  /** The oldest OpenTofu: validates and tests only. Undefined if it could not be built. */
  readonly oldest: Tool | undefined
}

export interface ToolsOptions {
  /** Whether a machine that cannot build OpenTofu is an error. */
  readonly isTofuRequired: boolean
  readonly say: Say
}

/**
 * Terraform of PATH and both pinned releases of OpenTofu. Where they cannot be built, says so in one sentence and leaves
 * them out, or throws if `isTofuRequired`; throws as well if no tool is left.
 */
export const everyTool = async ({isTofuRequired, say}: ToolsOptions): Promise<Tools> => {
  const terraform = toolAt('terraform')
  try {
    const newest = await pinnedTofu('newest', say)
    return {all: terraform === undefined ? [newest] : [terraform, newest], oldest: await pinnedTofu('oldest', say)}
  } catch (error) {
    if (isTofuRequired || !(error instanceof NoGoError)) {
      throw error
    }
    const found = [terraform, toolAt('tofu')].filter((tool) => tool !== undefined)
    const left = found.length === 0 ? [preferredTool()] : found
    say(`${error.message} Checking with ${left.map(titleOf).join(' and ')} alone.`)
    return {all: left, oldest: undefined}
  }
}
