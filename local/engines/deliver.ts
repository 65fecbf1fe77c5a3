import {ServiceError} from '../core/errors'
import type {Deliver, DeliveryTarget, LambdaService, SqsService, StatesService} from '../core/types'
import type {SnsService} from '../sns/service'
import {parseArn} from '../wiring/arn'
import {mayInvoke, type WiredPermission} from '../wiring/permissions'

/** Asked for at each delivery: the engines need `Deliver` before all of them are there. */
export interface Receivers {
  readonly lambda: LambdaService
  readonly states: StatesService
  readonly sqs: SqsService
  readonly sns: SnsService
  readonly permissions: readonly WiredPermission[]
}

const toFunction = ({lambda, permissions}: Receivers, {arn}: DeliveryTarget, payload: string): void => {
  if (!mayInvoke(permissions, arn, 'events.amazonaws.com')) {
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
  receiver()
}

/** Hands payloads to the engine that an ARN names. */
export const createDeliver = (receivers: () => Receivers): Deliver => async (target, payload) => hand(receivers(), target, payload)
