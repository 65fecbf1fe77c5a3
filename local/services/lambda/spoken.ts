import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'Lambda',
  protocol: 'REST JSON',
  operations: {
    GetFunction: 'its code is not sent: Location is empty',
    GetFunctionConcurrency: '',
    GetFunctionConfiguration: 'CodeSize and CodeSha256 are those of the bundle that runs here',
    GetFunctionEventInvokeConfig: '',
    GetPolicy: '',
    Invoke: '',
    ListEventSourceMappings: '',
    ListFunctions: '',
    ListTags: 'tags of the wiring are not among them',
    ListVersionsByFunction: ''
  },
  refused: {
    'whatever changes a function': 'UnknownOperationException; functions are as the wiring deploys them'
  }
}
