import {any, arn, dateTime, number, objectShape, type Shape, string} from '../shape/shape'

/** What a Map hands to each of its iterations. */
export interface MapItem {
  readonly value: Shape
}

/** The context object. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export const buildContext = (input: Shape, {item, hasToken}: {readonly item?: MapItem, readonly hasToken?: boolean}): Shape => objectShape({
  Execution: objectShape({Id: arn, Input: input, Name: string, RoleArn: arn, StartTime: dateTime, RedriveCount: number}),
  State: objectShape({EnteredTime: dateTime, Name: string, RetryCount: number}),
  StateMachine: objectShape({Id: arn, Name: string}),
  ...(item === undefined ? {} : {Map: objectShape({Item: objectShape({Index: number, Value: item.value, Key: any})})}),
  ...(hasToken ? {Task: objectShape({Token: string})} : {})
})
