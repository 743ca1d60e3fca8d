/** What a drill breaks in Astro, at random and by a seed, and what of it `diff` has to find. */

import { random, type Random } from "../support/random.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";
import type { Place, Size } from "./place.ts";

/** One line for each difference: `user-missing ada@example.com`, `lacks data-platform: ada@example.com`. */
export type Finding = string;

interface User {
  readonly id: string;
  readonly userName: string;
}

interface Team {
  readonly id: string;
  readonly displayName: string;
  /** By id. */
  readonly members: readonly string[];
}

/** Damages the server; resolves to what is to be found, sorted. */
export async function damage(place: Place, size: Size): Promise<readonly Finding[]> {
  const client = scimClient(place.server);
  const [users, teams] = await Promise.all([everyUser(client), everyTeam(client)]);
  const work = new Damage({ place, client, users, teams }, random(size.seed, 1));
  const share = (of: number, percent: number): number => Math.max(2, Math.floor((of * percent) / 100));
  await work.deleteTeams(share(size.groups, 2));
  await work.takeMembers(share(size.users, 4));
  await work.addMembers(share(size.users, 4));
  await work.deleteUsers(share(size.users, 1));
  await work.deactivateUsers(share(size.users, 1));
  await work.changeUsers(share(size.users, 2));
  await work.makeOrphans(share(size.users, 0.5));
  if (place.iam !== undefined) await work.makeOrphanTeams(2);
  return work.found();
}

interface Start {
  readonly place: Place;
  readonly client: ScimClient;
  readonly users: readonly User[];
  readonly teams: readonly Team[];
}

/** Each account, Team and membership is damaged once at most, so that the findings can be told one by one. */
class Damage {
  readonly #place: Place;
  readonly #client: ScimClient;
  readonly #random: Random;
  readonly #users: User[];
  readonly #names: ReadonlyMap<string, string>;
  /** Members as they should be, by the id of a Team that is there. */
  readonly #members: Map<string, Set<string>>;
  readonly #teams: Map<string, Team>;
  /** Accounts whose memberships were damaged. */
  readonly #moved = new Set<string>();
  readonly #findings = new Set<Finding>();

  constructor({ place, client, users, teams }: Start, chance: Random) {
    this.#place = place;
    this.#client = client;
    this.#random = chance;
    this.#users = shuffled(users, chance);
    this.#names = new Map(users.map(({ id, userName }) => [id, userName]));
    this.#teams = new Map(teams.map((team) => [team.id, team]));
    this.#members = new Map(teams.map(({ id, members }) => [id, new Set(members)]));
  }

  found(): readonly Finding[] {
    return [...this.#findings].toSorted();
  }

  async deleteTeams(count: number): Promise<void> {
    for (const { id, displayName } of shuffled([...this.#teams.values()], this.#random).slice(0, count)) {
      await expectStatus(this.#client.delete(`/Groups/${id}`), 204);
      this.#teams.delete(id);
      this.#members.delete(id);
      this.#findings.add(`team-missing ${displayName}`);
    }
  }

  /** One a Team that has enough of them, so that none is emptied. */
  async takeMembers(count: number): Promise<void> {
    for (let left = count, tries = 0; left > 0 && tries < 20 * count; tries += 1) {
      const team = this.#random.pick([...this.#teams.values()]);
      const member = this.#random.pick([...(this.#members.get(team.id) ?? [])]);
      if (team.members.length < 4 || member === undefined || this.#moved.has(member)) continue;
      this.#moved.add(member);
      await this.#patchMembers(team, "remove", member);
      this.#findings.add(`lacks ${team.displayName}: ${this.#names.get(member)}`);
      left -= 1;
    }
  }

  async addMembers(count: number): Promise<void> {
    for (let left = count, tries = 0; left > 0 && tries < 20 * count; tries += 1) {
      const team = this.#random.pick([...this.#teams.values()]);
      const { id, userName } = this.#random.pick(this.#users);
      if (this.#members.get(team.id)?.has(id) === true || this.#moved.has(id)) continue;
      this.#moved.add(id);
      await this.#patchMembers(team, "add", id);
      this.#findings.add(`should not have ${team.displayName}: ${userName}`);
      left -= 1;
    }
  }

  async deleteUsers(count: number): Promise<void> {
    for (const user of this.#take(count)) {
      await expectStatus(this.#client.delete(`/Users/${user.id}`), 204);
      this.#findings.add(`user-missing ${user.userName}`);
      if (this.#place.knowsLinks) this.#findings.add(`user-link-broken ${user.userName}`);
      this.#leavesTeams(user);
    }
  }

  async deactivateUsers(count: number): Promise<void> {
    for (const user of this.#take(count)) {
      const inactive = { op: "replace", path: "active", value: false };
      await expectStatus(this.#client.patch(`/Users/${user.id}`, inactive), 200, 204);
      this.#findings.add(`user-inactive ${user.userName}`);
      this.#leavesTeams(user);
    }
  }

  async changeUsers(count: number): Promise<void> {
    for (const [at, { id, userName }] of this.#take(count).entries()) {
      const change = { op: "replace", path: "name.familyName", value: `Changed ${at}` };
      await expectStatus(this.#client.patch(`/Users/${id}`, change), 200, 204);
      this.#findings.add(`user-attribute-differs ${userName}: name.familyName`);
    }
  }

  /** Active accounts that nobody in the directory has, some with a role, all in a Team. */
  async makeOrphans(count: number): Promise<void> {
    for (let at = 0; at < count; at += 1) {
      const userName = `orphan${at}@example.com`;
      const attributes = { displayName: `Orphan ${at}`, emails: [{ value: userName, primary: true }] };
      const id = await this.#client.user(userName, {
        active: true,
        externalId: `00uOfAnotherApp${at}`,
        ...attributes,
      });
      const team = this.#random.pick([...this.#teams.values()]);
      await this.#patchMembers(team, "add", id);
      await this.#giveRole(`/users/${id}`);
      this.#findings.add(`user-left-over ${userName}`);
      this.#findings.add(`should not have ${team.displayName}: ${userName}`);
    }
  }

  async makeOrphanTeams(count: number): Promise<void> {
    for (let at = 0; at < count; at += 1) {
      const displayName = `orphan-team-${at}`;
      const members = this.#take(3).map(({ id }) => id);
      const id = await this.#client.team(displayName, ...members);
      await this.#giveRole(`/teams/${id}`);
      this.#findings.add(`team-left-over ${displayName}`);
    }
  }

  async #giveRole(path: string): Promise<void> {
    if (this.#place.iam === undefined) return;
    const workspaceRoles = [{ workspaceId: "clm8t5u4q000008jq4qoc3036", role: "WORKSPACE_AUTHOR" }];
    const roles = { organizationRole: "ORGANIZATION_MEMBER", workspaceRoles };
    await expectStatus(this.#place.iam.post(`${path}/roles`, roles), 200);
  }

  /** The memberships of an account that goes end with it. */
  #leavesTeams({ id, userName }: User): void {
    for (const [teamId, members] of this.#members) {
      if (members.has(id)) this.#findings.add(`lacks ${this.#teams.get(teamId)?.displayName}: ${userName}`);
    }
  }

  /** Accounts that nothing has happened to; nothing else will. */
  #take(count: number): readonly User[] {
    const untouched = this.#users.filter(({ id }) => !this.#moved.has(id)).slice(0, count);
    for (const { id } of untouched) this.#moved.add(id);
    return untouched;
  }

  async #patchMembers({ id }: Team, op: "add" | "remove", member: string): Promise<void> {
    const change =
      op === "add"
        ? { op, path: "members", value: [{ value: member }] }
        : { op, path: `members[value eq "${member}"]` };
    await expectStatus(this.#client.patch(`/Groups/${id}`, change), 200, 204);
  }
}

function shuffled<Item>(items: readonly Item[], chance: Random): Item[] {
  return items
    .map((item) => ({ item, at: chance.below(1_000_000_000) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

async function expectStatus(
  answering: Promise<{ readonly status: number; readonly text: string }>,
  ...expected: readonly number[]
): Promise<void> {
  const { status, text } = await answering;
  if (!expected.includes(status)) throw new Error(`the damage failed: ${status} ${text}`);
}

async function everyUser(client: ScimClient): Promise<readonly User[]> {
  const users = await everyResource<User & { readonly active?: boolean }>(client, "/Users");
  return users.filter(({ active }) => active !== false);
}

async function everyTeam(client: ScimClient): Promise<readonly Team[]> {
  type Listed = Omit<Team, "members"> & { readonly members?: readonly { readonly value: string }[] };
  const teams = await everyResource<Listed>(client, "/Groups");
  return teams.map(({ members = [], ...team }) => ({ ...team, members: members.map(({ value }) => value) }));
}

async function everyResource<Resource>(client: ScimClient, endpoint: string): Promise<readonly Resource[]> {
  const resources: Resource[] = [];
  for (;;) {
    const { body } = await client.get(`${endpoint}?startIndex=${resources.length + 1}&count=500`);
    resources.push(...(body.Resources as readonly Resource[]));
    if (body.Resources.length === 0 || resources.length >= body.totalResults) return resources;
  }
}

/** Workspace roles by the name of who has them. */
export async function rolesAt({ iam }: Pick<Place, "iam">): Promise<Readonly<Record<string, number>>> {
  if (iam === undefined) return {};
  const found: Record<string, number> = {};
  for (const [path, key, name] of [
    ["/users", "users", "username"],
    ["/teams", "teams", "name"],
  ] as const) {
    for (let offset = 0, total = 1; offset < total; offset += 1000) {
      const { body } = await iam.get(`${path}?limit=1000&offset=${offset}`);
      total = body.totalCount;
      for (const one of body[key]) {
        const { length } = one.workspaceRoles ?? [];
        if (length > 0) found[one[name]] = length;
      }
    }
  }
  return found;
}
