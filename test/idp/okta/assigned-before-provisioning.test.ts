/**
 * Users who were assigned to the app before Provisioning was switched on (Okta: Provision users): nothing is sent for them
 * before "Provision User", and pushed groups leave them out (Okta: Group Push prerequisites).
 */

import { describe, expect, test } from "vitest";
import type { Action } from "../../../src/directory/action.ts";
import { documentedOktaSettings, oktaIntegrations } from "../../../src/directory/app-settings.ts";
import { oktaWarnings } from "../../../src/idp/okta/warnings.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { outcomes, rehearse } from "../../support/okta-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

const [ada, grace, alan] = ["ada@example.com", "grace@example.com", "alan@example.com"];

/** Ada was assigned before, through the group `staff`; Grace came afterwards. Both are in the pushed group `data`. */
const directory = aDirectory({
  users: [ada, grace, alan].map((email) => aUser(email)),
  groups: [aGroup("staff", [ada, grace]), aGroup("data", [ada, grace])],
  assignedUsers: [],
  assignedGroups: ["staff"],
  pushedGroups: ["data"],
  ssoOnlyUsers: [ada],
});

const invited = { schemas: [], userName: ada, active: true } as const;

async function begun() {
  const server = tinyScim();
  await server.send({ method: "POST", path: "/Users", headers: {}, body: invited });
  server.forget();
  const okta = rehearse(directory, server.send);
  const first = await okta.run();
  const lines = [...server.lines];
  server.forget();
  return { server, okta, first, lines };
}

describe.each(oktaIntegrations)("%s", (integration) => {
  test("the first provisioning leaves them out, and so does the group that is pushed", async () => {
    const server = tinyScim();
    const okta = rehearse(directory, server.send, { integration });
    expect(outcomes(await okta.run())).toEqual([`assign ${grace}: created`, "push-group data: created"]);
    expect(server.user(ada)).toBeUndefined();
    expect(server.members("data")).toEqual([grace]);
  });

  test("Provision User creates the account, and the pushed groups get the member", async () => {
    const server = tinyScim();
    const okta = rehearse(directory, server.send, { integration });
    await okta.run();
    const summary = await okta.act({ kind: "provision-user", user: ada });
    expect(outcomes(summary)).toEqual([`assign ${ada}: created`, "update-group data: updated"]);
    expect(server.members("data")).toEqual([ada, grace]);
    server.forget();
    await okta.run();
    expect(server.lines).toEqual([]);
  });
});

test("an account that was invited by hand is neither looked up nor changed, nor a member of a Team", async () => {
  const { server, lines } = await begun();
  expect(lines.some((line) => line.includes("ada"))).toBe(false);
  expect(server.user(ada)).toEqual({ ...invited, id: "Users-1" });
  expect(server.members("data")).toEqual([grace]);
});

test.each<readonly [what: string, action: Action]>([
  ["a change of the profile", { kind: "update-user", user: ada, profile: { firstName: "Augusta" } }],
  ["suspension", { kind: "suspend-user", user: ada }],
  ["a second assignment, by name: the app user is there already", { kind: "assign-user", user: ada }],
  ["a retry of what failed, which was nothing", { kind: "retry", user: ada }],
  ["the end of the assignment", { kind: "unassign-group", group: "staff" }],
  ["leaving the assigned group", { kind: "remove-member", group: "staff", user: ada }],
  ["deactivation", { kind: "deactivate-user", user: ada }],
  ["deletion", { kind: "delete-user", user: ada }],
])("nothing is sent for %s", async (_what, action) => {
  const { server, okta } = await begun();
  const summary = await okta.act(action);
  expect(outcomes(summary).filter((line) => line.includes("ada"))).toEqual([]);
  expect(server.user(ada)).toEqual({ ...invited, id: "Users-1" });
  expect(server.lines.filter((line) => line.includes("ada") || line.includes("Users-1"))).toEqual([]);
});

test("Push now leaves them out", async () => {
  const { server, okta } = await begun();
  await okta.act({ kind: "push-now", group: "data" });
  expect(server.members("data")).toEqual([grace]);
});

describe("provisioned are", () => {
  test.each<readonly [how: string, actions: readonly Action[]]>([
    ["Provision User", [{ kind: "provision-user", user: ada }]],
    ["Provision User for all", [{ kind: "provision-all" }]],
    [
      "unassigning and assigning again, through the group",
      [
        { kind: "remove-member", group: "staff", user: ada },
        { kind: "add-member", group: "staff", user: ada },
      ],
    ],
    [
      "unassigning and assigning again, by name",
      [
        { kind: "unassign-group", group: "staff" },
        { kind: "assign-user", user: ada },
      ],
    ],
    [
      "deactivation and activation, with the group",
      [
        { kind: "deactivate-user", user: ada },
        { kind: "activate-user", user: ada },
      ],
    ],
    [
      "an import that links the account",
      [{ kind: "import", match: "userName", confirmsExact: true, groups: false }],
    ],
  ])("by %s; the leaver is deactivated then", async (_how, actions) => {
    const { server, okta } = await begun();
    for (const action of actions) await okta.act(action);
    await okta.act({ kind: "push-now", group: "data" });
    expect(server.members("data")).toContain(ada);
    await okta.act({ kind: "deactivate-user", user: ada });
    expect(server.user(ada)).toMatchObject({ active: false });
  });

  test("who joins the group that was assigned before, for this assignment is new", async () => {
    const { server, okta } = await begun();
    await okta.act({ kind: "add-member", group: "staff", user: alan });
    expect(server.user(alan)).toMatchObject({ active: true });
  });
});

test("a suspended user gets nothing from Provision User, and waits", async () => {
  const { server, okta } = await begun();
  await okta.act({ kind: "suspend-user", user: ada });
  await okta.act({ kind: "provision-all" });
  await okta.act({ kind: "unsuspend-user", user: ada });
  expect(okta.directory.ssoOnlyUsers.has(ada)).toBe(true);
  expect(server.lines.filter((line) => line.includes("ada"))).toEqual([]);
});

test("a provisioning that fails leaves a task, as any assignment does", async () => {
  const server = tinyScim();
  const okta = rehearse(directory, server.send, { createUsers: false });
  await okta.act({ kind: "provision-user", user: ada });
  expect([...okta.memory.tasks.values()].map(({ what, subject }) => [what, subject.key])).toEqual([
    ["assign", ada],
  ]);
});

test("with memory, who was provisioned since is provisioned, though the directory still says otherwise", async () => {
  const { server, okta } = await begun();
  await okta.act({ kind: "provision-user", user: ada });
  okta.become(directory);
  server.forget();
  await okta.run();
  expect(server.lines).toEqual([]);
  await okta.act({ kind: "update-user", user: ada, profile: { firstName: "Augusta" } });
  expect(server.user(ada)).toMatchObject({ name: { givenName: "Augusta" } });
});

test("a rehearsal says beforehand how many there are", () => {
  const said = oktaWarnings(documentedOktaSettings, directory).filter((one) => one.includes("Provisioning"));
  expect(said).toEqual([
    `1 user was assigned before Provisioning was switched on (${ada}): Okta sends nothing for them, not even when they ` +
      "leave, until Provision User (in a timeline: provision: all), or until they are unassigned and assigned again.",
  ]);
});
