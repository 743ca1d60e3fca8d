/** A company that has drifted, on an Astro that may lie; what may be written to it, told by itself and not by our engine. */

import { runCommand, type CommandResult } from "./run-command.ts";
import type { Lie, People } from "./lies.ts";
import { tempFolder } from "./temp-folder.ts";
import { startWatchedAstro, type WatchedAstro } from "./watched-astro.ts";

/**
 * Bob has no account, Eve is still called eve.old, Gus has a wrong name, Left has left and is in a Team; Kim is hidden from
 * no one and protected; the Team `fresh` is missing, `data` differs, `ops` is as it should be, `local` is nobody's.
 */
export const driftedCompany = `idp: okta
organization: cknaqyipv05731evsry6cj4n0
users:
  - { email: ada@example.com, firstName: Ada, lastName: X, id: 00u-ada }
  - { email: bob@example.com, firstName: Bob, lastName: X, id: 00u-bob }
  - { email: eve@example.com, firstName: Eve, lastName: X, id: 00u-eve }
  - { email: gus@example.com, firstName: Gus, lastName: X, id: 00u-gus }
groups:
  - { name: data, push: true, members: [ada@example.com, bob@example.com, eve@example.com] }
  - { name: ops, push: true, members: [ada@example.com] }
  - { name: fresh, push: true, members: [gus@example.com] }
astro:
  users:
    - { email: ada@example.com, givenName: Ada, familyName: X, displayName: Ada X, externalId: 00u-ada }
    - { email: eve.old@example.com, givenName: Eve, familyName: X, displayName: Eve X, externalId: 00u-eve }
    - { email: gus@example.com, givenName: Augustus, familyName: X, displayName: Gus X, externalId: 00u-gus }
    - { email: left@example.com, givenName: Left, familyName: X, displayName: Left X }
    - { email: kim@example.com, givenName: Kim, familyName: X, displayName: Kim X }
  teams:
    - { name: data, members: [ada@example.com, left@example.com] }
    - { name: ops, members: [ada@example.com] }
    - { name: local, members: [kim@example.com, left@example.com] }
protect: [kim@example.com]
`;

/** What an Astro holds, as plain facts by which two moments can be compared. */
export type Facts = ReadonlySet<string>;

/** Every change that brings this company nearer to its directory; whatever else happens to it is wrong. */
const rightChanges: ReadonlySet<string> = new Set([
  "+ user bob@example.com",
  "+ user eve@example.com",
  "- user eve.old@example.com",
  "- user left@example.com",
  "+ given Gus of gus@example.com",
  "- given Augustus of gus@example.com",
  "+ given Bob of bob@example.com",
  "+ given Eve of eve@example.com",
  "- given Eve of eve.old@example.com",
  "- given Left of left@example.com",
  "+ team fresh",
  "+ member bob@example.com of data",
  "+ member eve@example.com of data",
  "+ member eve.old@example.com of data",
  "- member eve.old@example.com of data",
  "- member left@example.com of data",
  "- member left@example.com of local",
  "+ member gus@example.com of fresh",
]);

/** See `runAgainst`. */
export interface LiedTo extends CommandResult {
  readonly before: Facts;
  readonly after: Facts;
  /** Changes that nobody should have made. */
  readonly wrong: readonly string[];
}

/** Runs a command for the company against an Astro that tells these lies. */
export async function runAgainst(told: readonly Lie[], words: readonly string[]): Promise<LiedTo> {
  const run = await runOver(driftedCompany, told, words);
  const [before, after] = [factsOf(run.before), factsOf(run.after)];
  return { ...run, before, after, wrong: changes(before, after).filter((one) => !rightChanges.has(one)) };
}

/** What an Astro holds, by SCIM id. */
export interface Holdings {
  readonly users: ReadonlyMap<
    string,
    { readonly name: string; readonly given: string; readonly active: boolean }
  >;
  readonly teams: ReadonlyMap<string, { readonly name: string; readonly members: readonly string[] }>;
}

export interface RunOver extends CommandResult {
  readonly before: Holdings;
  readonly after: Holdings;
}

/** The same for any company: a fixture with its `astro:` part. */
export async function runOver(
  fixture: string,
  told: readonly Lie[],
  words: readonly string[],
): Promise<RunOver> {
  let people: People = { users: {}, teams: {} };
  const astro = await startWatchedAstro({
    fixture,
    instead: (passing) => {
      for (const lie of told) {
        const answer = lie.instead?.(passing, people);
        if (answer !== undefined) return answer;
      }
      return undefined;
    },
    after: (passing, honest) =>
      told.reduce((answer, lie) => lie.after?.(passing, answer, people) ?? answer, honest),
  });
  const before = await holdingsOf(astro);
  people = peopleIn(before);
  const cwd = await tempFolder({ "own.yaml": fixture });
  const result = await runCommand([...words, "--from", "own.yaml", ...astro.target], { cwd });
  const after = await holdingsOf(astro);
  await astro.stop();
  return { ...result, before, after };
}

function changes(before: Facts, after: Facts): readonly string[] {
  return [
    ...[...after].filter((fact) => !before.has(fact)).map((fact) => `+ ${fact}`),
    ...[...before].filter((fact) => !after.has(fact)).map((fact) => `- ${fact}`),
  ];
}

interface Listed {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly active?: boolean;
  readonly name?: { readonly givenName?: string };
  readonly members?: readonly { readonly value: string }[];
}

async function listed(astro: WatchedAstro, endpoint: string): Promise<readonly Listed[]> {
  return (await astro.behind.get(`${endpoint}?count=1000`)).body.Resources;
}

async function holdingsOf(astro: WatchedAstro): Promise<Holdings> {
  const users = (await listed(astro, "/Users")).map(({ id, userName, name, active }) => {
    return [id, { name: userName, given: name?.givenName ?? "nothing", active: active !== false }] as const;
  });
  const teams = (await listed(astro, "/Groups")).map(({ id, displayName, members = [] }) => {
    return [id, { name: displayName, members: members.map(({ value }) => value) }] as const;
  });
  return { users: new Map(users), teams: new Map(teams) };
}

function peopleIn({ users, teams }: Holdings): People {
  return {
    users: Object.fromEntries([...users].map(([id, { name }]) => [name.split("@")[0]!, id])),
    teams: Object.fromEntries([...teams].map(([id, { name }]) => [name, id])),
  };
}

function factsOf({ users, teams }: Holdings): Facts {
  const ofUsers = [...users.values()].flatMap(({ name, given, active }) => [
    `user ${name}`,
    `given ${given} of ${name}`,
    ...(active ? [] : [`inactive ${name}`]),
  ]);
  const ofTeams = [...teams.values()].flatMap(({ name, members }) => [
    `team ${name}`,
    ...members.map((id) => `member ${users.get(id)?.name ?? id} of ${name}`),
  ]);
  return new Set([...ofUsers, ...ofTeams]);
}
