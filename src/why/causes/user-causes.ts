/** Every cause that can explain what is wrong with a user's account, in the order in which they are named. */

import type { UserFacts } from "../facts/facts.ts";
import { accountCauses } from "./account-causes.ts";
import { notRunning, quarantine, tokenExpired, wrongFlag, type LoggedFacts } from "./app-causes.ts";
import { causesOf, type Cause, type NamedCause } from "./cause.ts";
import { findingCauses, standingCauses } from "./finding-causes.ts";
import { symptomOf } from "./symptom.ts";
import { toggleOff } from "./toggle-cause.ts";

const stopped: readonly Cause<LoggedFacts>[] = [tokenExpired, quarantine, notRunning];

const unmappable: Cause<UserFacts> = {
  id: "unmappable",
  find: (facts) => {
    const { notProvisioned, unmappableReason, name } = facts;
    if (notProvisioned === undefined || unmappableReason === undefined) return undefined;
    return {
      sure: "certain",
      because: "the mappings and the user's attributes say so",
      sentence: `the mappings make no account of ${name}: the user ${unmappableReason}`,
      evidence: [`the directory: ${unmappableReason}`],
      repair: { how: "correct the user's attributes, or the mapping" },
    };
  },
};

const table: readonly Cause<UserFacts>[] = [
  ...stopped,
  wrongFlag,
  toggleOff,
  ...accountCauses,
  ...findingCauses,
  ...standingCauses,
  unmappable,
];

/**
 * Of a user with whom nothing is wrong only what stops all provisioning is named. A refused write may be history by then.
 */
export function userCauses(facts: UserFacts): readonly NamedCause[] {
  const isWrong = symptomOf(facts) !== undefined || facts.findings.some(isProblem);
  return isWrong ? causesOf(table, facts) : causesOf(stopped, { ...facts, log: [] });
}

function isProblem({ kind }: UserFacts["findings"][number]): boolean {
  return kind !== "user-is-guest";
}
