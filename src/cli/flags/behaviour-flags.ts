/** `--strict` and `--behaviour NAME=VALUE`: how a local Astro is to behave. */

import { readAnswers } from "../../astro/behaviour/resolve.ts";
import type { BehaviourChoice } from "../../astro/behaviour/table.ts";
import { namesAndValues } from "./name-and-value.ts";

export interface BehaviourFlags {
  readonly strict?: boolean;
  /** As written; of one name given twice the last counts. */
  readonly behaviour?: readonly string[];
}

/** @throws AppError usage for anything but NAME=VALUE, and for an unknown name or value, with the nearest */
export function behaviourChoice({ strict, behaviour = [] }: BehaviourFlags): BehaviourChoice {
  const answers = readAnswers(namesAndValues("--behaviour", behaviour, "patchUserAnswer=no-content"));
  return { ...(strict === undefined ? {} : { strict }), behaviour: answers };
}
