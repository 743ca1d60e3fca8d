/** A company of 250: what the emulated Okta lists is its directory. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readFixture } from "../../../src/fixture/read.ts";
import { startEmulatedOkta, type OktaAnswer } from "../../support/emulated-okta.ts";

test("the lists put together are the directory", async () => {
  const file = new URL("../../../fixtures/okta-company.yaml", import.meta.url);
  const { start, app } = readFixture("okta-company.yaml", readFileSync(file, "utf8"), { shipped: false });
  const { pages, app: path, company } = await startEmulatedOkta({ directory: start, app });
  await company.settled();
  const directory = company.directory();
  const keyOf = new Map([...directory.users.values()].map(({ objectId, key }) => [objectId, key]));
  const nameOf = new Map([...directory.groups.values()].map(({ objectId, key }) => [objectId, key]));
  const all = async (list: string) => (await pages(encodeURI(list))).flatMap(({ body }: OktaAnswer) => body);
  const users = await all("/api/v1/users?search=id pr&limit=100");
  const appUsers = await all(`${path}/users?limit=100`);
  const groups = await all('/api/v1/groups?search=type eq "OKTA_GROUP"&limit=10');
  const mappings = await all(`${path}/group-push/mappings?limit=5`);
  const members = new Map<string, ReadonlySet<string | undefined>>();
  for (const { id } of groups) {
    const listed = await all(`/api/v1/groups/${id}/users?limit=20`);
    const keys = listed.map((user) => keyOf.get(user.id));
    expect([nameOf.get(id), keys.length]).toEqual([nameOf.get(id), new Set(keys).size]);
    members.set(nameOf.get(id) ?? id, new Set(keys));
  }
  const keysOf = (listed: readonly { id: string }[]) => new Set(listed.map(({ id }) => keyOf.get(id)));
  expect([users.length, keysOf(users)]).toEqual([directory.users.size, new Set(directory.users.keys())]);
  expect(keysOf(appUsers.filter(({ scope }) => scope === "USER"))).toEqual(new Set(directory.assignedUsers));
  // A suspended user keeps what it has and gets nothing new.
  const waiting = appUsers
    .filter(({ syncState }) => syncState !== "SYNCHRONIZED")
    .map(({ id }) => keyOf.get(id));
  expect(waiting).toEqual(
    [...directory.users.values()].filter(({ status }) => status === "suspended").map(({ key }) => key),
  );
  expect(new Set(appUsers.map(({ status }) => status))).toEqual(new Set(["PROVISIONED", "STAGED"]));
  expect(new Set(mappings.map(({ sourceGroupId }) => nameOf.get(sourceGroupId)))).toEqual(
    new Set(directory.pushedGroups),
  );
  expect(new Set(mappings.map(({ status }) => status))).toEqual(new Set(["ACTIVE"]));
  const held = [...directory.groups].map(([key, group]) => [key, new Set(group.members)] as const);
  expect(members).toEqual(new Map(held));
});
