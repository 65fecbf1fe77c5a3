/** The text that percent-encoding stands for; as it is if it stands for none, such as `%E9`, which is no UTF-8. */
export const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
