/** A part as the sink has it. */
export interface Part {
  readonly number: number
  readonly size: number
  /** CRC32 of the bytes that came. */
  readonly crc: number
}

export interface Upload {
  readonly id: string
  readonly parts: Map<number, Part>
  completed: boolean
}

/** All uploads of the sink: their bytes are counted and dropped. */
export const createUploads = () => {
  const uploads = new Map<string, Upload>()
  let created = 0
  return {
    find: (id: string): Upload | undefined => uploads.get(id),
    forget: ({id}: Upload): void => { uploads.delete(id) },
    create: (): Upload => {
      const upload = {id: `upload-${++created}`, parts: new Map<number, Part>(), completed: false}
      uploads.set(upload.id, upload)
      return upload
    },
    all: (): Upload[] => [...uploads.values()]
  }
}
