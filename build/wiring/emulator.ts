import {mkdtempSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {startFront} from './front'
import {mirrorArguments} from './mirror'
import {startMoto} from './moto'
import type {Place} from '../../shared/wiring/place'
import {createRecording, type Recording} from './permissions/recording'
import {emulatorEnvironment, providerOverride} from './provider'
import {terraformEnvironment} from '../tofu/environment'
import {makeWorkspace} from './workspace'

/** A copy of the stack's HCL beside an empty AWS of its own. */
export interface Emulator {
  /** The copy of terraform/. */
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  /** Arguments of `init` that name the provider's mirror. */
  readonly mirror: readonly string[]
  readonly place: Place
  /** What all calls so far needed by IAM. */
  readonly recording: Recording
  /** Writes a SecureString, as an operator would before the first apply. */
  putSecret: (name: string, value: string) => Promise<void>
  stop: () => void
}

const putSecret = async (motoPort: number, region: string, name: string, value: string): Promise<void> => {
  const {status} = await fetch(`http://127.0.0.1:${motoPort}/`, {
    method: 'POST',
    headers: {
      'x-amz-target': 'AmazonSSM.PutParameter', 'content-type': 'application/x-amz-json-1.1',
      authorization: `AWS4-HMAC-SHA256 Credential=made-up/20260101/${region}/ssm/aws4_request, SignedHeaders=host, Signature=0`
    },
    body: JSON.stringify({Name: name, Value: value, Type: 'SecureString'})
  })
  if (status !== 200) {
    throw new Error(`Expected moto to keep the parameter ${name}; it answered ${status}.`)
  }
}

/** Starts moto with its front, and copies the HCL so that it goes there. */
export const startEmulator = async (region = 'us-west-2'): Promise<Emulator> => {
  const workspace = makeWorkspace()
  const moto = await startMoto()
  const place = {partition: 'aws', region, account: '123456789012'}
  const recording = createRecording(place)
  const front = await startFront(moto.port, recording.take)
  for (const folder of [workspace.terraform, join(workspace.terraform, 'bootstrap')]) {
    writeFileSync(join(folder, 'emulator_override.tf'), providerOverride(region))
  }
  return {
    place,
    recording,
    putSecret: (name, value) => putSecret(moto.port, region, name, value),
    folder: workspace.terraform,
    env: terraformEnvironment(emulatorEnvironment(front.url)),
    mirror: mirrorArguments(mkdtempSync(join(workspace.folder, 'mirror-'))),
    stop: () => {
      front.stop()
      moto.stop()
      workspace.remove()
    }
  }
}
