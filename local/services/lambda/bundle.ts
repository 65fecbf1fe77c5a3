import {statSync} from 'node:fs'
import {join} from 'node:path'
import {ServiceError} from '../../runtime/core/errors'
import type {WiredFunction} from '../../../shared/wiring/functions'

/** What changes with each build of a function. Throws ResourceNotFoundException if there is none. */
export const bundleVersion = ({name, handler}: WiredFunction, taskRoot: string): string => {
  const file = join(taskRoot, `${handler.replace(/\.[^.]*$/, '')}.mjs`)
  const stats = statSync(file, {throwIfNoEntry: false})
  if (stats === undefined) {
    throw new ServiceError('ResourceNotFoundException', `Expected the bundle of ${name} at ${file}; npm run build makes it.`, 404)
  }
  return [stats.mtimeMs, stats.size, stats.ino].join(':')
}
