/** What public reports of 2026 show of Okta: each as it was reported. */

import { describe, expect, test } from "vitest";

import type { OktaIntegration } from "../../../src/directory/app-settings.ts";
import { resolveOktaFidelity } from "../../../src/fidelity/resolve.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { lineOf, scimError } from "../../support/conversation.ts";
import { outcomes, rehearse } from "../../support/okta-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

const ada = "ada@example.com";
const one = aDirectory({ users: [aUser(ada)], groups: [aGroup("data", [ada])] });

function sentences({ memory }: ReturnType<typeof rehearse>): string[] {
  return [...memory.tasks.values()].map(({ sentence }) => sentence);
}

test("a profile push that is refused when a deprovisioned user is assigned again: the sentence, and again at each Retry (fleet #53446)", async () => {
  let broken = false;
  const server = tinyScim({
    intercept: ({ method, body }) =>
      broken && method === "PUT" && JSON.stringify(body).includes("givenName")
        ? scimError(400, "Bad profile.")
        : undefined,
  });
  const rehearsal = rehearse(aDirectory({ users: [aUser(ada)] }), server.send, { integration: "catalog" });
  await rehearsal.run();
  await rehearsal.act({ kind: "unassign-user", user: ada });
  broken = true;
  const sentence =
    `Automatic provisioning of user ${ada} to app Astro failed: Error while trying to push profile update for ${ada}: ` +
    "Bad Request. Errors reported by remote server: Bad profile.";
  await rehearsal.act({ kind: "assign-user", user: ada });
  expect(sentences(rehearsal)).toEqual([sentence]);
  expect(outcomes(await rehearsal.act({ kind: "retry" }))).toEqual([`assign ${ada}: failed`]);
  expect(sentences(rehearsal)).toEqual([sentence]);
});

describe("a server whose database was built anew (fleet #52593)", () => {
  /** The ids of before are gone; another account has taken the place of one. */
  async function rebuilt(integration: OktaIntegration, keepsGroup: boolean) {
    const server = tinyScim();
    const rehearsal = rehearse(one, server.send, { integration });
    await rehearsal.run();
    for (const path of ["/Users/Users-1", ...(keepsGroup ? [] : ["/Groups/Groups-2"])]) {
      await server.send({ method: "DELETE", path, headers: {} });
    }
    server.forget();
    return { server, rehearsal };
  }

  test.each<OktaIntegration>(["manual", "catalog"])(
    "%s: stale member ids are pushed as they are",
    async (integration) => {
      const { server, rehearsal } = await rebuilt(integration, true);
      await rehearsal.act({ kind: "push-now", group: "data" });
      expect(server.lines.some((line) => line.includes("/Users"))).toBe(false);
      expect(sentences(rehearsal)).toEqual([
        "Unable to update Group Push mapping target App group data: Error while updating user group membership for group data: " +
          "Bad Request. Errors reported by remote server: No user Users-1.",
      ]);
      expect([...rehearsal.memory.pushMappings.values()]).toMatchObject([{ status: "ERROR" }]);
    },
  );

  test.each<OktaIntegration>(["manual", "catalog"])(
    "%s: the stale id of the group is pushed to, and never looked for anew",
    async (integration) => {
      const { server, rehearsal } = await rebuilt(integration, false);
      await rehearsal.act({ kind: "push-now", group: "data" });
      expect(server.lines).toEqual([`${integration === "manual" ? "GET" : "PATCH"} /Groups/Groups-2`]);
      expect(sentences(rehearsal)).toEqual([
        "Linked group is missing in Astro. Change the linked group to resume pushing group memberships.",
      ]);
    },
  );
});

describe("a group that is assigned again sends POST at once (Metatavu #114; assignmentLookup)", () => {
  const group = aDirectory({
    users: [aUser(ada)],
    groups: [aGroup("staff", [ada])],
    assignedUsers: [],
    assignedGroups: ["staff"],
    pushedGroups: [],
  });

  async function assignedAgain(assignmentLookup: "always" | "first") {
    const server = tinyScim();
    const rehearsal = rehearse(group, server.send, { fidelity: resolveOktaFidelity({ assignmentLookup }) });
    await rehearsal.run();
    await rehearsal.act({ kind: "unassign-group", group: "staff" });
    server.forget();
    await rehearsal.act({ kind: "assign-group", group: "staff" });
    return { server, rehearsal };
  }

  test("the existing account is a conflict, and the badge stays until somebody acts", async () => {
    const { server, rehearsal } = await assignedAgain("first");
    expect(server.lines).toEqual(["POST /Users"]);
    const badge =
      "Push new user to external application FAILURE: Conflict. Errors reported by remote server: The name is taken.";
    expect(sentences(rehearsal)).toEqual([badge]);
    await rehearsal.run();
    expect(sentences(rehearsal)).toEqual([badge]);
    server.forget();
    await rehearsal.act({ kind: "retry" });
    expect(server.lines).toEqual(["POST /Users"]);
    expect(sentences(rehearsal)).toEqual([badge]);
  });

  test("by default the account is looked up first, and linked", async () => {
    const { server, rehearsal } = await assignedAgain("always");
    expect(server.writes()).not.toContain("POST /Users");
    expect(sentences(rehearsal)).toEqual([]);
  });
});

describe("a POST that is answered 409 (conflictAttempts)", () => {
  async function conflicting(conflictAttempts: number) {
    const server = tinyScim({
      intercept: (request) => (lineOf(request) === "POST /Users" ? scimError(409, "Taken.") : undefined),
    });
    const fidelity = resolveOktaFidelity({ conflictAttempts });
    const rehearsal = rehearse(aDirectory({ users: [aUser(ada)] }), server.send, { fidelity });
    await rehearsal.run();
    const waits = rehearsal.events.flatMap((event) => (event.kind === "waiting" ? [event.seconds] : []));
    return { posts: server.writes().length, waits, tasks: rehearsal.memory.tasks.size };
  }

  test("is final by default", async () => {
    expect(await conflicting(1)).toEqual({ posts: 1, waits: [], tasks: 1 });
  });

  test("comes again every 30 minutes where the switch says so (lightdash #22402)", async () => {
    expect(await conflicting(3)).toEqual({ posts: 3, waits: [1800, 1800], tasks: 1 });
  });
});

test("a custom app sends no PATCH and deletes no user (fleet's notes)", async () => {
  const server = tinyScim();
  const rehearsal = rehearse(one, server.send, { integration: "manual" });
  await rehearsal.run();
  await rehearsal.act({ kind: "update-user", user: ada, profile: { firstName: "Augusta" } });
  await rehearsal.act({ kind: "rename-group", group: "data", name: "platform" });
  await rehearsal.act({ kind: "unassign-user", user: ada });
  await rehearsal.act({ kind: "assign-user", user: ada });
  await rehearsal.act({ kind: "unpush-group", group: "data", deleteTeam: true });
  await rehearsal.act({ kind: "deactivate-user", user: ada });
  expect(server.writes().filter((line) => /^PATCH|^DELETE \/Users/.test(line))).toEqual([]);
});
