import {join} from 'node:path'
import {readJson} from '../../shared/read-json'

/** A resource of the deployed stack. */
export interface WiredResource {
  readonly address: string
  readonly type: string
  readonly values: Readonly<Record<string, unknown>>
}

interface Module {
  readonly resources?: readonly WiredResource[]
  readonly child_modules?: readonly Module[]
}

const flatten = ({resources = [], child_modules: children = []}: Module): WiredResource[] => [...resources, ...children.flatMap(flatten)]

export const wiringFile = 'local/wiring.json'

/** Every resource in the wiring below a repository root, those of child modules too. */
export const wiredResources = (root: string): WiredResource[] =>
  flatten(readJson<{values: {root_module: Module}}>(join(root, wiringFile)).values.root_module)

/** The last part of an ARN: the name. */
export const nameOf = (arn: string): string => arn.split(/[:/]/).at(-1)!
