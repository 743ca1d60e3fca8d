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

const told = fc.subarray([...lies], { maxLength: 3 });

test("nothing wrong is written, and no more than a run may", { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(company, told, command, async (drawn, lying, words) => {
      const run = await runOver(fixtureOf(drawn), lying, [...words, "--yes"]);
      expect(run.stderr).not.toContain("something went wrong inside");
      expect(wrongIn(run, drawn)).toEqual([]);
      expect(beyondLimits(run, words)).toEqual([]);
    }),
    { numRuns: 150 },
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
function wrongIn({ before, after }: RunOver, drawn: Company): readonly string[] {
  const { directory, pushed, protect } = drawn;
  const wrong: string[] = [];
  const wanted = new Set(directory.map(mail));
  const owner = new Map(names.map((name) => [heldName(name, drawn), name]));
  const isProtected = (userName: string): boolean => {
    const name = owner.get(userName) ?? names.find((one) => mail(one) === userName);
    return name !== undefined && protect.includes(name);
  };
  for (const [id, { name }] of before.users) {
    const now = after.users.get(id);
    const isWanted = directory.includes(owner.get(name) as Name);
    if (now === undefined && (isWanted || isProtected(name))) wrong.push(`${name} was deleted`);
    if (now !== undefined && now.name !== name && (now.name !== mail(owner.get(name)!) || isProtected(name)))
      wrong.push(`${name} was renamed ${now.name}`);
    if (now !== undefined && !now.active && before.users.get(id)?.active === true)
      wrong.push(`${name} was deactivated`);
  }
  for (const [id, { name }] of after.users) {
    if (!before.users.has(id) && (!wanted.has(name) || isProtected(name))) wrong.push(`${name} was created`);
  }
  for (const [id, { name, members }] of before.teams) {
    const now = after.teams.get(id);
    if (now === undefined) wrong.push(`the Team ${name} was deleted`);
    for (const member of members) {
      const userName = before.users.get(member)?.name ?? member;
      if (now === undefined || now.members.includes(member) || !after.users.has(member)) continue;
      const stays = Object.hasOwn(pushed, now.name)
        ? pushed[now.name]!.includes(owner.get(userName) as Name) &&
          directory.includes(owner.get(userName) as Name)
        : true;
      if (stays || isProtected(userName)) wrong.push(`${userName} was taken out of ${name}`);
    }
  }
  for (const [id, { name, members }] of after.teams) {
    const then = before.teams.get(id);
    if (then === undefined && !Object.hasOwn(pushed, name)) wrong.push(`the Team ${name} was made`);
    if (then !== undefined && then.name !== name && !Object.hasOwn(pushed, name))
      wrong.push(`${then.name} was renamed`);
    for (const member of members) {
      if (then?.members.includes(member) === true) continue;
      const userName = after.users.get(member)?.name ?? member;
      const known = names.find((one) => mail(one) === userName) ?? owner.get(userName);
      const belongs =
        known !== undefined && directory.includes(known) && pushed[name]?.includes(known) === true;
      if (!belongs || isProtected(userName)) wrong.push(`${userName} was put into ${name}`);
    }
  }
  return wrong;
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
    ...emptied(before, after).map((name) => `the Team ${name} was emptied`),
  ];
}

function removedPairs(before: Holdings, after: Holdings): number {
  return [...before.teams].reduce((sum, [id, { members }]) => {
    const now = after.teams.get(id)?.members ?? [];
    return sum + members.filter((member) => after.users.has(member) && !now.includes(member)).length;
  }, 0);
}

function emptied(before: Holdings, after: Holdings): readonly string[] {
  return [...before.teams]
    .filter(([id, { members }]) => members.length > 0 && after.teams.get(id)?.members.length === 0)
    .map(([, { name }]) => name);
}
