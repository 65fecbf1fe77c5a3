import {ServiceError} from '../core/errors'
import type {Clock, Deliver, DeliveryTarget, LambdaService, SqsService, StatesService} from '../core/types'
import type {SnsService} from '../../services/sns/service'
import {decideFates} from '../../lab/faults/fates'
import type {Faults} from '../../lab/faults/faults'
import {struck} from '../../lab/faults/inside'
import {parseArn} from '../../../shared/wiring/arn'
import {mayInvoke, type WiredPermission} from '../../../shared/wiring/permissions'

/** Asked for at each delivery: the engines need `Deliver` before all of them are there. */
export interface Receivers {
  readonly lambda: LambdaService
  readonly states: StatesService
  readonly sqs: SqsService
  readonly sns: SnsService
  readonly permissions: readonly WiredPermission[]
  readonly faults: Faults
  readonly clock: Clock
}

const toFunction = ({lambda, permissions}: Receivers, {arn, isByRole = false}: DeliveryTarget, payload: string): void => {
  if (!isByRole && !mayInvoke(permissions, arn, 'events.amazonaws.com')) {
    throw new ServiceError('AccessDeniedException', `The wiring has no aws_lambda_permission for events.amazonaws.com on ${arn}.`, 403)
  }
  lambda.invokeAsync(arn, payload)
}

/** A duplicate delivery finds the execution that the first one started: that is success. */
const toStateMachine = ({states}: Receivers, {arn, eventId}: DeliveryTarget, payload: string): void => {
  try {
    states.startExecution({stateMachineArn: arn, input: payload, ...(eventId !== undefined && {name: eventId})})
  } catch (error) {
    if (!(error instanceof ServiceError && error.code === 'ExecutionAlreadyExists' && eventId !== undefined)) {
      throw error
    }
  }
}

/** What a bus calls to deliver. */
const calls: Readonly<Record<string, string>> = {lambda: 'lambda.Invoke', states: 'states.StartExecution', sqs: 'sqs.SendMessage', sns: 'sns.Publish'}

const hand = (receivers: Receivers, target: DeliveryTarget, payload: string): void => {
  const {service} = parseArn(target.arn)
  const byService: Readonly<Record<string, () => void>> = {
    lambda: () => toFunction(receivers, target, payload),
    states: () => toStateMachine(receivers, target, payload),
    sqs: () => { receivers.sqs.send(target.arn, payload) },
    sns: () => receivers.sns.publishToTopic(target.arn, payload)
  }
  const receiver = byService[service]
  if (receiver === undefined) {
    throw new ServiceError('ValidationException', `The embedded AWS delivers to functions, state machines, queues and topics; got ${target.arn}.`)
  }
  struck(receivers.faults, {at: calls[service]!, by: 'events', text: payload}, receiver)
}

const pass = ({clock}: Receivers, milliseconds: number): Promise<void> =>
  new Promise((resolve) => { clock.at(clock.now() + milliseconds, resolve) })

/** Hands payloads to the engine that an ARN names; a delayed one has not been delivered until then. */
export const createDeliver = (receivers: () => Receivers): Deliver => async (target, payload) => {
  const parts = receivers()
  await Promise.all(decideFates(parts.faults, target.arn, payload).map(async (milliseconds) => {
    if (milliseconds > 0) {
      await pass(parts, milliseconds)
    }
    hand(parts, target, payload)
  }))
}
