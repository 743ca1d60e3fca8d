/** A name that does not exist: what was most likely meant instead. */

import { foldCase } from "../../../ground/text/fold-case.ts";
import { nearestName } from "../../../ground/text/nearest-name.ts";
import type { Drift } from "../../compare/diff.ts";
import { providedGroup } from "../../compare/teams/group-terms.ts";
import type { LeftOut } from "./left-out.ts";
import { heldTeamsNamed, heldUsersNamed, type PlanCommand } from "../selection.ts";

/** For a user's name; `candidates` are the names that the command can do something about. */
export function unknownUser(drift: Drift, name: string, candidates: readonly string[]): LeftOut {
  const isTeam = drift.expected.teams.has(foldCase(name)) || heldTeamsNamed(drift, name).length > 0;
  const hint = isTeam ? `there is a Team with that name: --team ${name}` : didYouMean(name, candidates);
  const reason = withHint("is neither in the directory nor in Astro", hint);
  return { code: "unknown-name", kind: "user", name, reason };
}

/** For a Team's name. */
export function unknownTeam(
  drift: Drift,
  name: string,
  { command, candidates }: { readonly command: PlanCommand; readonly candidates: readonly string[] },
): LeftOut {
  const isUser = drift.expected.users.has(foldCase(name)) || heldUsersNamed(drift, name).length > 0;
  const hint = isUser ? userHint(name, command) : didYouMean(name, candidates);
  return { code: "unknown-name", kind: "team", name, reason: withHint(unknownTeamReason(drift, name), hint) };
}

/** Every userName on either side. */
export function allUserNames({ expected, held }: Drift): readonly string[] {
  return [...expected.users.values(), ...held.users.values()].map(({ userName }) => userName);
}

/** The names of all Teams that are, or should be. */
export function allTeamNames({ expected, held }: Drift): readonly string[] {
  return [...expected.teams.values(), ...held.teams.values()].map(({ displayName }) => displayName);
}

function userHint(name: string, command: PlanCommand): string {
  return command === "push-group"
    ? `there is a user with that name: astro-scim resync ${name}`
    : "there is a user with that name: give it without --team";
}

function unknownTeamReason({ notPushedKeys, groupTerms }: Drift, name: string): string {
  return notPushedKeys.has(foldCase(name))
    ? `is a group of the directory that is not ${groupTerms.provided}, and not a Team`
    : `is neither ${providedGroup(groupTerms)} nor a Team`;
}

function didYouMean(name: string, candidates: readonly string[]): string | undefined {
  const nearest = nearestName(name, candidates);
  // Addresses of one domain are alike in most of their letters: the part before it tells who is meant.
  const isMeant = nearest !== undefined && nearestName(localPart(name), [localPart(nearest)]) !== undefined;
  return isMeant ? `did you mean ${nearest}?` : undefined;
}

function localPart(name: string): string {
  return name.split("@")[0] ?? name;
}

function withHint(reason: string, hint: string | undefined): string {
  return hint === undefined ? reason : `${reason}; ${hint}`;
}
