import type {Place} from '../../../shared/wiring/place'

const arn = ({partition, region, account}: Place, resource: string): string => `arn:${partition}:events:${region}:${account}:${resource}`

export const busArn = (place: Place, name: string): string => arn(place, `event-bus/${name}`)
export const ruleArn = (place: Place, bus: string, name: string): string => arn(place, bus === 'default' ? `rule/${name}` : `rule/${bus}/${name}`)
export const archiveArn = (place: Place, name: string): string => arn(place, `archive/${name}`)
export const replayArn = (place: Place, name: string): string => arn(place, `replay/${name}`)

/** The bus of a name or an ARN; the default one if neither is given. */
export const busName = (nameOrArn: string | undefined): string => {
  if (nameOrArn === undefined || nameOrArn === '') {
    return 'default'
  }
  return /^arn:[^:]*:events:[^:]*:[^:]*:event-bus\/(.+)$/.exec(nameOrArn)?.[1] ?? nameOrArn
}

export const isBus = (target: string): boolean => /^arn:[^:]*:events:[^:]*:[^:]*:event-bus\//.test(target)
