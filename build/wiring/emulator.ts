import {mkdtempSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {startFront} from './front'
import {mirrorArguments} from './mirror'
import {startMoto} from './moto'
import {createRecording, type Recording} from './permissions/recording'
import {emulatorEnvironment, providerOverride} from './provider'
import {terraformEnvironment} from './terraform'
import {makeWorkspace} from './workspace'

/** A copy of the stack's HCL beside an empty AWS of its own. */
export interface Emulator {
  /** The copy of terraform/. */
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  /** Arguments of `init` that name the provider's mirror. */
  readonly mirror: readonly string[]
  /** What all calls so far needed by IAM. */
  readonly recording: Recording
  stop(): void
}

/** Starts moto with its front, and copies the HCL so that it goes there. */
export const startEmulator = async (): Promise<Emulator> => {
  const workspace = makeWorkspace()
  const moto = await startMoto()
  const recording = createRecording({partition: 'aws', region: 'us-west-2', account: '123456789012'})
  const front = await startFront(moto.port, recording.take)
  for (const folder of [workspace.terraform, join(workspace.terraform, 'bootstrap')]) {
    writeFileSync(join(folder, 'emulator_override.tf'), providerOverride)
  }
  return {
    recording,
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
