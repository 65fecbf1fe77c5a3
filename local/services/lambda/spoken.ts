import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'Lambda',
  protocol: 'REST JSON',
  operations: {
    Invoke: ''
  },
  refused: {}
}
