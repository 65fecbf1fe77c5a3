import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'EventBridge',
  protocol: 'AWS JSON',
  operations: {
    CancelReplay: '',
    CreateArchive: '',
    CreateEventBus: '',
    DeleteArchive: '',
    DeleteEventBus: '',
    DeleteRule: '',
    DescribeArchive: '',
    DescribeEventBus: '',
    DescribeReplay: '',
    DescribeRule: '',
    DisableRule: '',
    EnableRule: '',
    ListArchives: '',
    ListEventBuses: '',
    ListReplays: '',
    ListRuleNamesByTarget: '',
    ListRules: '',
    ListTagsForResource: 'of rules and buses; tags of the wiring are not among them',
    ListTargetsByRule: '',
    PutEvents: '',
    PutPermission: 'kept and shown, not enforced: all callers are one account',
    PutRule: '',
    PutTargets: '',
    RemovePermission: '',
    RemoveTargets: '',
    StartReplay: '',
    TagResource: '',
    TestEventPattern: '',
    UntagResource: '',
    UpdateArchive: '',
    UpdateEventBus: ''
  },
  refused: {
    'API destinations and connections': '`UnknownOperationException`',
    'Global endpoints, partner event sources': '`UnknownOperationException`',
    'Targets other than functions, state machines, queues, topics and buses; parameters of a kind of target': '`ValidationException`'
  }
}
