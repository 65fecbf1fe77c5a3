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
    ListTargetsByRule: '',
    PutEvents: '',
    PutRule: '',
    PutTargets: '',
    RemoveTargets: '',
    StartReplay: '',
    TestEventPattern: '',
    UpdateArchive: ''
  },
  refused: {}
}
