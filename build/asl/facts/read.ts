import {existsSync, readFileSync} from 'node:fs'
import {basename, join} from 'node:path'
import type {Facts} from 'asl-verify/facts/facts'
import {noPromises, type Policy} from 'asl-verify/facts/policy'
import {any} from 'asl-verify/shape/shape'
import validations from 'dynalite/validations/index.js'
import {readJson} from '../../../shared/read-json'
import {aslMisfits} from '../../contracts/asl-fit'
import {readContracts} from '../../../shared/contracts/schema'
import {readErrorTable} from './errors'
import {readPlaceholders} from './placeholders'
import {readTypes} from './types'
import {readDeployed} from './wiring'

const suffix = '.asl.json'

/** All facts about the workflow of a file, from the repository at a root. Throws if the wiring is missing. */
export const readFacts = (root: string, file: string): Facts => {
  const workflow = basename(file, suffix)
  const types = readTypes(root)
  const placeholders = readPlaceholders(root, basename(file))
  return {
    workflow,
    policy: readPolicy(workflow),
    input: types[`${workflow}Input`] ?? any,
    types,
    errors: readErrorTable(readFileSync(join(root, 'src/util/errors.ts'), 'utf8')),
    ...readRules(root),
    ...readDeployed(join(root, 'local/wiring.json')),
    ...(placeholders === undefined ? {} : {placeholders})
  }
}

/** Contracts of events and the grammar of DynamoDB: what says of a request whether it fits. */
export const readRules = (root: string): Pick<Facts, 'contracts' | 'misfitsOf' | 'parseRequest'> => {
  const contracts = readContracts(root)
  return {contracts, misfitsOf: (entry) => aslMisfits(entry, contracts), parseRequest: validations.validateExpressions}
}

/** What a workflow promises: build/asl/policies has one file for each that does. */
export const readPolicy = (workflow: string): Policy => {
  const path = join(import.meta.dirname, '../policies', `${workflow}.json`)
  return existsSync(path) ? {...noPromises, ...readJson<Partial<Policy>>(path)} : noPromises
}
