/** What a provider did not notice of a server, each kind once with how often and the first of its kind. */

import type { ChalkInstance } from "chalk";
import type { Observation } from "../../idp/run/events.ts";
import { decodedPath } from "../../ground/decoded-path.ts";
import { deviationText } from "./deviation-text.ts";
import { printable } from "../../ground/printable.ts";

/** Two lines for each kind, in the order in which they were first seen. */
export function observationLines(
  observations: readonly Observation[],
  paint: ChalkInstance,
): readonly string[] {
  const kinds = new Map<string, { readonly first: Observation; readonly count: number }>();
  for (const observation of observations) {
    const { what } = deviationText(observation.deviation);
    const { first, count } = kinds.get(what) ?? { first: observation, count: 0 };
    kinds.set(what, { first, count: count + 1 });
  }
  return [...kinds].flatMap(([what, { first, count }]) => [
    `  ${paint.yellow("!")} ${what}${count === 1 ? "" : ` (${count.toLocaleString("en-US")} times)`}`,
    `      ${paint.dim(placeText(first))}`,
  ]);
}

/** `user bob@example.com: a look-up answers somebody else, … (asked for "bob@example.com", got …)`. */
export function observationLine({ subject, deviation }: Observation): string {
  const { what, detail } = deviationText(deviation);
  const who = subject === undefined ? "" : `${subject.kind} ${printable(subject.name)}: `;
  return `${who}${what}${detail === "" ? "" : ` (${detail})`}`;
}

function placeText({ subject, request, deviation }: Observation): string {
  const { detail } = deviationText(deviation);
  const who = subject === undefined ? "" : `${subject.kind} ${printable(subject.name)}, `;
  return `${who}${printable(decodedPath(request))}${detail === "" ? "" : `: ${detail}`}`;
}
