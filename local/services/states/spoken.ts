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
  refused: {
    'JSONata, Assign, ItemReader, ItemBatcher, ResultWriter, Credentials, a Map of the mode DISTRIBUTED':
      'InvalidDefinition at StartExecution, FAIL of ValidateStateMachineDefinition'
  }
}
