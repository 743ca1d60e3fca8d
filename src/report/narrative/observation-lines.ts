/** What a provider did not notice of a server, each kind once with how often and the first of its kind. */

import type { Observation } from "../../idp/run/events.ts";
import { decodedPath } from "../../ground/text/decoded-path.ts";
import { deviationText } from "./deviation-text.ts";
import { printable } from "../../ground/text/printable.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { hanging, unbroken } from "../layout/hanging.ts";
import { paintedSign } from "../layout/rows.ts";
import type { Style } from "../style.ts";

/** The lines for each observation. */
export interface ObservationStyle extends Style {
  /** Those that fail the rehearsal. */
  readonly failing: ReadonlySet<Observation>;
}

/** Two lines for each kind, in the order in which they were first seen; what fails the rehearsal is a kind of its own. */
export function observationLines(
  observations: readonly Observation[],
  style: ObservationStyle,
): readonly string[] {
  const { failing, paint } = style;
  const kinds = new Map<string, { readonly first: Observation; readonly count: number }>();
  for (const observation of observations) {
    const kind = `${failing.has(observation)} ${deviationText(observation.deviation).what}`;
    const { first, count } = kinds.get(kind) ?? { first: observation, count: 0 };
    kinds.set(kind, { first, count: count + 1 });
  }
  return [...kinds.values()].flatMap(({ first, count }) => [
    ...hanging(
      `  ${paintedSign(failing.has(first) ? "✗" : "!", style)} `,
      `${deviationText(first.deviation).what}${timesText(count)}`,
      style,
    ),
    ...hanging("      ", paint.dim(placeText(first)), style),
  ]);
}

function timesText(count: number): string {
  return count === 1 ? "" : ` (${formatCount(count)} times)`;
}

/** The codes, each once, in the order in which they were first seen. */
export function codesOf(observations: readonly Observation[]): readonly string[] {
  return [...new Set(observations.map(({ deviation }) => deviation.code))];
}

/** `harmful answers: filter-ignored, other-id`. */
export function harmText(harmful: readonly Observation[]): string {
  return `${harmful.length === 1 ? "harmful answer" : "harmful answers"}: ${codesOf(harmful).join(", ")}`;
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
  return `${who}${unbroken(printable(decodedPath(request)))}${detail === "" ? "" : `: ${detail}`}`;
}
