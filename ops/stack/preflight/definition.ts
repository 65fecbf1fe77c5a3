import {globSync, readFileSync} from 'node:fs'
import {basename, join} from 'node:path'
import {root} from '../../program/root'

interface Where {
  readonly account: string
  readonly region: string
  readonly suffix: string
}

/** Beginnings of Regions outside the partition `aws`: https://docs.aws.amazon.com/general/latest/gr/rande.html */
const partitions: ReadonlyArray<readonly [RegExp, string]> = [
  [/^cn-/, 'aws-cn'], [/^us-gov-/, 'aws-us-gov'], [/^eusc-/, 'aws-eusc'], [/^us-iso-/, 'aws-iso'], [/^us-isob-/, 'aws-iso-b'], [/^eu-isoe-/, 'aws-iso-e'], [/^us-isof-/, 'aws-iso-f']
]

export const findPartition = (region: string): string => partitions.find(([pattern]) => pattern.test(region))?.[1] ?? 'aws'

const fixed: Readonly<Record<string, string>> = {FileKeyFormat: 'FILE#{}', FileSortKey: 'FILE'}

/** A value of the kind that HCL would give a placeholder: what it names need not be there to be valid. */
const sampleValue = (name: string, {account, region, suffix}: Where): string => {
  const known: Readonly<Record<string, string>> = {...fixed, Partition: findPartition(region), Region: region, AccountId: account}
  return known[name] ?? (name.endsWith('Arn')
    ? `arn:${findPartition(region)}:lambda:${region}:${account}:function:${name.slice(0, -'Arn'.length)}${suffix}`
    : `${name}${suffix}`)
}

export const fillIn = (definition: string, where: Where): string => definition.replace(/\$\{(\w+)\}/g, (_, name: string) => sampleValue(name, where))

/** Every workflow of the stack with its placeholders filled in, by its name. */
export const definitions = (where: Where): ReadonlyArray<readonly [string, string]> =>
  globSync('terraform/workflows/*.asl.json', {cwd: root}).sort().map((path) =>
    [basename(path, '.asl.json'), fillIn(readFileSync(join(root, path), 'utf8'), where)])
