import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {RefusedError} from '../../shared/cli/errors'
import {readJson} from '../../shared/read-json'
import type {Environment} from './environment'
import {root} from '../program/root'

/** Where the state of an environment lies. */
export type Place = {readonly kind: 'bucket', readonly bucket: string} | {readonly kind: 'file', readonly path: string}

export interface Buckets {
  /** Name of the bucket that bootstrap makes in this account and Region; undefined if it is not there. Throws if no one can tell. */
  find: () => Promise<string | undefined>
}

const stateFile = (terraform: string, name: string): string => join(terraform, 'environments', `${name}.tfstate`)

interface Resource {
  readonly type: string
  readonly instances?: ReadonlyArray<{readonly attributes?: Readonly<Record<string, unknown>>}>
}

const resourcesAt = (path: string): readonly Resource[] =>
  existsSync(path) ? readJson<{resources?: Resource[]}>(path).resources ?? [] : []

/** Suffix of the stack whose state lies at `path`, by its table; undefined if there is none. */
export const suffixOfState = (path: string): string | undefined => {
  const names = resourcesAt(path).filter(({type}) => type === 'aws_dynamodb_table').flatMap(({instances = []}) => instances.map(({attributes}) => attributes?.['name']))
  return names.map((name) => /^MediaDownloader(.*)$/.exec(String(name))?.[1]).find((suffix) => suffix !== undefined)
}

/** States from before environments had their own lie beside the configuration; a plan without them would make everything again. */
const refuseOldState = ({name, suffix}: Environment, terraform: string): void => {
  const old = join(terraform, 'terraform.tfstate')
  if (suffixOfState(old) === suffix && resourcesAt(stateFile(terraform, name)).length === 0) {
    throw new RefusedError(`The stack of ${name} has its state in terraform/terraform.tfstate. Give it to the environment first: mv terraform/terraform.tfstate terraform/environments/${name}.tfstate`)
  }
}

/**
 * The bucket of states if the account has one, else a file on this machine. Throws RefusedError if a state of before
 * would be left behind.
 */
export const findPlace = async (
  environment: Environment, buckets: Buckets, env: NodeJS.ProcessEnv, terraform = join(root, 'terraform')
): Promise<Place> => {
  const {name} = environment
  const bucket = env.STATE_BUCKET || await buckets.find()
  refuseOldState(environment, terraform)
  if (bucket === undefined) {
    return {kind: 'file', path: stateFile(terraform, name)}
  }
  if (resourcesAt(stateFile(terraform, name)).length > 0) {
    throw new RefusedError(`The state of ${name} lies in terraform/environments/${name}.tfstate, and the account has the bucket ${bucket} for states. `
      + `Move it there first: aws s3 cp terraform/environments/${name}.tfstate s3://${bucket}/${name}.tfstate && rm terraform/environments/${name}.tfstate`)
  }
  return {kind: 'bucket', bucket}
}

/** Arguments of init that say which state it is; a file is named in the configuration itself. */
export const backendArguments = ({name, region}: Environment, place: Place): string[] => place.kind === 'file'
  ? []
  : [`bucket=${place.bucket}`, `key=${name}.tfstate`, `region=${region}`].map((setting) => `-backend-config=${setting}`)

export const told = ({name}: Environment, place: Place): string =>
  place.kind === 'file' ? `terraform/environments/${name}.tfstate` : `s3://${place.bucket}/${name}.tfstate`
