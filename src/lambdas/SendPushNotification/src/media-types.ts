/** What a user calls media of a type: `video`, `audio` or, for anything else, `file`. */
export const mediaNoun = (contentType: string): 'video' | 'audio' | 'file' => {
  const kind = /^\s*(video|audio)\//i.exec(contentType)?.[1]?.toLowerCase()
  return kind === 'video' || kind === 'audio' ? kind : 'file'
}
