import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'CloudWatch Logs',
  protocol: 'AWS JSON',
  operations: {
    DescribeLogGroups: 'of functions and workflows',
    DescribeLogStreams: 'one a day, of a workflow one an hour',
    FilterLogEvents: 'of functions the newest 20,000 lines that the runtime keeps; aws logs tail reads by it, with --follow too',
    GetLogEvents: 'one page',
    ListTagsForResource: 'tags of the wiring are not among them'
  },
  refused: {
    'filter patterns of fields, with regular expressions or with && beside ||': 'InvalidParameterException',
    'the log group of the API': 'ResourceNotFoundException'
  }
}
