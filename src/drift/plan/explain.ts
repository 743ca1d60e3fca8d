/** Why a plan does nothing about something that was asked for by name. */

import { foldCase } from "../../ground/text/fold-case.ts";
import { isUserToRemove, subjectOf, type Change } from "../compare/change.ts";
import type { Drift } from "../compare/diff.ts";
import { providedGroup, type GroupTerms } from "../compare/teams/group-terms.ts";
import type { LeftOut, LeftOutCode } from "./left-out/left-out.ts";
import { ssoOnlyNamed, whyNotProvisioned } from "./left-out/sso-only.ts";
import { outsideName } from "./left-out/why-outside.ts";
import {
  heldTeamsNamed,
  heldUsersNamed,
  isNamed,
  isSelected,
  selects,
  type PlanCommand,
} from "./selection.ts";
import { allTeamNames, allUserNames, unknownTeam, unknownUser } from "./left-out/unknown-name.ts";

/** Why nothing is repaired about a user of that name; undefined where something differs. */
export function explainUser(drift: Drift, name: string): LeftOut | undefined {
  const about = (code: LeftOutCode, reason: string): LeftOut => ({ code, kind: "user", name, reason });
  const changes = drift.changes.filter((change) => concernsUser(change, name));
  if (changes.some((change) => !isUserToRemove(change))) {
    return ssoOnlyNamed(drift, name) && about("sso-only", whyNotProvisioned);
  }
  const [leftOver] = changes;
  if (leftOver !== undefined && isUserToRemove(leftOver)) {
    return about("left-over", `is orphaned: ${leftOver.reason}; delete removes the account`);
  }
  const held = heldUsersNamed(drift, name);
  const untouched = leftAlone(drift, "user", { name, held });
  if (untouched !== undefined) return untouched;
  return explainSame(drift, name, held.length > 0);
}

/** Of a user about whom nothing differs. */
function explainSame(drift: Drift, name: string, isHeld: boolean): LeftOut {
  const about = (code: LeftOutCode, reason: string): LeftOut => ({ code, kind: "user", name, reason });
  if (ssoOnlyNamed(drift, name) !== undefined) return about("sso-only", whyNotProvisioned);
  const unmappable = drift.expected.unmappable.find(({ user }) => foldCase(user) === foldCase(name));
  if (unmappable !== undefined) return about("unmappable", `cannot have an account: ${unmappable.reason}`);
  const user = drift.expected.users.get(foldCase(name));
  if (user?.presence === "not-active")
    return about("nothing-to-do", `has no active account, and should have none: ${user.reason}`);
  if (user?.presence === "either")
    return about(
      "nothing-to-do",
      `is not changed, because the provider sends nothing about the user: ${user.reason}`,
    );
  if (user !== undefined || isHeld) return about("nothing-to-do", "matches the directory");
  return unknownUser(drift, name, allUserNames(drift));
}

/** Why nothing is repaired about a Team of that name; undefined where something differs. */
export function explainTeam(drift: Drift, name: string, command: PlanCommand): LeftOut | undefined {
  const terms = drift.groupTerms;
  const about = (code: LeftOutCode, reason: string): LeftOut => ({ code, kind: "team", name, reason });
  const changes = drift.changes.filter((change) => concernsTeam(change, name));
  if (changes.some((change) => change.kind !== "team-left-over")) return undefined;
  if (changes.length > 0)
    return about("left-over", `is orphaned: no longer linked to ${providedGroup(terms)}; delete removes it`);
  const held = heldTeamsNamed(drift, name);
  const untouched = leftAlone(drift, "team", { name, held });
  if (untouched !== undefined) return untouched;
  const isPushed = [foldCase(name), ...held.map((team) => team.key)].some((key) =>
    drift.expected.teams.has(key),
  );
  const isUnseen = drift.cannotTell.some(({ team, held: one }) => isSelected([name], team, one));
  if (isUnseen) return undefined;
  if (isPushed) return about("nothing-to-do", "matches the directory");
  const keyOfGroup = [foldCase(name), ...held.map((team) => team.key)].find((key) =>
    drift.notPushedKeys.has(key),
  );
  if (keyOfGroup !== undefined) return about("not-pushed", notPushed(held.length > 0, terms));
  return held.length > 0
    ? about("not-pushed", `is a Team, but no ${terms.provided} group of the directory`)
    : unknownTeam(drift, name, { command, candidates: allTeamNames(drift) });
}

function notPushed(isTeam: boolean, { provided, key }: GroupTerms): string {
  const group = isTeam ? "is a Team, and its group in the directory is" : "is a group of the directory, but";
  return `${group} not ${provided} (${key} is missing)`;
}

/** Why no repair touches what has that name, or what Astro holds under it: it is protected, or outside. */
export function leftAlone(
  drift: Drift,
  kind: LeftOut["kind"],
  about: { readonly name: string; readonly held: readonly { readonly scimId: string }[] },
): LeftOut | undefined {
  const { name, held } = about;
  const { keys, userIds, teamIds } = drift.protection;
  const ids = kind === "user" ? userIds : teamIds;
  const isProtected = keys.has(foldCase(name)) || held.some(({ scimId }) => ids.has(scimId));
  return isProtected ? protectedName(kind, name) : outsideName(drift, kind, about);
}

function protectedName(kind: LeftOut["kind"], name: string): LeftOut {
  return { code: "protected", kind, name, reason: "is protected: repairs do not change it" };
}

function concernsUser(change: Change, name: string): boolean {
  if (subjectOf(change).kind === "user") return selects({ users: [name], teams: [] }, change);
  if (change.kind === "team-missing") return change.members.some((member) => isNamed([name], member));
  if (change.kind !== "team-members-differ") return false;
  return [...change.missing, ...change.leftOver].some((member) => isNamed([name], member));
}

function concernsTeam(change: Change, name: string): boolean {
  return subjectOf(change).kind === "team" && selects({ users: [], teams: [name] }, change);
}
