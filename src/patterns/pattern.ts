/**
 * Runs the regular expressions that a fixture, or a tenant, brings along, so that none of them hangs a run: in RE2 where
 * it can read them, otherwise in JavaScript's own engine, which goes back and tries again.
 */

import { linearEngine, type LinearEngine } from "./linear-engine.ts";
import type { PatternMatch, Span } from "./pattern-match.ts";
import { re2Notation, type Idiom, type Re2Notation, type TextTrait } from "./re2-notation.ts";
import { shortened, SlowPatternError } from "./slow-pattern.ts";
import { withinLimit } from "./time-limit.ts";

export interface Pattern {
  /** Whether it matches anywhere. @throws SlowPatternError */
  test(text: string): boolean;
  /** @throws SlowPatternError */
  firstMatch(text: string): PatternMatch | undefined;
  /** @throws SlowPatternError */
  matches(text: string): readonly PatternMatch[];
}

export interface PatternSource {
  /** As it was written, for messages. */
  readonly written: string;
  /** In JavaScript's notation, which is checked. */
  readonly source: string;
  /** Of i, m and s, one of u and v, and y where it may match at the beginning of a text only. */
  readonly flags: string;
  readonly idioms?: ReadonlyMap<string, Idiom>;
}

/** How long an expression may take where nothing bounds its steps. */
export interface PatternLimits {
  /** Milliseconds for one text. */
  readonly textMs: number;
  /** Milliseconds of processor time for all texts of a run that are slow. */
  readonly allTextsMs: number;
}

/** A second is some thousand times what an honest expression takes for a text. */
const defaultLimits: PatternLimits = { textMs: 1000, allTextsMs: 5000 };
/** A text that takes less counts as nothing, however many there are. */
const slowMs = 5;
/** Steps that RE2 takes without a watch: a tenth of a second at worst, and for most texts far less. */
const unwatchedSteps = 1_000_000;

/** @throws SyntaxError for text that is not a regular expression */
export function createPattern(written: PatternSource, limits: PatternLimits = defaultLimits): Pattern {
  return new GuardedPattern(written, limits);
}

class GuardedPattern implements Pattern {
  readonly #written: string;
  readonly #expression: RegExp;
  readonly #notation: Re2Notation | undefined;
  #linear: LinearEngine | "none" | "not made yet" = "not made yet";
  readonly #limits: PatternLimits;
  #spentMs = 0;

  constructor(pattern: PatternSource, limits: PatternLimits) {
    this.#limits = limits;
    this.#written = pattern.written;
    this.#expression = prepared(pattern);
    this.#notation = re2Notation(pattern);
  }

  test(text: string): boolean {
    const linear = this.#linearFor(text);
    if (linear === undefined) return this.#watched(text, () => text.search(this.#expression) !== -1);
    return this.#run(text, linear.size * text.length, () => linear.test(text));
  }

  firstMatch(text: string): PatternMatch | undefined {
    return this.#find(text, (matches) => {
      for (const match of matches) return match;
      return undefined;
    });
  }

  matches(text: string): readonly PatternMatch[] {
    return this.#find(text, (matches) => [...matches]);
  }

  #find<Result>(text: string, take: (matches: Iterable<PatternMatch>) => Result): Result {
    const linear = this.#linearFor(text);
    if (linear === undefined) return this.#watched(text, () => take(backtracking(this.#expression, text)));
    return this.#run(text, linear.size * text.length ** 2, () => take(linear.matches(text)));
  }

  #linearFor(text: string): LinearEngine | undefined {
    const notation = this.#notation;
    if (notation === undefined) return undefined;
    for (const trait of notation.needs) if (!traits[trait](text)) return undefined;
    if (this.#linear === "not made yet") {
      this.#linear =
        this.#run(text, notation.source.length ** 2, () => linearEngine(notation.source)) ?? "none";
    }
    return this.#linear === "none" ? undefined : this.#linear;
  }

  #run<Result>(text: string, steps: number, work: () => Result): Result {
    return steps <= unwatchedSteps ? work() : this.#watched(text, work);
  }

  #watched<Result>(text: string, work: () => Result): Result {
    const { textMs, allTextsMs } = this.#limits;
    if (this.#spentMs >= allTextsMs) {
      throw this.#tooSlow(`took ${allTextsMs / 1000} seconds in total before all texts were matched`);
    }
    const limited = withinLimit(textMs, () => overflowing(work));
    if (limited.processorMs >= slowMs) this.#spentMs += limited.processorMs;
    if (limited.kind === "done" && limited.result !== overflow) return limited.result;
    throw this.#tooSlow(`takes too long for the text ${JSON.stringify(shortened(text))}`);
  }

  #tooSlow(what: string): SlowPatternError {
    return new SlowPatternError(this.#written, what);
  }
}

/**
 * For JavaScript's own engine. Before an expression that begins with a large set, `[\p{L}\d]`, V8 works out which
 * characters may come first, for a second and longer where sets are repeated; not behind a look-ahead.
 * @throws SyntaxError
 */
function prepared({ source, flags }: PatternSource): RegExp {
  // By itself first: put into brackets, "a)(b" would be an expression.
  const alone = new RegExp(source, `dg${flags}`);
  return new RegExp(`(?=)(?:${source})`, alone.flags);
}

const overflow = Symbol("overflow");

/** V8's engine throws where it runs out of memory to go back to, and for an expression that is too large. */
function overflowing<Result>(work: () => Result): Result | typeof overflow {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return overflow;
    throw error;
  }
}

function* backtracking(expression: RegExp, input: string): Generator<PatternMatch, void> {
  for (const match of input.matchAll(expression)) {
    const [whole, ...groups] = match.indices ?? [];
    if (whole === undefined) throw new TypeError("the flag d gives places");
    const spans: readonly (Span | undefined)[] = groups;
    yield { input, spans: [whole, ...spans] };
  }
}

const traits: Readonly<Record<TextTrait, (text: string) => boolean>> = {
  "is ASCII": (text) => !/[^\0-\u007f]/.test(text),
  "ends with no line break": (text) => !text.endsWith("\n"),
  "breaks lines with \\n alone": (text) => !/[\r\u2028\u2029]/.test(text),
};
