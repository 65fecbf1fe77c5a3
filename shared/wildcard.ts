/** Whether a text is the pieces in their order with any text between them, the first at its start, the last at its end. */
export const fitsPieces = (text: string, [first = '', ...rest]: readonly string[]): boolean => {
  const last = rest.pop()
  if (last === undefined) {
    return text === first
  }
  if (!text.startsWith(first)) {
    return false
  }
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) {
      return false
    }
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}

/** Whether a text fits a pattern in which each star stands for any text. */
export const fitsStars = (text: string, pattern: string): boolean => fitsPieces(text, pattern.split('*'))
