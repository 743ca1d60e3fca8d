/** What a regular expression matched, whichever engine it was. */

/** First character, and the first behind it: offsets of the text. */
export type Span = readonly [from: number, to: number];

export interface PatternMatch {
  readonly input: string;
  /** The whole match, then each group by its number; undefined for a group that took no part. */
  readonly spans: readonly [Span, ...(Span | undefined)[]];
}

/** What a group took; undefined where it took no part, or there is none of this number. */
export function takenBy(match: PatternMatch, group: number): string | undefined {
  const span = match.spans[group];
  return span === undefined ? undefined : match.input.slice(...span);
}
