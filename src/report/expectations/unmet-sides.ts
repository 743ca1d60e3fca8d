/** The two sides of an expectation that is not met, item by item: what was expected, and what came instead. */

import type {
  UnmetDrift,
  UnmetError,
  UnmetExpectation,
  UnmetObservation,
  UnmetRequest,
  UnmetState,
} from "../../idp/run/unmet-expectation.ts";
import { isJsonArray, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { plural } from "../../ground/text/plural.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { mostRows, showAll } from "../layout/counted.ts";
import type { Style } from "../style.ts";
import { printable } from "../../ground/text/printable.ts";

/** An item of either side, or of both where they agree. */
export interface UnmetRow {
  /** Empty where there is nothing on that side. */
  readonly expected: string;
  readonly got: string;
  /** What is wrong with it. */
  readonly mark?: "missing" | "not expected";
}

export interface UnmetSides {
  /** `user ada@example.com`, `Team data`, `requests`, `errors`. */
  readonly about: string;
  readonly rows: readonly UnmetRow[];
  /** Whether the two sides of a row are about the same: members are, and differences. */
  readonly isPaired: boolean;
  /** Whether its items are too long to stand side by side. */
  readonly isLong?: true;
  /** What a side says that has nothing. */
  readonly none: string;
  /** What to change in the fixture. */
  readonly hint?: string;
}

/** Safe for a terminal. */
export function unmetSides(unmet: UnmetExpectation, style: Pick<Style, "all"> = {}): UnmetSides {
  switch (unmet.kind) {
    case "user":
    case "group":
      return {
        about: subjectText(unmet),
        rows: stateRows(unmet, style),
        isPaired: unmet.what === "members",
        none: "nobody",
        ...(unmet.hint === undefined ? {} : { hint: printable(unmet.hint) }),
      };
    case "request":
      return { about: "requests", rows: requestRows(unmet), isPaired: false, none: "nothing" };
    case "error":
      return { about: "errors", rows: errorRows(unmet), isPaired: false, none: "nothing" };
    case "observation":
      return {
        about: "observations",
        rows: side(unmet.name, [observedText(unmet)]),
        isPaired: false,
        none: "nothing",
      };
    case "drift":
      return {
        about: "differences",
        rows: driftRows(unmet, style),
        isPaired: true,
        isLong: true,
        none: "no difference",
      };
  }
}

/** `user ada@example.com`; `Team data`. */
export function subjectText({ kind, name }: Pick<UnmetState, "kind" | "name">): string {
  return `${kind === "user" ? "user" : "Team"} ${printable(name)}`;
}

/** `no account` where there is none, else the value. */
export function gotText({ kind, what, got }: UnmetState): string {
  const isAbsent = what === "exists" ? got === false : what === "active" && got === null;
  if (isAbsent) return kind === "user" ? "no account" : "no Team";
  return valueText(got);
}

export function valueText(value: JsonValue): string {
  return printable(JSON.stringify(value));
}

/** Members that are expected and not there, and those that are there and not expected. */
export function memberDifference({ expected, got }: UnmetState): {
  readonly missing: readonly string[];
  readonly surplus: readonly string[];
  readonly same: readonly string[];
} {
  const [wanted, held] = [textsOf(expected), textsOf(got)];
  const [areWanted, areHeld] = [new Set(wanted), new Set(held)];
  return {
    missing: wanted.filter((name) => !areHeld.has(name)),
    surplus: held.filter((name) => !areWanted.has(name)),
    same: wanted.filter((name) => areHeld.has(name)),
  };
}

function textsOf(value: JsonValue): readonly string[] {
  return isJsonArray(value) ? value.map((one) => printable(typeof one === "string" ? one : "")) : [];
}

/** What was observed instead of what was expected. */
export function observedText({ got: { codes } }: UnmetObservation): string {
  return codes.length === 0 ? "nothing" : codes.join(", ");
}

/** Differences that are expected and not there, and those that are there and not expected, each as a fixture writes it. */
export function driftDifference({ expected, got }: UnmetDrift): {
  readonly missing: readonly string[];
  readonly surplus: readonly string[];
  readonly same: readonly string[];
} {
  const wanted = expected.map(differenceText);
  const surplus = got.map(differenceText);
  const [missing, same]: [string[], string[]] = [[], []];
  for (const text of wanted) {
    const at = surplus.indexOf(text);
    (at === -1 ? missing : same).push(text);
    if (at !== -1) surplus.splice(at, 1);
  }
  return { missing, surplus, same };
}

/** YAML, so that it can be copied into a fixture: `{ user: ada@example.com, kind: user-left-over }`. */
function differenceText(difference: JsonObject): string {
  const entries = Object.entries(difference).map(([key, value]) => `${key}: ${yamlText(value)}`);
  return `{ ${entries.join(", ")} }`;
}

function yamlText(value: JsonValue): string {
  if (isJsonArray(value)) return `[${value.map(yamlText).join(", ")}]`;
  const isPlain = typeof value === "string" && /^[a-z][\w.@+-]*$/i.test(value) && !yamlWords.test(value);
  return isPlain ? value : printable(JSON.stringify(value));
}

/** What YAML would read as something else than a text (1.1 and 1.2). */
const yamlWords = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

function driftRows(unmet: UnmetDrift, style: Pick<Style, "all">): readonly UnmetRow[] {
  return differingRows(driftDifference(unmet), style);
}

/** What is not as expected, and a few of those that are. */
function differingRows(
  {
    missing,
    surplus,
    same,
  }: {
    readonly missing: readonly string[];
    readonly surplus: readonly string[];
    readonly same: readonly string[];
  },
  style: Pick<Style, "all">,
): readonly UnmetRow[] {
  return [
    ...atMost(missing, (text) => ({ expected: text, got: "", mark: "missing" }), style),
    ...atMost(surplus, (text) => ({ expected: "", got: text, mark: "not expected" }), style),
    ...sameRows(same),
  ];
}

function atMost(
  texts: readonly string[],
  rowOf: (text: string) => UnmetRow,
  { all = false }: Pick<Style, "all">,
): readonly UnmetRow[] {
  const shown = all ? texts : texts.slice(0, mostRows);
  const more = texts.length - shown.length;
  return [...shown.map(rowOf), ...(more > 0 ? [rowOf(`and ${formatCount(more)} more (${showAll})`)] : [])];
}

/** As many items that are the same on both sides as are shown beside those that differ. */
const mostSame = 5;

function stateRows(unmet: UnmetState, style: Pick<Style, "all">): readonly UnmetRow[] {
  const { what, expected } = unmet;
  if (what !== "members") {
    return [{ expected: `${what} ${valueText(expected)}`, got: stateText(unmet) }];
  }
  return differingRows(memberDifference(unmet), style);
}

function sameRows(same: readonly string[]): readonly UnmetRow[] {
  const more = same.length - mostSame;
  const rest = `and ${plural(more, "other")}`;
  return [
    ...same.slice(0, mostSame).map((name) => ({ expected: name, got: name })),
    ...(more > 0 ? [{ expected: rest, got: rest }] : []),
  ];
}

function stateText(unmet: UnmetState): string {
  const got = gotText(unmet);
  return got === valueText(unmet.got) ? `${unmet.what} ${got}` : got;
}

function requestRows({ name, expected, got }: UnmetRequest): readonly UnmetRow[] {
  const wanted = `${countText(expected)}: ${printable(name)}`;
  const sent = got.sent.map((line) => printable(line));
  return side(wanted, [sentHeading(got), ...sent]);
}

function sentHeading({ count, sent }: UnmetRequest["got"]): string {
  if (sent.length === 0) return "never, and nothing else was sent";
  return count === 0 ? "never; what was sent:" : `${timesText(count)}; what was sent:`;
}

/** `at least once`, `2 times`, `never`. */
export function countText({ min, max }: UnmetRequest["expected"]): string {
  if (max === 0) return "never";
  if (max === min) return timesText(min);
  if (max === null) return `at least ${timesText(min)}`;
  return min === 0 ? `at most ${timesText(max)}` : `${min} to ${timesText(max)}`;
}

function timesText(count: number): string {
  return count === 1 ? "once" : `${formatCount(count)} times`;
}

function errorRows({ name, expected, got }: UnmetError): readonly UnmetRow[] {
  const wanted = expected ? `an error: ${printable(name)}` : "no error";
  if (got.failures.length === 0) return side(wanted, ["no error"]);
  const more = got.count - got.failures.length;
  return side(wanted, [
    ...got.failures.map((line) => printable(line)),
    ...(more > 0 ? [`and ${plural(more, "other")}`] : []),
  ]);
}

/** One item on the left, any number on the right. */
function side(expected: string, got: readonly string[]): readonly UnmetRow[] {
  return got.map((line, index) => ({ expected: index === 0 ? expected : "", got: line }));
}
