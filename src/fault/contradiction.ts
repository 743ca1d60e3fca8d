/** What cannot go together in one fault, or is not enough for one. */

import type { FaultKey, FaultValues } from "./fault-keys.ts";
import type { FaultMistake } from "./fault-mistake.ts";

/** Undefined if the values make a valid fault; `spell` writes keys in the form that the user used. */
export function contradictionIn(
  values: Partial<FaultValues>,
  spell: (key: string) => string,
): FaultMistake | undefined {
  const given = (keys: readonly FaultKey[]): FaultKey | undefined =>
    keys.find((key) => values[key] !== undefined);
  if (given(effects) === undefined) {
    return mistaken(undefined, "It has no effect.", "Add an effect, such as status=429 or latency=2s.");
  }
  if (values.rate !== undefined && values.every !== undefined) {
    return mistaken("every", '"rate" and "every" cannot be used together.', "Keep one of them.");
  }
  const ofStatus = values.status === undefined ? given(["retryAfter", "when"]) : undefined;
  if (ofStatus !== undefined) {
    return mistaken(ofStatus, `"${spell(ofStatus)}" needs "status".`, "Add one, such as status=429.");
  }
  const { cut } = values;
  const ofAnswer = cut === undefined || cut === "mid-answer" ? undefined : given(ofAnswers);
  if (cut !== undefined && ofAnswer !== undefined) {
    const message = `With cut=${cut} there is no answer, so "${spell(ofAnswer)}" has no effect.`;
    return mistaken(ofAnswer, message, "Keep one of them, or write cut=mid-answer.");
  }
  return undefined;
}

const ofAnswers: readonly FaultKey[] = ["status", "body", "contentType", "slow"];
const effects: readonly FaultKey[] = [...ofAnswers, "latency", "cut"];

function mistaken(key: FaultKey | undefined, message: string, hint: string): FaultMistake {
  return { key, message, hint };
}
