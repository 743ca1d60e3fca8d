/** The one user or Team that a word names, or why it is not clear which. */

import { allTeams, type HeldTeam } from "../../astro/held.ts";
import type { DirectoryGroup } from "../../directory/directory.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { nearestName } from "../../ground/text/nearest-name.ts";
import { allNames, findUsers } from "./find-user.ts";
import type { Sides } from "./sides.ts";
import type { FoundSubject, Subject, TeamSubject } from "./subject.ts";

/** @param kind where the command line says which is meant */
export function findSubject(sides: Sides, word: string, kind: "user" | "team" | undefined): FoundSubject {
  const users = kind === "team" ? [] : findUsers(sides, word);
  const teams = kind === "user" ? [] : findTeams(sides, word);
  if (users.length > 0 && teams.length > 0) return { kind: "both" };
  const [first, ...further]: readonly Subject[] = [...users, ...teams];
  if (first === undefined) return { kind: "none", nearest: nearest(sides, word, kind) };
  if (further.length === 0) return { kind: "one", subject: first };
  return { kind: "several", of: first.kind, ids: [first, ...further].map(idOf) };
}

function findTeams(sides: Sides, word: string): readonly TeamSubject[] {
  const { provided, drift, teamKeys } = sides;
  const key = foldCase(word);
  const heldOfKey = heldByKey(sides);
  const isMeant = ({ name, objectId, key: own }: DirectoryGroup): boolean =>
    objectId === word || [name, own].some((one) => foldCase(one) === key) || teamKeys.get(objectId) === key;
  const groups = [...provided.directory.groups.values()].filter(isMeant);
  const ofGroups = groups.map((group): TeamSubject => {
    const held = heldOfKey.get(teamKeys.get(group.objectId) ?? foldCase(group.name));
    return { kind: "team", name: group.name, group, held };
  });
  const taken = new Set(ofGroups.map(({ held }) => held?.scimId));
  const alone = allTeams(drift.held).filter(
    (team) => (team.key === key || team.scimId === word) && !taken.has(team.scimId),
  );
  return [...ofGroups, ...alone.map((held) => ofTeam(sides, held))];
}

/** A Team with the group that it is of, where there is one. */
function ofTeam(sides: Sides, held: HeldTeam): TeamSubject {
  const { provided, teamKeys } = sides;
  const key = [...heldByKey(sides)].find(([, team]) => team.scimId === held.scimId)?.[0];
  const group = [...provided.directory.groups.values()].find(
    ({ objectId }) => teamKeys.get(objectId) === key,
  );
  return { kind: "team", name: group?.name ?? held.displayName, group, held };
}

/** The Team of each expected one, under its own name or another. */
export function heldByKey({ drift }: Sides): ReadonlyMap<string, HeldTeam> {
  const byKey = new Map(drift.held.teams);
  for (const change of drift.changes) {
    if (change.kind === "team-renamed" || change.kind === "team-members-differ") {
      byKey.set(change.team.key, change.held);
    }
  }
  return byKey;
}

function nearest(sides: Sides, word: string, kind: "user" | "team" | undefined): readonly string[] {
  const teams = [
    ...[...sides.provided.directory.groups.values()].map(({ name }) => name),
    ...allTeams(sides.drift.held).map(({ displayName }) => displayName),
  ];
  const names = [...(kind === "team" ? [] : allNames(sides)), ...(kind === "user" ? [] : teams)];
  const containing = names.filter((name) => word !== "" && foldCase(name).includes(foldCase(word)));
  const close = nearestName(localPart(word), names.map(localPart));
  const byLetters = names.filter((name) => close !== undefined && localPart(name) === close);
  return [...new Set([...containing, ...byLetters])].slice(0, 3);
}

/** Addresses of one domain are alike in most of their letters. */
function localPart(name: string): string {
  return name.split("@")[0] ?? name;
}

function idOf(subject: Subject): string {
  if (subject.kind === "team") return subject.group?.objectId ?? subject.held?.scimId ?? subject.name;
  return subject.user?.objectId ?? subject.accounts[0]?.scimId ?? subject.name;
}
