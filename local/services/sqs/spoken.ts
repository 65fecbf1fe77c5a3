import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'SQS',
  protocol: 'AWS JSON',
  operations: {
    ChangeMessageVisibility: '',
    ChangeMessageVisibilityBatch: '',
    CreateQueue: '',
    DeleteMessage: '',
    DeleteMessageBatch: '',
    DeleteQueue: '',
    GetQueueAttributes: '',
    GetQueueUrl: '',
    ListQueues: '',
    PurgeQueue: '',
    ReceiveMessage: '',
    SendMessage: '',
    SendMessageBatch: '',
    SetQueueAttributes: ''
  },
  refused: {}
}
