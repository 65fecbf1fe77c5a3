import {trustedJson} from '../../../shared/json'
import {wiredArchives, wiredBuses, wiredRules} from '../../services/events/wired'
import type {SnsService} from '../../services/sns/service'
import {wiredFunctions} from '../../../shared/wiring/functions'
import {findPlace} from '../../../shared/wiring/place'
import {wiredRoutes} from '../../../shared/wiring/routes'
import {text} from '../../../shared/wiring/values'
import type {Wiring} from '../../../shared/wiring/wiring'
import type {LocalRoute} from '../../runtime/core/router'

/** Members of an event's detail, by its registry document. */
const listMembers = (content: string, name: string): string[] => {
  const {components} = trustedJson<{components: {schemas: Record<string, {properties?: Record<string, unknown>}>}}>(content)
  return Object.keys(components.schemas[name]?.properties ?? {})
}

const wiredParts = (wiring: Wiring) => {
  const {region, account} = findPlace(wiring)
  return {
    region,
    account,
    buses: [...wiredBuses(wiring).keys()],
    archives: [...wiredArchives(wiring).values()].map(({ArchiveName: name, ArchiveArn: arn, EventSourceArn: busArn}) => ({name, arn, busArn})),
    rules: [...wiredRules(wiring).values()]
      .map(({Name: name, Arn: arn, EventBusName: bus, EventPattern: pattern, State: state}) => ({name, arn, bus, pattern, state})),
    functions: wiredFunctions(wiring).map(({name, arn, memoryMegabytes, timeoutSeconds}) => ({name, arn, memoryMegabytes, timeoutSeconds})),
    routes: wiredRoutes(wiring).map(({routeKey}) => routeKey),
    events: wiring.ofType('aws_schemas_schema').map(({values}) => ({
      name: text(values, 'name'), registry: text(values, 'registry_name'), members: listMembers(text(values, 'content'), text(values, 'name'))
    }))
  }
}

/** What runs here, and the devices that get pushes. */
export const runtimeRoutes = (wiring: Wiring, sns: Pick<SnsService, 'devices'>): LocalRoute[] => {
  const parts = wiredParts(wiring)
  return [
    {method: 'GET', path: '/runtime', answer: () => parts},
    {
      method: 'GET', path: '/devices', answer: () => ({
        devices: sns.devices().map(({arn, platform, token, enabled, user_data: userId}) => ({arn, platform, token, isEnabled: enabled === 1, userId}))
      })
    }
  ]
}
