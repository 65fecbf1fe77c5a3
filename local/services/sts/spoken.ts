import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'STS',
  protocol: 'Query',
  operations: {
    GetCallerIdentity: ''
  },
  refused: {}
}
