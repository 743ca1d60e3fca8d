/** RE2: every search takes time in proportion to the text, whatever the expression. */

import { RE2JS, RE2JSException } from "re2js";

import type { PatternMatch, Span } from "./pattern-match.ts";

export interface LinearEngine {
  /** Instructions, for each of which a search may look at each character. */
  readonly size: number;
  test(text: string): boolean;
  /** One after the other; all of them take time by the square of the text at worst. */
  matches(text: string): Iterable<PatternMatch>;
}

/** Undefined where RE2 cannot read the expression. */
export function linearEngine(source: string): LinearEngine | undefined {
  const compiled = compile(source);
  return (
    compiled && {
      size: compiled.programSize(),
      test: (text) => compiled.test(text),
      matches: (text) => matchesOf(compiled, text),
    }
  );
}

function compile(source: string): RE2JS | undefined {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}

function* matchesOf(compiled: RE2JS, input: string): Generator<PatternMatch, void> {
  const matcher = compiled.matcher(input);
  const groups = Array.from({ length: compiled.groupCount() }, (_, index) => index + 1);
  while (matcher.find()) {
    const span = (group: number): Span => [matcher.start(group), matcher.end(group)];
    const spanOf = (group: number): Span | undefined => (matcher.start(group) < 0 ? undefined : span(group));
    yield { input, spans: [span(0), ...groups.map(spanOf)] };
  }
}
