/** Companies and lies drawn at random: whatever a server answers, what is written is in the plan, and the plan is within its limits. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { runOver, type Holdings, type RunOver } from "../support/drifted-company.ts";
import { lies } from "../support/lies.ts";

const names = ["ada", "bob", "eve", "gus", "left", "kim", "liv", "max", "noa", "pat", "ron", "sue"] as const;
const groupNames = ["data", "ops", "local"] as const;

type Name = (typeof names)[number];

interface Company {
  /** Who is in the directory and assigned. */
  readonly directory: readonly Name[];
  /** Who has an account; under another name than the directory's where it is `renamed`. */
  readonly held: readonly Name[];
  readonly renamed: readonly Name[];
  readonly inactive: readonly Name[];
  readonly pushed: Readonly<Record<string, readonly Name[]>>;
  readonly teams: Readonly<Record<string, readonly Name[]>>;
  readonly protect: readonly Name[];
}

const some = (max: number) => fc.subarray([...names], { maxLength: max });
const membersOf = fc.dictionary(fc.constantFrom(...groupNames), some(6), { maxKeys: 3 });

const company: fc.Arbitrary<Company> = fc.record({
  directory: some(12),
  held: some(12),
  renamed: some(6),
  inactive: some(2),
  pushed: membersOf,
  teams: membersOf,
  protect: some(2),
});

const command = fc.oneof(
  fc.constantFrom(["push-group", "--all"], ["resync", "--all"], ["delete", "--all"]),
  fc.constantFrom(...names).map((name) => ["resync", mail(name)]),
  fc.constantFrom(...names).map((name) => ["delete", mail(name)]),
  fc.constantFrom(...groupNames).map((name) => ["push-group", name]),
);

/** The same companies and lies each time, unless told otherwise: CAMPAIGN_SEED=1 CAMPAIGN_RUNS=2000. */
const seed = Number(process.env["CAMPAIGN_SEED"] ?? 20261130);

const told = fc.subarray([...lies], { maxLength: 3 });

test("nothing wrong is written, and no more than a run may", async ({ signal }) => {
  await fc.assert(
    fc.asyncProperty(company, told, command, async (drawn, lying, words) => {
      signal.throwIfAborted();
      const run = await runOver(fixtureOf(drawn), lying, [...words, "--yes"]);
      expect(run.stderr).not.toContain("internal error in astro-scim");
      expect(wrongIn(run, drawn)).toEqual([]);
      expect(beyondLimits(run, words)).toEqual([]);
      const canBeTold = !lying.some(({ hidesMembers }) => hidesMembers === true);
      expect(canBeTold ? emptied(run) : []).toEqual([]);
    }),
    { numRuns: Number(process.env["CAMPAIGN_RUNS"] ?? 150), seed },
  );
});

function mail(name: string): string {
  return `${name}@example.com`;
}

function heldName(name: Name, { renamed, directory }: Company): string {
  return renamed.includes(name) && directory.includes(name) ? mail(`${name}.old`) : mail(name);
}

function fixtureOf(drawn: Company): string {
  const { directory, held, inactive, pushed, teams, protect } = drawn;
  const user = (name: Name) => `{ email: ${mail(name)}, firstName: F, lastName: L, id: 00u-${name} }`;
  const account = (name: Name) =>
    `{ email: ${heldName(name, drawn)}, givenName: F, familyName: L, displayName: F L, externalId: 00u-${name}, active: ${!inactive.includes(name)} }`;
  const inDirectory = (members: readonly Name[]) =>
    members.filter((name) => directory.includes(name)).map(mail);
  const inAstro = (members: readonly Name[]) =>
    members
      .filter((name) => held.includes(name) && !inactive.includes(name))
      .map((name) => heldName(name, drawn));
  const list = (lines: readonly string[]) =>
    lines.length === 0 ? " []" : lines.map((line) => `\n  - ${line}`).join("");
  return `idp: okta
organization: cknaqyipv05731evsry6cj4n0
users:${list(directory.map(user))}
groups:${list(Object.entries(pushed).map(([name, members]) => `{ name: ${name}, push: true, members: [${inDirectory(members).join(", ")}] }`))}
astro:
 users:${list(held.map(account))}
 teams:${list(Object.entries(teams).map(([name, members]) => `{ name: ${name}, members: [${inAstro(members).join(", ")}] }`))}
protect: [${protect.map(mail).join(", ")}]
`;
}

/** Told by the company alone, and not by our engine: every difference that a repair should not have made. */
function wrongIn(run: RunOver, drawn: Company): readonly string[] {
  const facts = factsOf(drawn);
  return [...wrongAccounts(run, facts), ...wrongRemovals(run, facts), ...wrongAdditions(run, facts)];
}

interface Facts {
  /** Whose account it is that has this userName. */
  personOf(userName: string): Name | undefined;
  isWanted(userName: string): boolean;
  isProtected(userName: string): boolean;
  /** Whether the directory wants this person in the Team; undefined for a Team of no pushed group. */
  belongs(userName: string, team: string): boolean | undefined;
}

function factsOf(drawn: Company): Facts {
  const { directory, pushed, protect } = drawn;
  const held = new Map(names.map((name) => [heldName(name, drawn), name]));
  const personOf = (userName: string): Name | undefined =>
    names.find((name) => mail(name) === userName) ?? held.get(userName);
  const isIn = (people: readonly Name[], userName: string): boolean =>
    people.some((name) => name === personOf(userName));
  return {
    personOf,
    isWanted: (userName) => isIn(directory, userName),
    isProtected: (userName) => isIn(protect, userName),
    belongs: (userName, team) => {
      const members = Object.hasOwn(pushed, team) ? pushed[team] : undefined;
      return members && isIn(members, userName) && isIn(directory, userName);
    },
  };
}

function wrongAccounts({ before, after }: RunOver, facts: Facts): readonly string[] {
  const changed = [...before.users].flatMap(([id, then]) => wrongAccount(then, after.users.get(id), facts));
  const created = [...after.users]
    .filter(([id]) => !before.users.has(id))
    .filter(([, { name }]) => !facts.isWanted(name) || facts.isProtected(name))
    .map(([, { name }]) => `${name} was created`);
  return [...changed, ...created];
}

type Account = Holdings["users"] extends ReadonlyMap<string, infer Value> ? Value : never;

function wrongAccount(then: Account, now: Account | undefined, facts: Facts): readonly string[] {
  const mustStay = facts.isProtected(then.name);
  if (now === undefined) {
    return facts.isWanted(then.name) || mustStay ? [`${then.name} was deleted`] : [];
  }
  const isRenamed = now.name !== then.name;
  const isRight = now.name === mail(facts.personOf(then.name) ?? "nobody") && !mustStay;
  return [
    ...(isRenamed && !isRight ? [`${then.name} was renamed ${now.name}`] : []),
    ...(then.active && !now.active ? [`${then.name} was deactivated`] : []),
  ];
}

function wrongRemovals({ before, after }: RunOver, facts: Facts): readonly string[] {
  return [...before.teams].flatMap(([id, { name, members }]) => {
    const now = after.teams.get(id);
    if (now === undefined) return [`the Team ${name} was deleted`];
    return members
      .filter((member) => !now.members.includes(member) && after.users.has(member))
      .map((member) => before.users.get(member)?.name ?? member)
      .filter((userName) => facts.belongs(userName, now.name) !== false || facts.isProtected(userName))
      .map((userName) => `${userName} was taken out of ${name}`);
  });
}

function wrongAdditions({ before, after }: RunOver, facts: Facts): readonly string[] {
  return [...after.teams].flatMap(([id, { name, members }]) => {
    const then = before.teams.get(id);
    const isPushed = facts.belongs("nobody", name) !== undefined;
    const isGivenName = then === undefined || then.name !== name;
    const added = members
      .filter((member) => then?.members.includes(member) !== true)
      .map((member) => after.users.get(member)?.name ?? member)
      .filter((userName) => facts.belongs(userName, name) !== true || facts.isProtected(userName));
    return [
      ...(isGivenName && !isPushed ? [`the Team ${name} was made or renamed`] : []),
      ...added.map((userName) => `${userName} was put into ${name}`),
    ];
  });
}

/** The default limits, counted on what has really happened. */
function beyondLimits({ before, after }: RunOver, words: readonly string[]): readonly string[] {
  const named = words.slice(1).filter((word) => word !== "--all");
  const deleted = [...before.users].filter(([id, { name }]) => !after.users.has(id) && !named.includes(name));
  const renamed = [...before.users].filter(([id, { name }]) => (after.users.get(id)?.name ?? name) !== name);
  const size = before.users.size + before.teams.size;
  const removed = removedPairs(before, after);
  const memberships = [...before.teams.values()].reduce((sum, { members }) => sum + members.length, 0);
  return [
    ...(deleted.length > Math.max(3, Math.min(25, Math.floor(size / 10)))
      ? [`${deleted.length} deleted`]
      : []),
    ...(named.length === 0 && renamed.length > Math.max(3, Math.floor(size / 10))
      ? [`${renamed.length} renamed`]
      : []),
    ...(named.length === 0 && removed > Math.max(10, Math.floor(memberships / 10))
      ? [`${removed} removed`]
      : []),
  ];
}

function removedPairs(before: Holdings, after: Holdings): number {
  return [...before.teams].reduce((sum, [id, { members }]) => {
    const now = after.teams.get(id)?.members ?? [];
    return sum + members.filter((member) => after.users.has(member) && !now.includes(member)).length;
  }, 0);
}

function emptied({ before, after }: RunOver): readonly string[] {
  return [...before.teams]
    .filter(([id, { members }]) => members.length > 0 && after.teams.get(id)?.members.length === 0)
    .map(([, { name }]) => name);
}
