/** What a SCIM server holds, read as plainly as can be: a judge that shares no code with what it judges. */

import { scimClient, type ScimClient } from "./scim-client.ts";

export interface PlainState {
  /** By userName: the values that the documented mappings send. */
  readonly users: Readonly<Record<string, PlainUser>>;
  /** By name: the userNames of the members who have an active account, sorted. */
  readonly teams: Readonly<Record<string, readonly string[]>>;
}

export interface PlainUser {
  readonly active: boolean;
  readonly externalId: string | undefined;
  readonly displayName: string | undefined;
  readonly name: string;
  readonly emails: readonly string[];
  readonly profileUrl: string | undefined;
}

/** Everything, without ids: two servers hold the same where this is equal. */
export async function readPlainState(server: {
  readonly url: string;
  readonly token: string;
}): Promise<PlainState> {
  const client = scimClient(server);
  const users = await everyResource(client, "/Users");
  const groups = await everyResource(client, "/Groups");
  const activeNames = new Map(
    users.filter((user) => user.active !== false).map((user) => [user.id as string, user.userName as string]),
  );
  return {
    users: Object.fromEntries(users.map((user) => [user.userName as string, plainUser(user)])),
    teams: Object.fromEntries(
      groups.map((group) => [group.displayName as string, memberNames(group.members ?? [], activeNames)]),
    ),
  };
}

// Tests read what they expect to be there; what is not there fails the test.
// oxlint-disable-next-line typescript/no-explicit-any
type Body = any;

async function everyResource(client: ScimClient, endpoint: string): Promise<readonly Body[]> {
  const resources: Body[] = [];
  for (;;) {
    const { body } = await client.get(`${endpoint}?startIndex=${resources.length + 1}&count=100`);
    resources.push(...body.Resources);
    if (resources.length >= body.totalResults) return resources;
  }
}

function plainUser(user: Body): PlainUser {
  return {
    active: user.active !== false,
    externalId: user.externalId,
    displayName: user.displayName,
    name: `${user.name?.givenName ?? ""} ${user.name?.familyName ?? ""}`,
    emails: (user.emails ?? []).map((email: Body) => email.value),
    profileUrl: user.profileUrl,
  };
}

function memberNames(members: readonly Body[], activeNames: ReadonlyMap<string, string>): readonly string[] {
  return members.flatMap(({ value }) => activeNames.get(value) ?? []).sort();
}
