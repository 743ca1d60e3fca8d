/**
 * Members who are skipped, because Okta knows no account of theirs, are told: Okta's console does not, its System Log does
 * (event `app.user_management.grouppush.mapping.okta.users.ignored`; Okta: Group Push prerequisites).
 */

import { expect, test } from "vitest";
import type { JobOutcome, RunSummary } from "../../../src/idp/run/events.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { rehearse, type Rehearsal } from "../../support/okta-rehearsal.ts";
import { tinyScim, type TinyScim } from "../../support/tiny-scim.ts";

const [ada, grace, alan, gone] = [
  "ada@example.com",
  "grace@example.com",
  "alan@example.com",
  "gone@example.com",
];

function start(members: readonly string[]): { readonly server: TinyScim; readonly okta: Rehearsal } {
  const server = tinyScim();
  const directory = aDirectory({
    users: [aUser(ada), aUser(grace), aUser(alan), aUser(gone, { status: "deactivated" })],
    groups: [aGroup("data", members)],
    pushedGroups: ["data"],
    assignedUsers: [ada, grace],
  });
  return { server, okta: rehearse(directory, server.send) };
}

function ofGroup({ reports }: RunSummary): JobOutcome | { readonly kind: "interrupted" } | undefined {
  return reports.find(({ subject }) => subject.kind === "group")?.outcome;
}

test("a new mapping names who was left out; who is deactivated is not expected there", async () => {
  const { server, okta } = start([ada, alan, gone]);
  expect(ofGroup(await okta.run())).toEqual({ kind: "done", did: "created", ignoredMembers: [alan] });
  expect(server.members("data")).toEqual([ada]);
});

test("nobody is named where everybody has an account", async () => {
  const { okta } = start([ada, grace]);
  expect(ofGroup(await okta.run())).toEqual({ kind: "done", did: "created" });
});

test("so does every push afterwards", async () => {
  const { okta } = start([ada, alan]);
  await okta.run();
  const added = ofGroup(await okta.act({ kind: "add-member", group: "data", user: grace }));
  expect(added).toMatchObject({ did: "updated", group: { added: [grace] }, ignoredMembers: [alan] });
  const pushed = ofGroup(await okta.act({ kind: "push-now", group: "data" }));
  expect(pushed).toMatchObject({ did: "updated", ignoredMembers: [alan] });
});

test("who joins a pushed group without an account is told at once, and nothing is sent", async () => {
  const { server, okta } = start([ada]);
  await okta.run();
  server.forget();
  expect(ofGroup(await okta.act({ kind: "add-member", group: "data", user: alan }))).toEqual({
    kind: "nothing-sent",
    why: `Okta has no account for ${alan}, so this member is not added to the Team`,
  });
  expect(ofGroup(await okta.run())).toBeUndefined();
  expect(server.lines).toEqual([]);
});

test("once the app is assigned, the member follows and nobody is left out", async () => {
  const { server, okta } = start([ada, alan]);
  await okta.run();
  const outcome = ofGroup(await okta.act({ kind: "assign-user", user: alan }));
  expect(outcome).toMatchObject({ did: "updated", group: { added: [alan] } });
  expect(outcome).not.toHaveProperty("ignoredMembers");
  expect(server.members("data")).toEqual([ada, alan]);
});
