import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'SQS',
  protocol: 'AWS JSON and Query',
  operations: {
    ChangeMessageVisibility: '',
    ChangeMessageVisibilityBatch: '',
    CreateQueue: 'every attribute is kept; a policy is kept and not asked',
    DeleteMessage: '',
    DeleteMessageBatch: '',
    DeleteQueue: '',
    GetQueueAttributes: '',
    GetQueueUrl: '',
    ListQueues: '',
    ListQueueTags: 'tags of the wiring are not among them',
    PurgeQueue: '',
    ReceiveMessage: '',
    SendMessage: '',
    SendMessageBatch: '',
    SetQueueAttributes: '',
    TagQueue: '',
    UntagQueue: ''
  },
  refused: {
    'FIFO queues': 'UnsupportedOperation',
    'unknown attributes': 'InvalidAttributeName',
    'a second CreateQueue with other attributes': 'QueueNameExists'
  }
}
