import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'EventBridge Schema Registry',
  protocol: 'REST JSON',
  operations: {
    DescribeRegistry: '',
    DescribeSchema: '',
    ExportSchema: '',
    ListRegistries: '',
    ListSchemaVersions: '',
    ListSchemas: '',
    SearchSchemas: ''
  },
  refused: {
    'Every operation that changes something': '`BadRequestException`: schemas come with the wiring'
  }
}
