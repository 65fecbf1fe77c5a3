import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'DynamoDB',
  protocol: 'AWS JSON',
  operations: {
    BatchGetItem: '',
    BatchWriteItem: '',
    CreateTable: '',
    DeleteItem: '',
    DeleteTable: '',
    DescribeTable: '',
    DescribeTimeToLive: '',
    GetItem: '',
    ListTables: '',
    ListTagsOfResource: '',
    PutItem: '',
    Query: '',
    Scan: '',
    TagResource: '',
    UntagResource: '',
    UpdateItem: '',
    UpdateTable: ''
  },
  refused: {
    'transactions, PartiQL, backups, streams and every operation that is not above': 'UnknownOperationException',
    ReturnValuesOnConditionCheckFailure: 'ValidationException',
    'consistent reads of an index': 'ValidationException'
  }
}
