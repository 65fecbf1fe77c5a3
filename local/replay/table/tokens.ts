/** The words of a DynamoDB expression, taken one by one. */
export interface Tokens {
  /** The next word, without taking it; empty at the end. */
  peek: () => string
  next: () => string
  /** Takes the next word if it is this one, whatever its case. */
  takes: (word: string) => boolean
  /** Takes this word. Throws if another one comes. */
  expect: (word: string) => void
}

const word = /\s*(#?\w+|:\w+|<>|<=|>=|[=<>(),.+-])/y

const splitWords = (text: string): string[] => {
  const words: string[] = []
  word.lastIndex = 0
  for (let at = 0; text.slice(at).trim() !== ''; at = word.lastIndex) {
    const found = word.exec(text)?.[1]
    if (found === undefined) {
      throw new Error(`Expected an expression that the shadow's table can read; it stops at '${text.slice(at, at + 30)}' of '${text}'.`)
    }
    words.push(found)
  }
  return words
}

export const createTokens = (text: string): Tokens => {
  const words = splitWords(text)
  let at = 0
  const peek = (): string => words[at] ?? ''
  const takes = (wanted: string): boolean => {
    const isNext = peek().toUpperCase() === wanted.toUpperCase()
    at += Number(isNext)
    return isNext
  }
  return {
    peek, takes,
    next: () => words[at++] ?? '',
    expect: (wanted) => {
      if (!takes(wanted)) {
        throw new Error(`Expected '${wanted}' rather than '${peek()}' in '${text}'.`)
      }
    }
  }
}
