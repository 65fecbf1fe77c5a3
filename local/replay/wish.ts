/** What was wanted of a URL beside the main file in the best quality, as RequestFile and the identity of files take it. */
export interface Wish {
  readonly preset?: unknown
  readonly audio?: unknown
  readonly record?: unknown
}

/** The wish in the detail of a FileRequested. */
export const wishIn = (
  {preset, audioLanguage: language, audioRole: role, recordSeconds: seconds, recordFrom: from}: Readonly<Record<string, unknown>>
): Wish => ({
  ...(preset !== undefined && {preset}), ...((language ?? role) !== undefined && {audio: {language, role}}),
  ...(seconds !== undefined && {record: {seconds, from}})
})
