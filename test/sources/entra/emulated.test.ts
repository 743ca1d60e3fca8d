/** A company of 250 behind an emulated Microsoft Graph: read live, compared with the Astro that it provisions. */

import { describe, expect, test } from "vitest";
import { documentedEntraSettings } from "../../../src/directory/entra-app-settings.ts";
import { readPermissions } from "../../../src/emulators/graph/access/permissions.ts";
import type { EmulatedAnswer } from "../../../src/emulators/http/emulated-api.ts";
import type { AppError } from "../../../src/ground/errors.ts";
import type { JsonArray, JsonObject } from "../../../src/ground/json.ts";
import type { ProvidedDirectory } from "../../../src/directory/source.ts";
import { anEntraUser } from "../../support/builders.ts";
import { entraCompanyOf250 } from "../../support/entra-company.ts";
import { startEmulatedGraph, type EmulatedGraph } from "../../support/emulated-graph.ts";
import { driftOf, readEmulated, tryToReadEmulated } from "../../support/read-emulated.ts";

const { directory, planted } = entraCompanyOf250();

/** Names of users by the kind of the finding. */
function foundIn({ findings = [] }: ProvidedDirectory): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  for (const finding of findings) {
    (found[finding.kind] ??= []).push("user" in finding ? finding.user.name : finding.kind);
  }
  return Object.fromEntries(Object.entries(found).map(([kind, names]) => [kind, names.toSorted()]));
}

describe("after the first provisioning", () => {
  test("the live directory is the company's, but for what Graph hides of deleted users", async () => {
    const graph = await startEmulatedGraph({ directory });
    const read = await readEmulated(graph);
    const statuses = (of: typeof directory): unknown =>
      Object.fromEntries([...of.users.values()].map(({ objectId, status }) => [objectId, status]));
    expect(statuses(read.directory)).toEqual(statuses(graph.company.directory()));
    expect(read.app).toEqual(documentedEntraSettings);
    expect([...read.directory.assignedGroups]).toHaveLength(10);
    expect(read.directory.assignedUsers.size).toBe(10);
    expect(read.notEvaluated).toEqual([]);
  });

  test("nothing differs, and only what was planted is found", async () => {
    const graph = await startEmulatedGraph({ directory });
    const read = await readEmulated(graph);
    const drift = await driftOf(read, graph.astro);
    expect(drift.changes).toEqual([]);
    expect(foundIn(read)).toEqual({
      "user-is-guest": [...planted.guests].toSorted(),
      "user-only-nested": [...planted.onlyNested].toSorted(),
      "user-without-mail": [...planted.withoutMail].toSorted(),
    });
  });
});

describe("a company that changes while it is read", () => {
  /** Right before the first request whose path matches, this happens. */
  async function whileReading(
    path: RegExp,
    change: (graph: EmulatedGraph) => void,
  ): Promise<ProvidedDirectory | AppError> {
    let isDone = false;
    const graph: EmulatedGraph = await startEmulatedGraph({
      directory,
      http: {
        beforeRequest: (request) => {
          if (isDone || !path.test(request.path)) return;
          isDone = true;
          change(graph);
        },
      },
    });
    return await tryToReadEmulated(graph);
  }

  test("somebody who came after the users were listed is read by id", async () => {
    const user = anEntraUser("new@example.com", { objectId: "7b1d6c1e-0000-4000-8000-00000000000a" });
    const outcome = await whileReading(/\/groups\//, ({ company }) => {
      company.act({ kind: "create-user", user, assigned: false, groups: ["team-4"] });
    });
    if (outcome instanceof Error) throw outcome;
    expect(outcome.directory.groups.get("team-4")?.members).toContain("new@example.com");
    expect(outcome.directory.users.get("new@example.com")?.objectId).toBe(user.objectId);
  });

  test("a group that is deleted after the assignments were listed is refused", async () => {
    const outcome = await whileReading(/\/groups\//, ({ company }) => {
      company.act({ kind: "delete-group", group: "team-4" });
    });
    expect(outcome).toMatchObject({
      code: "source-incomplete",
      message: expect.stringContaining("team-4") as string,
    });
  });

  test("somebody who is deleted after the users were listed is as that list has it", async () => {
    const outcome = await whileReading(/deletedItems/, ({ company }) => {
      company.act({ kind: "soft-delete-user", user: "person1@example.com" });
    });
    if (outcome instanceof Error) throw outcome;
    expect(outcome.directory.users.get("person1@example.com")?.status).toBe("active");
  });
});

test("a wrong name of the app is answered with those that begin like it", async () => {
  const graph = await startEmulatedGraph({ directory, graph: { otherApps: ["Astrolabe", "Box"] } });
  const error = await tryToReadEmulated(graph, { app: "astro SCIM" });
  expect(error).toMatchObject({ code: "source-incomplete", message: expect.stringContaining("astro SCIM") });
  const { hint } = error as AppError;
  expect(hint).toMatch(/^Applications with a name that begins like this:\n/);
  expect(hint).toContain(graph.company.appId);
  expect(hint).toContain("Astrolabe");
  expect(hint).not.toContain("Box");
});

/** The first half of a list, with nothing that says so. */
function shortened({ body, ...answer }: EmulatedAnswer): EmulatedAnswer {
  const { "@odata.nextLink": _next, "@odata.count": _count, ...rest } = body as JsonObject;
  const value = rest["value"] as JsonArray;
  return { ...answer, body: { ...rest, value: value.slice(0, value.length >> 1) } };
}

describe("a list that is cut off in silence is refused", () => {
  test.each([
    "/v1.0/users",
    "/v1.0/servicePrincipals/*/appRoleAssignedTo",
    "/v1.0/groups/*/members/microsoft.graph.user",
  ])("%s", async (path) => {
    const effect = { kind: "change", change: shortened } as const;
    const graph = await startEmulatedGraph({ directory, http: { faults: [{ path, effect }] } });
    expect(await tryToReadEmulated(graph)).toMatchObject({
      code: "source-incomplete",
      message: expect.stringMatching(/it counted \d+ entries, and \d+ were read/) as string,
    });
  });
});

/** What was planted in the company, which every read finds. */
const always: ReadonlySet<string> = new Set(["user-is-guest", "user-only-nested", "user-without-mail"]);

function others({ findings = [] }: ProvidedDirectory): readonly object[] {
  return findings.filter(({ kind }) => !always.has(kind));
}

async function cycle({ company }: EmulatedGraph): Promise<void> {
  company.runCycle();
  await company.settled();
}

describe("what happens later is found", () => {
  test("a job that is paused, and what it has not sent", async () => {
    const graph = await startEmulatedGraph({ directory });
    graph.company.pause();
    graph.company.act({ kind: "block-user", user: "person1@example.com" });
    const read = await readEmulated(graph);
    expect(others(read)).toMatchObject([{ kind: "job-not-running", state: "Paused" }]);
    const { changes } = await driftOf(read, graph.astro);
    expect(changes).toMatchObject([
      { kind: "user-left-over", held: { userName: "person1@example.com" } },
      { kind: "team-members-differ", leftOver: [{ userName: "person1@example.com" }], missing: [] },
    ]);
  });

  test("a job in quarantine, because Astro refuses the token", async () => {
    const graph = await startEmulatedGraph({ directory });
    graph.astro.faults.set([{ status: 401 }]);
    await cycle(graph);
    graph.astro.faults.clear();
    const [finding, ...more] = others(await readEmulated(graph));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      kind: "job-in-quarantine",
      reason: "EncounteredQuarantineException",
      error: expect.stringMatching(/401/) as string,
      since: expect.stringMatching(/Z$/) as string,
      nextAttempt: expect.stringMatching(/Z$/) as string,
    });
  });

  test("a user whose update failed, until it succeeds", async () => {
    const graph = await startEmulatedGraph({ directory });
    const [user] = [...graph.company.directory().users.values()];
    graph.astro.faults.set([{ method: "PATCH", path: "/Users", status: 500 }]);
    graph.company.act({
      kind: "update-user",
      user: "person0@example.com",
      profile: { displayName: "Renamed" },
    });
    await cycle(graph);
    graph.astro.faults.clear();
    const read = await readEmulated(graph);
    expect(others(read)).toMatchObject([
      {
        kind: "user-in-escrow",
        user: { objectId: user?.objectId, name: "person0@example.com" },
        code: expect.any(String) as string,
      },
    ]);
    expect((await driftOf(read, graph.astro)).changes).toHaveLength(1);
    // The next attempt is due a moment after the next cycle.
    await cycle(graph);
    await cycle(graph);
    const again = await readEmulated(graph);
    expect(others(again)).toEqual([]);
    expect((await driftOf(again, graph.astro)).changes).toEqual([]);
  });

  test("a group whose Team could not be changed", async () => {
    const graph = await startEmulatedGraph({ directory });
    graph.astro.faults.set([{ method: "PATCH", path: "/Groups", status: 500 }]);
    graph.company.act({ kind: "remove-member", group: "team-3", user: "person61@example.com" });
    await cycle(graph);
    graph.astro.faults.clear();
    expect(others(await readEmulated(graph))).toMatchObject([
      { kind: "group-in-escrow", group: { name: "team-3" } },
    ]);
  });

  test("switches that are off", async () => {
    const { users } = documentedEntraSettings;
    const actions = { ...users.actions, update: false };
    const graph = await startEmulatedGraph({
      directory,
      app: { ...documentedEntraSettings, users: { ...users, actions } },
    });
    expect(others(await readEmulated(graph))).toMatchObject([
      { kind: "toggle-off", toggle: "Provision Microsoft Entra ID Users > Target Object Actions > Update" },
    ]);
  });
});

describe("permissions", () => {
  const withPermissions = async (permissions: readonly string[]): Promise<unknown> => {
    const graph = await startEmulatedGraph({
      directory,
      graph: { givenTokens: [{ token: "least", permissions }] },
    });
    return await tryToReadEmulated(graph, { token: "least" });
  };
  const least = readPermissions.filter((permission) => permission !== "Organization.Read.All");

  test("the least ones are enough", async () => {
    expect(await withPermissions(least)).toMatchObject({ directory: { assignedGroups: { size: 10 } } });
  });

  test.each(least)("without %s nothing is read", async (missing) => {
    expect(await withPermissions(least.filter((permission) => permission !== missing))).toMatchObject({
      code: "permission-missing",
      hint: expect.stringContaining(missing) as string,
    });
  });
});

test("a read that is broken at any request is refused", async () => {
  const graph = await startEmulatedGraph({ directory });
  const before = graph.emulator.requests().length;
  expect(await tryToReadEmulated(graph)).not.toBeInstanceOf(Error);
  const count = graph.emulator.requests().length - before;
  const outcomes: unknown[] = [];
  for (let from = 1; from <= count; from += 1) {
    graph.emulator.faults.set([{ from, effect: { kind: "truncate" } }]);
    const outcome = await tryToReadEmulated(graph);
    outcomes.push(outcome instanceof Error ? outcome.code : "read");
  }
  expect(outcomes).toEqual(Array.from({ length: count }, () => "source-incomplete"));
});
