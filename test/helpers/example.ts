import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {EventDetails, EventName} from '../../src/types/eventbridge'

/** An example of a contract: `example('FileRequested', 'youtube')` reads `examples/youtube.json` beside its schema. */
export const example = <E extends EventName>(event: E, name: string): EventDetails[E] =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../src/types/events', event, 'examples', `${name}.json`), 'utf8')) as EventDetails[E]
