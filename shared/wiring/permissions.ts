import {fitsStars} from '../wildcard'
import {text} from './values'
import type {Wiring} from './wiring'

/** Who may invoke a function, as its resource policy says. */
export interface WiredPermission {
  readonly functionName: string
  readonly principal: string
  readonly sourceArn: string
}

const bareName = (functionNameOrArn: string): string => functionNameOrArn.split(':function:').at(-1)!

export const wiredPermissions = (wiring: Wiring): WiredPermission[] => wiring.ofType('aws_lambda_permission').map(({values}) => ({
  functionName: bareName(text(values, 'function_name')),
  principal: text(values, 'principal'),
  sourceArn: text(values, 'source_arn')
}))

/** Whether a service may invoke a function on behalf of a resource: a forgotten permission shows here as it would on AWS. */
export const mayInvoke = (permissions: readonly WiredPermission[], functionName: string, principal: string, sourceArn?: string): boolean =>
  permissions.some((permission) => permission.functionName === bareName(functionName) && permission.principal === principal
    && (sourceArn === undefined || permission.sourceArn === '' || fitsStars(sourceArn, permission.sourceArn)))
