/** A sentence of somebody else's as a clause of ours. */

/** Without its full stop: `Nothing listens there.` can be followed by `; it may not have been written`. */
export function asClause(sentence: string): string {
  return sentence.endsWith(".") ? sentence.slice(0, -1) : sentence;
}
