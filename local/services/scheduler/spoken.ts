import type {Spoken} from '../../runtime/core/spoken'

export const spoken: Spoken = {
  title: 'EventBridge Scheduler',
  protocol: 'REST JSON',
  operations: {
    CreateSchedule: '',
    CreateScheduleGroup: '',
    DeleteSchedule: '',
    DeleteScheduleGroup: '',
    GetSchedule: '',
    GetScheduleGroup: '',
    ListScheduleGroups: '',
    ListSchedules: '',
    ListTagsForResource: '',
    TagResource: '',
    UntagResource: '',
    UpdateSchedule: ''
  },
  refused: {
    'Targets other than functions, state machines, queues, topics and event buses': '`ValidationException`, universal targets included',
    'SqsParameters, EcsParameters, KinesisParameters, SageMakerPipelineParameters, `<aws.scheduler.attempt-number>`': '`ValidationException`'
  }
}
