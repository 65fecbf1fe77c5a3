import {eventSources, type EventName} from '../../src/types/eventbridge'

/** An event as EventBridge delivers it; `more` overrides what the envelope says. */
export const envelopeOf = (detailType: EventName, detail: unknown, more: Readonly<Record<string, unknown>> = {}) => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': detailType,
  source: eventSources[detailType],
  account: '123456789012',
  time: '2025-11-23T10:00:00Z',
  region: 'us-west-2',
  resources: [],
  detail,
  ...more
})
