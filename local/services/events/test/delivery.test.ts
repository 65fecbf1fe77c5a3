import {describe, expect, it} from '@jest/globals'
import {ServiceError} from '../../../runtime/core/errors'
import {bench, entry, envelope, FUNCTION, QUEUE, wiring} from './bus'
import {settled} from './manual-clock'

const RULE = 'arn:aws:events:us-west-2:123456789012:rule/Bus/Rule'
const retries = (maximum_retry_attempts: number, maximum_event_age_in_seconds = 86_400) =>
  ({retry_policy: [{maximum_retry_attempts, maximum_event_age_in_seconds}], dead_letter_config: [{arn: QUEUE}]})
const throttled = () => new ServiceError('TooManyRequestsException', 'Rate exceeded.', 429)

describe('delivery', () => {
  it('repeats what failed with growing delays until it succeeds', async () => {
    const work = bench({wiring: wiring(retries(3))})
    let failures = 2
    work.fail = () => failures-- > 0 ? throttled() : undefined
    work.events.putEvents([entry()])
    await work.clock.advance(2999)
    expect(work.delivered).toEqual([])
    await work.clock.advance(1)
    expect(work.delivered).toEqual([{target: {arn: FUNCTION, eventId: 'event-1'}, payload: envelope('event-1')}])
    const told = {type: 'delivery', rule: 'Rule', target: FUNCTION, eventId: 'event-1'}
    expect(work.observed.filter(({type}) => type === 'delivery')).toEqual([
      {...told, at: '2026-11-24T12:00:00.000Z', outcome: 'retrying', attempt: 1, error: 'THROTTLING: Rate exceeded.'},
      {...told, at: '2026-11-24T12:00:01.000Z', outcome: 'retrying', attempt: 2, error: 'THROTTLING: Rate exceeded.'},
      {...told, at: '2026-11-24T12:00:03.000Z', outcome: 'delivered', attempt: 3}
    ])
  })

  it('ends in the dead-letter queue once the attempts are used up', async () => {
    const work = bench({wiring: wiring(retries(2))})
    work.fail = throttled
    work.events.putEvents([entry()])
    await work.clock.advance(10_000)
    expect(work.deadLetters).toEqual([{queue: QUEUE, body: envelope('event-1'), attributes: {
      RULE_ARN: RULE, TARGET_ARN: FUNCTION, ERROR_CODE: 'THROTTLING', ERROR_MESSAGE: 'Rate exceeded.', RETRY_ATTEMPTS: '2', EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts'
    }}])
    expect(work.clock.pending()).toEqual([])
    expect(work.db.prepare('SELECT count(*) AS n FROM events_deliveries').get()).toEqual({n: 0})
  })

  it('ends in the dead-letter queue once the event is too old', async () => {
    const work = bench({wiring: wiring(retries(185, 60))})
    work.fail = throttled
    work.events.putEvents([entry()])
    await work.clock.advance(120_000)
    expect(work.deadLetters.map(({attributes}) => attributes)).toEqual([{
      RULE_ARN: RULE, TARGET_ARN: FUNCTION, ERROR_CODE: 'THROTTLING', ERROR_MESSAGE: 'Rate exceeded.', RETRY_ATTEMPTS: '5', EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds'
    }])
  })

  it('sends the original event to the dead-letter queue, not the transformed one', async () => {
    const work = bench({wiring: wiring({...retries(0), input_transformer: [{input_paths: {n: '$.detail.n'}, input_template: '{"n": <n>}'}]})})
    work.fail = throttled
    work.events.putEvents([entry()])
    await settled()
    expect(work.deadLetters.map(({body}) => body)).toEqual([envelope('event-1')])
  })

  it.each([
    ['ResourceNotFoundException', 'NO_RESOURCE'],
    ['StateMachineDoesNotExist', 'NO_RESOURCE'],
    ['AWS.SimpleQueueService.NonExistentQueue', 'NO_RESOURCE'],
    ['AccessDeniedException', 'NO_PERMISSIONS'],
    ['ExecutionAlreadyExists', 'RESOURCE_ALREADY_EXISTS'],
    ['InvalidExecutionInput', 'INVALID_PARAMETER'],
    ['ExecutionLimitExceeded', 'RESOURCE_LIMIT_EXCEEDED']
  ])('does not repeat %s: it goes to the dead-letter queue at once as %s', async (code, errorCode) => {
    const work = bench({wiring: wiring(retries(5))})
    work.fail = () => new ServiceError(code, 'No.')
    work.events.putEvents([entry()])
    await settled()
    expect(work.deadLetters.map(({attributes}) => attributes)).toEqual([
      {RULE_ARN: RULE, TARGET_ARN: FUNCTION, ERROR_CODE: errorCode, ERROR_MESSAGE: 'No.', RETRY_ATTEMPTS: '0'}
    ])
  })

  it.each([
    ['ServiceException', 'ERROR_FROM_TARGET'],
    ['RequestTimeout', 'TIMEOUT'],
    ['ThrottlingException', 'THROTTLING']
  ])('repeats %s', async (code, errorCode) => {
    const work = bench({wiring: wiring(retries(1))})
    work.fail = () => new ServiceError(code, 'Later.', 500)
    work.events.putEvents([entry()])
    await work.clock.advance(1000)
    expect(work.deadLetters.map(({attributes}) => [attributes['ERROR_CODE'], attributes['RETRY_ATTEMPTS']])).toEqual([[errorCode, '1']])
  })

  it('calls a transformer\'s broken JSON INVALID_JSON', async () => {
    const work = bench({wiring: wiring({...retries(5), input_transformer: [{input_paths: {q: '$.detail.q'}, input_template: '"<q>"'}]})})
    work.events.putEvents([entry({q: '"'})])
    await settled()
    expect(work.deadLetters.map(({attributes}) => attributes['ERROR_CODE'])).toEqual(['INVALID_JSON'])
  })

  it('says so where an event is dropped for want of a dead-letter queue', async () => {
    const work = bench()
    work.fail = () => new ServiceError('AccessDeniedException', 'No.')
    work.events.putEvents([entry()])
    await settled()
    expect(work.observed.at(-1)).toEqual(expect.objectContaining({outcome: 'dead-lettered', error: 'NO_PERMISSIONS: No. (dropped: the target has no dead-letter queue)'}))
  })

  it('continues after a restart where it was: attempts, age and the next moment are kept', async () => {
    const first = bench({wiring: wiring(retries(3))})
    first.fail = throttled
    first.events.putEvents([entry(), entry({n: 2})])
    await first.clock.advance(1500)
    await first.events.stop?.()

    const second = bench({wiring: wiring(retries(3)), db: first.db, clock: first.clock})
    await second.events.start?.()
    await second.clock.advance(1499)
    expect(second.delivered).toEqual([])
    await second.clock.advance(1)
    expect(second.delivered.map(({payload}) => payload)).toEqual([envelope('event-1'), envelope('event-2', {n: 2})])
    expect(second.observed.filter(({type}) => type === 'delivery').map((told) => told.type === 'delivery' && told.attempt)).toEqual([3, 3])
  })

  it('starts what a killed process had only stored', async () => {
    const first = bench()
    first.events.putEvents([entry()])
    await first.events.stop?.()
    const second = bench({db: first.db, clock: first.clock})
    await second.events.start?.()
    await second.clock.advance(0)
    expect([first.delivered, second.delivered.length]).toEqual([[], 1])
  })

  it('spares a disabled rule', async () => {
    const work = bench({wiring: wiring({}, {state: 'DISABLED'})})
    work.events.putEvents([entry()])
    await settled()
    expect(work.delivered).toEqual([])
  })

  it('hands the role of a state machine target over', async () => {
    const arn = 'arn:aws:states:us-west-2:123456789012:stateMachine:M'
    const work = bench({wiring: wiring({arn, role_arn: 'arn:aws:iam::123456789012:role/R'})})
    work.events.putEvents([entry()])
    await settled()
    expect(work.delivered.map(({target}) => target)).toEqual([{arn, roleArn: 'arn:aws:iam::123456789012:role/R', eventId: 'event-1'}])
  })

  it('takes at most 20 ms to the target and 500 events a second with ease', async () => {
    const work = bench()
    const from = performance.now()
    for (let batch = 0; batch < 100; batch += 1) {
      work.events.putEvents(Array.from({length: 10}, (_, n) => entry({n})))
    }
    await settled()
    expect(work.delivered.length).toBe(1000)
    expect(performance.now() - from).toBeLessThan(2000)
  })
})

describe('the default delays', () => {
  it('double with jitter, at most 10 minutes, so that 185 attempts take about a day', async () => {
    const {exponentialDelay} = await import('../retry')
    const whole = (retry: number) => exponentialDelay(retry, () => 1)
    expect([1, 2, 3, 10, 11, 185].map(whole)).toEqual([1000, 2000, 4000, 512_000, 600_000, 600_000])
    expect(exponentialDelay(3, () => 0)).toBe(2000)
    const day = Array.from({length: 185}, (_, retry) => exponentialDelay(retry + 1, () => 0.5)).reduce((sum, delay) => sum + delay, 0)
    expect(Math.round(day / 3_600_000)).toBe(22)
  })
})
