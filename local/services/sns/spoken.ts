import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'SNS',
  protocol: 'Query',
  operations: {
    CreatePlatformEndpoint: '',
    DeleteEndpoint: '',
    GetEndpointAttributes: '',
    ListEndpointsByPlatformApplication: '',
    Publish: 'Pushes go into a ledger, which the console and `GET /_local/pushes` show; no device is reached',
    SetEndpointAttributes: ''
  },
  refused: {}
}
