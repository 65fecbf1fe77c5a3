import type {Constraint} from '../../runtime/core/constraints'

/** Constraints that several operations share, from the service's model. */
const name = (max: number): Constraint => ({type: 'string', min: 1, max, pattern: '[\\.\\-_A-Za-z0-9]+'})

export const ruleName = {...name(64), required: true}
export const namePrefix = name(64)
export const archiveName = {...name(48), required: true}
export const replayName = {...name(64), required: true}
export const newBusName: Constraint = {type: 'string', min: 1, max: 256, pattern: '[/\\.\\-_A-Za-z0-9]+', required: true}
export const busNameOrArn: Constraint = {
  type: 'string', min: 1, max: 1600, pattern: '(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+'
}
export const eventPattern: Constraint = {type: 'string', max: 4096}
export const description: Constraint = {type: 'string', max: 512}
export const limit: Constraint = {type: 'number', min: 1, max: 100}
export const nextToken: Constraint = {type: 'string', min: 1, max: 2048}
export const retentionDays: Constraint = {type: 'number', min: 0}
export const requiredText: Constraint = {type: 'string', required: true}
