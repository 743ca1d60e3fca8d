/** One expectation that is not met, in a line. */

import type { UnmetExpectation } from "../idp/unmet-expectation.ts";
import type { JsonValue } from "../json.ts";
import { printable } from "./printable.ts";

/** `expected user ada@example.com: active false, got true`; `got no account` where there is none. */
export function unmetLine(unmet: UnmetExpectation): string {
  const subject = unmet.kind === "user" ? "user" : "Team";
  const { name, what, expected } = unmet;
  return `expected ${subject} ${printable(name)}: ${what} ${shown(expected)}, got ${gotText(unmet)}`;
}

function gotText({ kind, what, got }: UnmetExpectation): string {
  const isAbsent = what === "exists" ? got === false : what === "active" && got === null;
  if (isAbsent) return kind === "user" ? "no account" : "no Team";
  return shown(got);
}

function shown(value: JsonValue): string {
  return printable(JSON.stringify(value));
}
