import {useMemo} from 'preact/hooks'
import {createPace} from '../../../../../shared/pace'
import type {File} from './model'

/** Files with speed and time left, as the record has them or as they were seen to come. */
export const usePaces = (files: readonly File[] = []): File[] => {
  const paces = useMemo(() => new Map<string, ReturnType<typeof createPace>>(), [])
  return useMemo(() => files.map((file) => {
    const pace = paces.get(file.fileId) ?? createPace()
    paces.set(file.fileId, pace)
    return file.status === 'Downloading' ? {...file, ...pace(file)} : file
  }), [files])
}
