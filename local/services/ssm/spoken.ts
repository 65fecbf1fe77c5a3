import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'Systems Manager Parameter Store',
  protocol: 'AWS JSON',
  operations: {
    GetParameter: '',
    GetParameters: ''
  },
  refused: {}
}
