/** Users of Okta who were created and not activated yet. */

import { describe, expect, test } from "vitest";

import { documentedOktaSettings } from "../../../src/directory/app-settings.ts";
import { resolveOktaFidelity } from "../../../src/fidelity/resolve.ts";
import { expectedState } from "../../../src/idp/expected/expected-state.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { outcomes, rehearse } from "../../support/okta-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

const ada = "ada@example.com";
const grace = "grace@example.com";

function company(assignedUsers = [ada, grace]) {
  return aDirectory({
    users: [aUser(ada, { status: "staged" }), aUser(grace)],
    groups: [aGroup("data", [ada, grace])],
    assignedUsers,
  });
}
const early = { fidelity: resolveOktaFidelity({ stagedUsers: "assignment" }) };

describe("a staged user who is assigned to the app", () => {
  test("gets no account, and its groups leave it out; it is no failure", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(company(), server.send);
    expect(outcomes(await rehearsal.run())).toEqual([`assign ${grace}: created`, "push-group data: created"]);
    expect(server.lines.join("\n")).not.toContain("ada");
    expect(server.members("data")).toEqual([grace]);
    expect(rehearsal.memory.tasks.size).toBe(0);
  });

  test("is provisioned with its groups when it is activated: the assignment was kept", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    expect(outcomes(await rehearsal.act({ kind: "activate-user", user: ada }))).toEqual([
      `assign ${ada}: created`,
      "update-group data: updated",
    ]);
    expect(server.members("data")).toEqual([ada, grace]);
  });

  test("is provisioned at once where the switch says so", async () => {
    const server = tinyScim();
    await rehearse(company(), server.send, early).run();
    expect(server.members("data")).toEqual([ada, grace]);
  });

  test("is not linked by an import before it is activated", async () => {
    const server = tinyScim();
    await server.send({ method: "POST", path: "/Users", headers: {}, body: { userName: ada, active: true } });
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.act({ kind: "import", match: "userName", confirmsExact: true });
    expect(rehearsal.memory.appUsers.size).toBe(0);
  });

  test("sends nothing when it is deactivated or unassigned", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    server.forget();
    await rehearsal.act({ kind: "unassign-user", user: ada });
    await rehearsal.act({ kind: "deactivate-user", user: ada });
    expect(server.lines).toEqual([]);
  });
});

describe("what Astro is expected to hold of a staged user", () => {
  const presence = (settings: object, assigned?: string[]) =>
    expectedState(company(assigned), { ...documentedOktaSettings, ...settings }).users.get(ada);

  test("either: Okta sends nothing, so an account that is there stays", () => {
    expect(presence({})).toMatchObject({ presence: "either", reason: "staged in Okta, not activated yet" });
    expect(expectedState(company(), documentedOktaSettings).teams.get("data")?.members).toEqual(
      new Set([grace]),
    );
  });

  test("an account, where Okta provisions staged users", () => {
    expect(presence(early)).toMatchObject({ presence: "active" });
  });

  test("no account where it is not assigned", () => {
    expect(presence({}, [grace])).toMatchObject({
      presence: "not-active",
      reason: "not assigned to the app",
    });
  });
});
