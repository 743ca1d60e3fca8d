/** One expectation that is not met, in a line. */

import type {
  UnmetDrift,
  UnmetError,
  UnmetExpectation,
  UnmetRequest,
  UnmetState,
} from "../../idp/run/unmet-expectation.ts";
import { someNames } from "../../ground/text/some-names.ts";
import { printable } from "../../ground/text/printable.ts";
import {
  countText,
  driftDifference,
  gotText,
  memberDifference,
  observedText,
  subjectText,
  valueText,
} from "./unmet-sides.ts";

/** `expected user ada@example.com: active false, got true`; `got no account` where there is none. */
export function unmetLine(unmet: UnmetExpectation): string {
  switch (unmet.kind) {
    case "user":
    case "group":
      return unmet.what === "members" ? membersLine(unmet) : stateLine(unmet);
    case "request":
      return requestLine(unmet);
    case "error":
      return errorLine(unmet);
    case "observation":
      return `expected ${unmet.name} to be observed, got ${observedText(unmet)}`;
    case "drift":
      return driftLine(unmet);
  }
}

function stateLine(unmet: UnmetState): string {
  const { what, expected } = unmet;
  return `expected ${subjectText(unmet)}: ${what} ${valueText(expected)}, got ${gotText(unmet)}`;
}

/** As many names as a line bears. */
const mostNames = 5;

function membersLine(unmet: UnmetState): string {
  const { missing, surplus } = memberDifference(unmet);
  const parts = [
    ...(missing.length === 0 ? [] : [`missing ${someNames(missing, mostNames)}`]),
    ...(surplus.length === 0 ? [] : [`not expected ${someNames(surplus, mostNames)}`]),
  ];
  return `expected ${subjectText(unmet)}: other members; ${parts.join("; ")}`;
}

function requestLine({ name, expected, got }: UnmetRequest): string {
  const count = got.count === 0 ? "none" : got.count;
  if (expected.max === 0)
    return `expected no ${printable(name.replace(/^any /, ""))} to be sent, got ${count}`;
  return `expected ${printable(name)} to be sent ${countText(expected)}, got ${count}`;
}

function driftLine(unmet: UnmetDrift): string {
  const { missing, surplus } = driftDifference(unmet);
  const parts = [
    ...(missing.length === 0 ? [] : [`missing ${listed(missing)}`]),
    ...(surplus.length === 0 ? [] : [`not expected ${listed(surplus)}`]),
  ];
  return `expected other differences between the directory and Astro; ${parts.join("; ")}`;
}

/** As many differences as a line bears. */
const mostDifferences = 2;

function listed(texts: readonly string[]): string {
  const more = texts.length - mostDifferences;
  return `${texts.slice(0, mostDifferences).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function errorLine({ name, expected, got }: UnmetError): string {
  const [first] = got.failures;
  const found = first === undefined ? "none" : `${got.count}: ${printable(first)}`;
  return expected
    ? `expected an error (${printable(name)}), got ${found}`
    : `expected no error, got ${found}`;
}
