import validate from 'asl-validator'
import type {Report} from 'asl-verify/finding'

/** Found by a rule of our own, which says more. */
const isOurs = /is not reachable$/

/** An ARN has to look like one; Terraform fills the partition in. */
const withPartition = (definition: unknown): unknown => JSON.parse(JSON.stringify(definition).replaceAll('${Partition}', 'aws'))

/** What asl-validator finds, the judge of our corpus: schema, targets, paths. It completes the definition, so it gets a copy. */
export const checkSyntax = (definition: unknown, report: Report): void => {
  const {errors} = validate(withPartition(definition))
  for (const {'Error code': code, Message: message, schemaError} of errors.filter((error) => !isOurs.test(error.Message))) {
    const pointer = schemaError?.instancePath ?? ''
    const state = /^\/States\/([^/]+)/.exec(pointer)?.[1] ?? ''
    report({code: 'syntax', state, pointer, sentence: `Expected the Amazon States Language; found: ${message} (${code}). Fix what it names.`})
  }
}
