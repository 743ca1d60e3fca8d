import { describe, expect, test } from "vitest";

import type { Action } from "../../../src/directory/action.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { outcomes, rehearse, type Rehearsal } from "../../support/okta-rehearsal.ts";
import { tinyScim, type TinyScim } from "../../support/tiny-scim.ts";

const ada = "ada@example.com";
const grace = "grace@example.com";

/** A rehearsal whose displayName tells whether somebody is in `admins`, which is not pushed; Ada is. */
async function provisioned(): Promise<{ rehearsal: Rehearsal; server: TinyScim }> {
  const server = tinyScim();
  const directory = aDirectory({
    users: [aUser(ada), aUser(grace)],
    groups: [aGroup("admins", [ada]), aGroup("data")],
    pushedGroups: ["data"],
  });
  const rehearsal = rehearse(directory, server.send, {
    mappings: { displayName: 'isMemberOfGroupName("admins") ? "admin" : "user"' },
  });
  await rehearsal.run();
  server.forget();
  return { rehearsal, server };
}

describe("Okta Expression Language overview, Group functions: a membership change is no reason for a profile push", () => {
  test.each<[change: string, action: Action]>([
    ["joining a group that a mapping asks for", { kind: "add-member", group: "admins", user: grace }],
    ["leaving it", { kind: "remove-member", group: "admins", user: ada }],
    ["its new name", { kind: "rename-group", group: "admins", name: "owners" }],
    ["its end", { kind: "delete-group", group: "admins" }],
  ])("%s sends nothing, then or in a later run", async (_change, action) => {
    const { rehearsal, server } = await provisioned();
    await rehearsal.act(action);
    await rehearsal.run();
    expect(server.lines).toEqual([]);
    expect(server.user(ada)).toMatchObject({ displayName: "admin" });
    expect(server.user(grace)).toMatchObject({ displayName: "user" });
  });

  test("joining a pushed group pushes the group and no profile", async () => {
    const { rehearsal } = await provisioned();
    const summary = await rehearsal.act({ kind: "add-member", group: "data", user: grace });
    expect(outcomes(summary)).toEqual(["update-group data: updated"]);
  });

  test("the next change of the Okta profile brings the memberships along", async () => {
    const { rehearsal, server } = await provisioned();
    await rehearsal.act({ kind: "add-member", group: "admins", user: grace });
    const update: Action = { kind: "update-user", user: grace, profile: { title: "Rear Admiral" } };
    const summary = await rehearsal.act(update);
    expect(outcomes(summary)).toEqual([`push-profile ${grace}: updated`]);
    expect(server.user(grace)).toMatchObject({ displayName: "admin" });
  });

  test("a new assignment is evaluated with the memberships of its time", async () => {
    const { rehearsal, server } = await provisioned();
    await rehearsal.act({ kind: "add-member", group: "admins", user: grace });
    await rehearsal.act({ kind: "unassign-user", user: grace });
    await rehearsal.act({ kind: "assign-user", user: grace });
    expect(server.user(grace)).toMatchObject({ displayName: "admin", active: true });
  });
});

test("Okta Expression Language overview, Time functions: a mapping knows the time of the run", async () => {
  const server = tinyScim();
  const directory = aDirectory({ users: [aUser(ada)] });
  const rehearsal = rehearse(directory, server.send, {
    mappings: { displayName: "String.substring(Time.now(), 0, 4)" },
  });
  await rehearsal.run();
  expect(server.user(ada)).toMatchObject({ displayName: "2026" });
});
