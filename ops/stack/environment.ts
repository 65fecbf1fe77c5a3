import {existsSync, globSync, readFileSync} from 'node:fs'
import {basename, join} from 'node:path'
import {UsageError} from '../../shared/cli/errors'
import {root} from '../program/root'
import {settingsIn, textDefault} from './settings'

/** One stack: its file of variables and what programs of ours read of it. */
export interface Environment {
  readonly name: string
  readonly suffix: string
  readonly region: string
  /** A setting that is text; empty if the file does not say it. */
  text: (setting: string) => string
  /** A setting that is a number; 0 if the file does not say it. */
  number: (setting: string) => number
}

const settingsFile = (name: string): string => join(root, 'terraform', 'environments', `${name}.tfvars`)

export const environmentNames = (): string[] =>
  globSync('*.tfvars', {cwd: join(root, 'terraform', 'environments')}).map((file) => basename(file, '.tfvars')).sort()

/** The environment that a command line names. Throws UsageError if there is none of that name. */
export const readEnvironment = (name: string | undefined): Environment => {
  const known = environmentNames().join(', ')
  if (name === undefined) {
    throw new UsageError(`Say which environment: ${known}.`)
  }
  if (!/^[a-z0-9-]+$/.test(name) || !existsSync(settingsFile(name))) {
    throw new UsageError(`There is no terraform/environments/${name}.tfvars; the environments are ${known}.`)
  }
  const settings = settingsIn(readFileSync(settingsFile(name), 'utf8'))
  const text = (setting: string): string => String(settings.get(setting) ?? '')
  const defaults = readFileSync(join(root, 'terraform', 'variables.tf'), 'utf8')
  return {
    name, suffix: text('suffix'), region: text('region') || textDefault(defaults, 'region'),
    text, number: (setting) => Number(settings.get(setting) ?? 0)
  }
}
