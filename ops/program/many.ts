const number = new Intl.NumberFormat('en-US')

/** A count with its noun: `1 record`, `2,000 records`. */
export const many = (count: number, one: string, more = `${one}s`): string => `${number.format(count)} ${count === 1 ? one : more}`
