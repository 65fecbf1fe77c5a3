import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Machine} from 'asl-verify/definition'
import {readPlaceholders} from '../../build/asl/facts/placeholders'

const root = join(import.meta.dirname, '../..')
const file = 'FileDownloadWorkflow.asl.json'

/** The file as it is committed, placeholders and all. */
export const rawDefinition = readFileSync(join(root, 'terraform/workflows', file), 'utf8')

/** What Terraform fills in, by placeholder, if its HCL has it as text. */
export const placeholders = readPlaceholders(root, file)!

/** The definition as JSON, with placeholders left in. */
export const definition = JSON.parse(rawDefinition) as Machine
