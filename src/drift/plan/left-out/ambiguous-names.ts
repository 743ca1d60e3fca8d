/** Words that mean more than one: the SCIM id of one account or Team and the name of another. */

import { foldCase } from "../../../ground/text/fold-case.ts";
import type { Drift } from "../../compare/diff.ts";
import type { LeftOut } from "./left-out.ts";
import { heldTeamsNamed, heldUsersNamed, type Names, type Selection } from "../selection.ts";

export interface Resolved {
  /** Without the ambiguous words. */
  readonly selection: Selection;
  readonly leftOut: readonly LeftOut[];
}

/** Leaves out the words that may mean either of two: nothing is done about them. */
export function resolveNames(drift: Drift, { users, teams }: Selection): Resolved {
  const leftOut: LeftOut[] = [];
  const clear = (names: Names, kind: LeftOut["kind"]): Names => {
    if (names === "all") return names;
    return names.filter((name) => {
      const reason = kind === "user" ? ambiguousUser(drift, name) : ambiguousTeam(drift, name);
      if (reason !== undefined) leftOut.push({ code: "ambiguous-name", kind, name, reason });
      return reason === undefined;
    });
  };
  return { selection: { users: clear(users, "user"), teams: clear(teams, "team") }, leftOut };
}

/** Only those names that a single account or Team has: a name of several does not exempt them from the limits. */
export function namesOfOne(drift: Drift, { users, teams }: Selection): Selection {
  const isOfOne = (found: readonly unknown[]): boolean => found.length <= 1;
  return {
    users: users === "all" ? users : users.filter((name) => isOfOne(heldUsersNamed(drift, name))),
    teams: teams === "all" ? teams : teams.filter((name) => isOfOne(heldTeamsNamed(drift, name))),
  };
}

interface Item {
  readonly key: string;
  readonly name: string;
  readonly scimId: string;
}

function ambiguousUser(drift: Drift, word: string): string | undefined {
  const found = heldUsersNamed(drift, word).map(({ key, userName, scimId }) => ({
    key,
    name: userName,
    scimId,
  }));
  return ambiguous(word, found, drift.expected.users.has(foldCase(word)));
}

function ambiguousTeam(drift: Drift, word: string): string | undefined {
  const found = heldTeamsNamed(drift, word).map(({ key, displayName, scimId }) => ({
    key,
    name: displayName,
    scimId,
  }));
  return ambiguous(word, found, drift.expected.teams.has(foldCase(word)));
}

function ambiguous(word: string, found: readonly Item[], isExpected: boolean): string | undefined {
  const byId = found.find(({ scimId }) => scimId === word);
  if (byId === undefined || byId.key === foldCase(word)) return undefined;
  const byName = found.find(({ key }) => key === foldCase(word));
  if (byName === undefined && !isExpected) return undefined;
  const other =
    byName === undefined ? "another entry in the directory" : `another (SCIM id ${byName.scimId})`;
  const how = byName === undefined ? "" : ", the other by its id";
  return `is the SCIM id of ${byId.name} and the name of ${other}: give the first one by its name${how}`;
}
