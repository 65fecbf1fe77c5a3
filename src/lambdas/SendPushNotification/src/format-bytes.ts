const units = ['KB', 'MB', 'GB', 'TB'] as const

/** A number of bytes for people, in steps of 1,024: `512 B`, `1.0 MB`. */
export const formatBytes = (bytes: number): string => {
  let size = bytes
  let unit = 'B'
  for (const larger of units) {
    // 1,023.95 and more would print as `1024.0`.
    if (size < 1_023.95) {
      break
    }
    size /= 1_024
    unit = larger
  }
  return unit === 'B' ? `${size} B` : `${size.toFixed(1)} ${unit}`
}
