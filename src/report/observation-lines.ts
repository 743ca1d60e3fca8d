/** What a provider did not notice of a server, each kind once with how often and the first of its kind. */

import type { ChalkInstance } from "chalk";
import type { Observation } from "../idp/events.ts";
import { decodedPath } from "../decoded-path.ts";
import { oddityText } from "./oddity-text.ts";
import { printable } from "./printable.ts";

/** Two lines for each kind, in the order in which they were first seen. */
export function observationLines(
  observations: readonly Observation[],
  paint: ChalkInstance,
): readonly string[] {
  const kinds = new Map<string, { readonly first: Observation; readonly count: number }>();
  for (const observation of observations) {
    const { what } = oddityText(observation.oddity);
    const { first, count } = kinds.get(what) ?? { first: observation, count: 0 };
    kinds.set(what, { first, count: count + 1 });
  }
  return [...kinds].flatMap(([what, { first, count }]) => [
    `  ${paint.yellow("!")} ${what}${count === 1 ? "" : ` (${count.toLocaleString("en-US")} times)`}`,
    `      ${paint.dim(placeText(first))}`,
  ]);
}

/** `user bob@example.com: a look-up answers somebody else, … (asked for "bob@example.com", got …)`. */
export function observationLine({ subject, oddity }: Observation): string {
  const { what, detail } = oddityText(oddity);
  const who = subject === undefined ? "" : `${subject.kind} ${printable(subject.name)}: `;
  return `${who}${what}${detail === "" ? "" : ` (${detail})`}`;
}

function placeText({ subject, request, oddity }: Observation): string {
  const { detail } = oddityText(oddity);
  const who = subject === undefined ? "" : `${subject.kind} ${printable(subject.name)}, `;
  return `${who}${printable(decodedPath(request))}${detail === "" ? "" : `: ${detail}`}`;
}
