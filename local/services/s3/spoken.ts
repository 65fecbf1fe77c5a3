import type {Spoken} from '../../runtime/core/spoken'
import {routes} from './routes'

const notes: Readonly<Record<string, string>> = {
  CreateBucket: 'for a while, beside those of the wiring',
  ListObjectVersions: 'versions are kept as the wiring says, and expire by its lifecycle rules',
  PutBucketAcl: 'the owner\'s full control alone',
  PutObjectAcl: 'the owner\'s full control alone'
}

export const spoken: Spoken = {
  title: 'S3',
  protocol: 'REST XML',
  operations: Object.fromEntries(routes.map(({name}): [string, string] => [name, notes[name] ?? '']).sort()),
  refused: {
    'a sub-resource, a parameter or a header that is not known': 'NotImplemented, before anything is done',
    'changes to the settings of a bucket of the wiring': 'NotImplemented',
    'encryption by a key of one\'s own, object lock, storage classes of archives': 'NotImplemented'
  }
}
