/** `--strict` and `--behaviour NAME=VALUE`: how a local Astro is to behave. */

import { readAnswers } from "../astro/behaviour/answers.ts";
import type { BehaviourChoice } from "../astro/behaviour/table.ts";
import { AppError } from "../errors.ts";

export interface BehaviourFlags {
  readonly strict?: boolean;
  /** As written; of one name given twice the last counts. */
  readonly behaviour?: readonly string[];
}

/** @throws AppError usage for what is no NAME=VALUE, and for an unknown name or value, with the nearest */
export function behaviourChoice({ strict, behaviour = [] }: BehaviourFlags): BehaviourChoice {
  const answers = readAnswers(Object.fromEntries(behaviour.map(nameAndValue)));
  return { ...(strict === undefined ? {} : { strict }), behaviour: answers };
}

function nameAndValue(text: string): readonly [string, string] {
  const equals = text.indexOf("=");
  if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
  throw new AppError("usage", `--behaviour takes NAME=VALUE, not "${text}".`, {
    hint: "Example: --behaviour patchUserAnswer=no-content",
  });
}
