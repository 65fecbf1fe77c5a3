import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'Systems Manager Parameter Store',
  protocol: 'AWS JSON',
  operations: {
    DeleteParameter: '',
    GetParameter: '',
    GetParameters: '',
    GetParametersByPath: 'without filters',
    PutParameter: 'what is put stays over a restart until the deployment says otherwise'
  },
  refused: {
    'names that begin with aws or ssm, values over 8 KiB': 'ValidationException',
    'history, labels, policies': 'UnknownOperationException'
  }
}
