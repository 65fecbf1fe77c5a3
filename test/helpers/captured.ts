import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {type Expected, play} from '../../ops/capture/settle'
import type {Capture} from '../../ops/capture/write'
import {readWiring} from '../../shared/wiring/wiring'

/** What npm run capture wrote into a folder. */
export const readCapture = (folder: string): Capture => JSON.parse(readFileSync(join(folder, 'capture.json'), 'utf8')) as Capture

/** What today's code makes of a capture, without any effect. */
export const playCapture = ({events, sources}: Capture): Promise<Expected[]> => play(readWiring('local/wiring.json'), events, sources)
