import {any, arn, dateTime, number, objectOf, type Shape, string} from '../shape/shape'

/** What a Map hands to each of its iterations. */
export interface MapItem {
  readonly value: Shape
}

/** The context object. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export const contextOf = (input: Shape, {item, hasToken}: {readonly item?: MapItem, readonly hasToken?: boolean}): Shape => objectOf({
  Execution: objectOf({Id: arn, Input: input, Name: string, RoleArn: arn, StartTime: dateTime, RedriveCount: number}),
  State: objectOf({EnteredTime: dateTime, Name: string, RetryCount: number}),
  StateMachine: objectOf({Id: arn, Name: string}),
  ...(item === undefined ? {} : {Map: objectOf({Item: objectOf({Index: number, Value: item.value, Key: any})})}),
  ...(hasToken ? {Task: objectOf({Token: string})} : {})
})
