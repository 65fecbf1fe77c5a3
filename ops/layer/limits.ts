/** What Lambda takes of a function and its layers together, unzipped, in bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maxUnzippedBytes = 262_144_000

/** Room for the function's own code. */
export const functionBytes = 10_485_760

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`

/** Throws if a layer and a function do not fit together. The 50 MB of a direct upload do not matter: Terraform sends the layer by S3. */
export const demandRoom = (files: readonly {readonly path: string, readonly bytes: number}[]): void => {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  if (bytes > maxUnzippedBytes - functionBytes) {
    throw new Error(`Expected the layer to have at most ${megabytes(maxUnzippedBytes - functionBytes)} unzipped (Lambda takes ${megabytes(maxUnzippedBytes)} with the function's code); `
      + `it has ${megabytes(bytes)}: ${files.map((file) => `${file.path} ${megabytes(file.bytes)}`).join(', ')}. Choose a smaller build in ops/layer/releases.json.`)
  }
}
