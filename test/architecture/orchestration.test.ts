import {describe, expect, it} from '@jest/globals'
import {rulesOn} from '../../build/wiring/modes'
import {modes, wiringIn} from '../helpers/orchestration'
import {read} from './sources'

/** `enabled = var.orchestration != "<mode>"` in a file: the one mode in which the rule is off. */
const offIn = (path: string): string | undefined => /enabled\s+= var\.orchestration != "([\w-]+)"/.exec(read(path))?.[1]

describe('The variable orchestration', () => {
  it('has the modes that are tested', () => {
    const [, list = ''] = /contains\(\[([^\]]*)\], var\.orchestration\)/.exec(read('terraform/variables.tf')) ?? []
    expect([...list.matchAll(/"([\w-]+)"/g)].map(([, mode]) => mode)).toEqual([...modes])
  })

  it.each(modes)('switches in %s the same two rules in HCL and in the integration test', (mode) => {
    const hcl = {TriggerFileDownload: offIn('terraform/event_FileMetadataReady.tf'), FileCoordinator: offIn('terraform/lambda_FileCoordinator.tf')}
    expect(Object.entries(hcl).filter(([, off]) => off !== undefined && off !== mode).map(([rule]) => rule)).toEqual(rulesOn[mode])
  })

  it('is event-driven in the committed wiring', () => {
    expect(wiringIn('event-driven')).toEqual(JSON.parse(read('local/wiring.json')))
  })
})
