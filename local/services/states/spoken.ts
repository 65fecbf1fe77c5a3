import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'Step Functions',
  protocol: 'AWS JSON',
  operations: {
    DescribeExecution: '',
    DescribeStateMachine: '',
    DescribeStateMachineForExecution: '',
    GetExecutionHistory: '',
    ListExecutions: '',
    ListStateMachineVersions: '',
    ListStateMachines: '',
    ListTagsForResource: '',
    RedriveExecution: '',
    SendTaskFailure: '',
    SendTaskHeartbeat: '',
    SendTaskSuccess: '',
    StartExecution: '',
    StopExecution: '',
    ValidateStateMachineDefinition: ''
  },
  refused: {}
}
