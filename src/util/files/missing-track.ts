const notes: Readonly<Record<string, string>> = {
  sound: 'It has no sound: its site names one and sent none. Look for another source if it should have one.',
  picture: 'It has no picture: its site names one and sent none. Look for another source if it should have one.'
}

/** A sentence for users about a file without a track that its site names; undefined if it has all of them. */
export const missingTrackNote = (missing: string | undefined): string | undefined =>
  missing !== undefined && Object.hasOwn(notes, missing) ? notes[missing] : undefined
