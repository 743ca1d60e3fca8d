/** Whether Astro holds what a step of a timeline expects. */

import { attributePathOf } from "../../astro/attributes.ts";
import type { AstroState, AstroTeam, AstroUser } from "../../astro/state.ts";
import type { Expectation, UserExpectation } from "../../directory/expectation.ts";
import type { TimelineStep } from "../../directory/timeline.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { someNames } from "../../ground/text/some-names.ts";
import { accountFinder, type FindAccount, type Scene } from "../expected/find-account.ts";
import type { UnmetState } from "../run/unmet-expectation.ts";

/**
 * What is not as expected; empty where everything is. As in drift, memberships of accounts that are inactive in Astro do not
 * count, unless the expectation says so: Astro ends them, other servers may keep them.
 */
export function checkExpectation(expectation: Expectation, scene: Scene): readonly UnmetState[] {
  const find = accountFinder(scene);
  const users = [...expectation.users].flatMap(([name, expected]) => checkUser(name, expected, find(name)));
  const teams = [...expectation.teams].flatMap(([name, members]) =>
    checkTeam({ name, members, countInactive: expectation.countInactive === true }, scene.state, find),
  );
  return [...users, ...teams];
}

/** A user who should be inactive still has an account; a step expects no account with `exists: false`. */
function checkUser(
  name: string,
  expectation: UserExpectation,
  account: AstroUser | undefined,
): readonly UnmetState[] {
  const { exists, active, attributes = {} } = expectation;
  const about = { kind: "user", name } as const;
  if (account === undefined) return checkAbsence(about, expectation);
  const unmet: UnmetState[] = [];
  if (exists === false) unmet.push({ ...about, what: "exists", expected: false, got: true });
  if (active !== undefined && active !== account.active) {
    unmet.push({ ...about, what: "active", expected: active, got: account.active });
  }
  for (const [attribute, expected] of Object.entries(attributes)) {
    const got = attributeOf(account, attribute);
    if (got !== expected) unmet.push({ ...about, what: attribute, expected, got });
  }
  return unmet;
}

/** For a user without an account: one absence, whatever else the account was expected to have. */
function checkAbsence(
  about: Pick<UnmetState, "kind" | "name">,
  { exists, active, attributes = {} }: UserExpectation,
): readonly UnmetState[] {
  if (exists === true) return [{ ...about, what: "exists", expected: true, got: false }];
  if (active !== undefined) return [{ ...about, what: "active", expected: active, got: null }];
  if (exists === false || Object.keys(attributes).length === 0) return [];
  return [{ ...about, what: "exists", expected: true, got: false }];
}

function attributeOf({ userName, attributes }: AstroUser, attribute: string): string | null {
  if (attribute === "userName") return userName;
  const path = attributePathOf(attribute);
  return Object.hasOwn(attributes, path) ? (attributes[path] ?? null) : null;
}

/** The paths of the attributes that the steps expect something of. */
export function expectedPaths(timeline: readonly Pick<TimelineStep, "expect">[]): readonly string[] {
  const users = timeline.flatMap(({ expect }) => [...(expect?.users.values() ?? [])]);
  return [...new Set(users.flatMap(({ attributes = {} }) => Object.keys(attributes).map(attributePathOf)))];
}

interface ExpectedTeam {
  readonly name: string;
  readonly members: readonly string[] | null;
  readonly countInactive: boolean;
}

function checkTeam(
  { name, members, countInactive }: ExpectedTeam,
  state: AstroState,
  find: FindAccount,
): readonly UnmetState[] {
  const about = { kind: "group", name } as const;
  const team = state.teams.get(foldCase(name));
  if (members === null) {
    return team === undefined ? [] : [{ ...about, what: "exists", expected: false, got: true }];
  }
  if (team === undefined) return [{ ...about, what: "exists", expected: true, got: false }];
  // What is not shown is neither as expected nor otherwise: the step is not checked.
  if (team.areMembersUnknown === true) return [];
  const expected = new Map(members.map((member) => [find(member)?.key ?? foldCase(member), member]));
  const got = countedMembers(team, state, { expected, countInactive });
  const isSame = got.size === expected.size && [...expected.keys()].every((key) => got.has(key));
  if (isSame) return [];
  const inactive = [...expected].filter(([key]) => state.users.get(key)?.active === false);
  const hint =
    inactive.length === 0 || countInactive
      ? {}
      : { hint: inactiveHint(inactive.map(([, member]) => member)) };
  return [{ ...about, what: "members", expected: sorted(expected), got: sorted(got), ...hint }];
}

function inactiveHint(names: readonly string[]): string {
  const [have, them] =
    names.length === 1 ? ["has an inactive account", "it"] : ["have inactive accounts", "them"];
  return `${someNames(names, mostNames)} ${have}, and memberships of inactive accounts do not count: remove ${them} from the list, or add countInactive: true to expect if the server keeps them.`;
}

/** As many as a hint bears. */
const mostNames = 3;

interface Counting {
  readonly expected: ReadonlyMap<string, string>;
  readonly countInactive: boolean;
}

/** Member keys with the names to show them by: the expectation's own where it names them. */
function countedMembers(
  { members, unknownMembers }: AstroTeam,
  { users }: AstroState,
  { expected, countInactive }: Counting,
): ReadonlyMap<string, string> {
  const known = [...members].flatMap((key): readonly (readonly [string, string])[] => {
    const user = users.get(key);
    const counts = user === undefined || user.active || countInactive;
    return counts ? [[key, expected.get(key) ?? user?.userName ?? key]] : [];
  });
  return new Map([...known, ...unknownMembers.map((id) => [`id ${id}`, `id ${id}`] as const)]);
}

function sorted(names: ReadonlyMap<string, string>): readonly string[] {
  return [...names.values()].toSorted((a, b) => (a < b ? -1 : 1));
}
