/** What AWS's service decides and Event Ruler's library does not; and how far that is known. */
export const serviceDecisions: ReadonlyArray<readonly [what: string, decision: string, known: string]> = [
  ['Wildcards of a field', 'refused above a complexity of 10, measured by Event Ruler\'s own evaluator', 'recorded from AWS'],
  ['Combinations of `$or`', 'refused above 1,000', 'EventBridge\'s user guide; the words are ours'],
  ['A repeated field of a pattern', 'the last one counts, as the library has it by default', 'recorded from AWS'],
  ['`anything-but` with an empty list', '`InternalFailure`: the library takes the pattern and fails on it', 'recorded from AWS'],
  ['A range from or to the greatest number', '`InternalFailure`, for the same reason', 'follows from the library'],
  ['CIDR blocks', 'host bits do not count, leading zeros are decimal, `::/0` takes IPv4 addresses: the library and its Java decide', 'recorded from AWS'],
  ['The event of TestEventPattern', 'has id, detail-type, source, account, time and region as texts, and a time that is one', 'recorded from AWS']
]
