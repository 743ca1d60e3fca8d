/** "Import Now" (Okta: Okta and SCIM Version 2.0, retrieve; Understanding SCIM; Import safeguards). */

import { describe, expect, test } from "vitest";
import type { Action } from "../../../src/directory/action.ts";
import type { Directory } from "../../../src/directory/directory.ts";
import { resolveOktaFidelity } from "../../../src/fidelity/resolve.ts";
import type { OktaFidelity } from "../../../src/fidelity/table.ts";
import type { RunSummary } from "../../../src/idp/run/events.ts";
import { readAll } from "../../../src/idp/okta/imports/import-pages.ts";
import type { JsonObject } from "../../../src/ground/json.ts";
import type { WireAnswer } from "../../../src/wire/exchange.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { hold, json, list, scimError, text } from "../../support/conversation.ts";
import { outcomes, rehearse } from "../../support/okta-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

type ImportAction = Extract<Action, { readonly kind: "import" }>;

const now: ImportAction = { kind: "import", match: "userName", confirmsExact: true, groups: false };
const [ada, grace, alan] = ["ada@example.com", "grace@example.com", "alan@example.com"];

/** What the last job of a run imported. */
function imported({ reports }: RunSummary): unknown {
  const outcome = reports.at(-1)?.outcome;
  return outcome?.kind === "done" ? outcome.imported : outcome;
}

const nothing = { scanned: 0, added: [], updated: 0, unchanged: 0, removed: [], waiting: [] };

describe("pages", () => {
  const page = (totalResults: number, count: number): WireAnswer =>
    json(200, { totalResults, Resources: Array.from({ length: count }, (_, id) => ({ id: String(id) })) });
  const lines = (answers: readonly WireAnswer[], choice: Partial<OktaFidelity> = {}) =>
    hold(readAll("/Users", resolveOktaFidelity(choice)), answers).lines.map((line) =>
      line.replace("GET /Users?", ""),
    );

  test.each<[rule: string, answers: WireAnswer[], starts: number[], choice?: Partial<OktaFidelity>]>([
    ["nobody", [page(0, 0)], [1]],
    ["one page", [page(100, 100)], [1]],
    ["100 at a time until totalResults", [page(201, 100), page(201, 100), page(201, 1)], [1, 101, 201]],
    ["100 further, although only 50 came: 50 are missed", [page(150, 50), page(150, 50)], [1, 101]],
    [
      "behind the last one that came",
      [page(150, 50), page(150, 50), page(150, 50)],
      [1, 51, 101],
      { importPaging: "by-received" },
    ],
    ["an empty page ends it, whatever totalResults says", [page(1e9, 100), page(1e9, 0)], [1, 101]],
  ])("%s", (_rule, answers, starts, choice) => {
    expect(lines(answers, choice)).toEqual(starts.map((start) => `startIndex=${start}&count=100`));
  });
});

/** An Okta that has provisioned the directory, and the server's own users. */
async function provisioned(directory: Directory, others: readonly JsonObject[] = []) {
  const server = tinyScim();
  const post = async (body: JsonObject): Promise<void> => {
    await server.send({ method: "POST", path: "/Users", headers: {}, body });
  };
  const rehearsal = rehearse(directory, server.send);
  await rehearsal.run();
  for (const other of others) await post(other);
  server.forget();
  return { server, rehearsal };
}

const two = aDirectory({ users: [aUser(ada), aUser(grace)], groups: [aGroup("data", [ada, grace])] });

describe("what it finds", () => {
  test("those that Okta is linked to, as they were pushed: nothing changes, nothing is written", async () => {
    const { server, rehearsal } = await provisioned(two);
    const before = rehearsal.memory;
    expect(imported(await rehearsal.act(now))).toEqual({ ...nothing, scanned: 2, unchanged: 2 });
    expect(server.lines).toEqual(["GET /Users?startIndex=1&count=100"]);
    expect(rehearsal.memory).toEqual(before);
  });

  test("what was changed on the server goes into the app user; the next change in Okta pushes over it", async () => {
    const { server, rehearsal } = await provisioned(two);
    const body = { ...server.user(ada), displayName: "Countess" };
    await server.send({ method: "PUT", path: "/Users/Users-1", headers: {}, body });
    expect(imported(await rehearsal.act(now))).toEqual({ ...nothing, scanned: 2, updated: 1, unchanged: 1 });
    expect(server.user(ada)).toMatchObject({ displayName: "Countess" });
    await rehearsal.act({ kind: "update-user", user: ada, profile: { firstName: "Augusta" } });
    expect(server.user(ada)).not.toHaveProperty("displayName");
  });

  test.each<[what: string, account: JsonObject, proposed: unknown]>([
    ["nobody of that name", { userName: "root@example.com" }, undefined],
    ["somebody who has not got the app", { userName: "ALAN@example.com" }, { name: alan, match: "exact" }],
    [
      "a namesake",
      { userName: "a.turing@example.com", name: { givenName: "Alan", familyName: "example" } },
      { name: alan, match: "partial" },
    ],
  ])("%s waits on the Import tab", async (_what, account, proposed) => {
    const directory = aDirectory({ users: [aUser(ada), aUser(alan)], assignedUsers: [ada] });
    const { rehearsal } = await provisioned(directory, [account]);
    const waiting = [{ name: account["userName"], proposed }];
    expect(imported(await rehearsal.act(now))).toEqual({ ...nothing, scanned: 2, unchanged: 1, waiting });
  });

  test("who is inactive is not offered, and what has no userName neither", async () => {
    const { rehearsal } = await provisioned(two, [
      { userName: "old@example.com", active: false },
      { id: "x" },
    ]);
    expect(imported(await rehearsal.act(now))).toMatchObject({ scanned: 2, unchanged: 2, waiting: [] });
  });
});

describe("who has the app and no account that Okta knows of", () => {
  const conflict = tinyScim({
    intercept: ({ method, path }) => (method === "POST" && path === "/Users" ? refused : undefined),
  });
  let refused: WireAnswer | undefined;

  test("is linked by an exact match; its task is closed, and its group takes it with the next change", async () => {
    refused = scimError(409, "It is there.");
    const rehearsal = rehearse(two, conflict.send);
    await rehearsal.run();
    refused = undefined;
    const body = { userName: ada, emails: [{ value: ada, primary: true }] };
    await conflict.send({ method: "POST", path: "/Users", headers: {}, body });
    expect(imported(await rehearsal.act(now))).toEqual({ ...nothing, scanned: 1, added: [ada] });
    expect([...rehearsal.memory.tasks.values()].map(({ subject }) => subject.key)).toEqual([grace]);
    expect(conflict.members("data")).toEqual([]);
    await rehearsal.act({ kind: "push-now", group: "data" });
    expect(conflict.members("data")).toEqual([ada]);
  });

  test.each<[action: ImportAction, added: string[]]>([
    [now, []],
    [{ ...now, match: "email" }, [`account of ${grace}`]],
    [{ ...now, match: "email", confirmsExact: false }, []],
  ])("matches by the rule that is chosen: %o", async (action, added) => {
    refused = scimError(409, "It is there.");
    const server = tinyScim({
      intercept: ({ method, path }) => (method === "POST" && path === "/Users" ? refused : undefined),
    });
    const rehearsal = rehearse(two, server.send);
    await rehearsal.run();
    refused = undefined;
    const body = { userName: `account of ${grace}`, emails: [{ value: grace, primary: true }] };
    await server.send({ method: "POST", path: "/Users", headers: {}, body });
    expect(imported(await rehearsal.act(action))).toMatchObject({ added });
  });
});

describe("what an import counts", () => {
  test("active accounts only: 8 returned, 7 scanned", async () => {
    const { server, rehearsal } = await provisioned(aDirectory({ users: [aUser(ada)] }));
    for (const active of [true, true, true, true, true, true, false]) {
      const userName = `account ${server.lines.length}`;
      await server.send({ method: "POST", path: "/Users", headers: {}, body: { userName, active } });
    }
    const waiting = Array.from({ length: 6 }, () => expect.anything());
    expect(imported(await rehearsal.act(now))).toMatchObject({ scanned: 7, unchanged: 1, waiting });
  });

  test("groups are read where Import Groups is ticked, unless the import says otherwise", async () => {
    const { groups: _, ...asSetUp } = now;
    for (const [importGroups, action, reads] of [
      [false, asSetUp, false],
      [true, asSetUp, true],
      [false, { ...now, groups: true }, true],
      [true, { ...now, groups: false }, false],
    ] as const) {
      const server = tinyScim();
      const rehearsal = rehearse(aDirectory({ users: [] }), server.send, { importGroups });
      await rehearsal.act(action);
      expect(server.lines.includes("GET /Groups?startIndex=1&count=100")).toBe(reads);
    }
  });
});

describe("whose account is gone or inactive", () => {
  const many = aDirectory({ users: [ada, grace, alan, "a@b.c", "b@b.c"].map((email) => aUser(email)) });

  test("loses the app, sends nothing more, and comes back by unassigning and assigning", async () => {
    const { server, rehearsal } = await provisioned(many);
    await server.send({ method: "DELETE", path: "/Users/Users-1", headers: {} });
    expect(imported(await rehearsal.act(now))).toMatchObject({ scanned: 4, removed: [ada] });
    server.forget();
    await rehearsal.run();
    await rehearsal.act({ kind: "update-user", user: ada, profile: { firstName: "Augusta" } });
    await rehearsal.act({ kind: "unassign-user", user: ada });
    expect(server.lines).toEqual([]);
    expect(outcomes(await rehearsal.act({ kind: "assign-user", user: ada }))).toEqual([
      `assign ${ada}: created`,
    ]);
  });

  test("counts as gone where it is inactive", async () => {
    const { server, rehearsal } = await provisioned(many);
    const body = { ...server.user(ada), active: false };
    await server.send({ method: "PUT", path: "/Users/Users-1", headers: {}, body });
    expect(imported(await rehearsal.act(now))).toMatchObject({ removed: [ada] });
  });

  test("more than 20 % of the users: the safeguard stops it, and nobody loses anything", async () => {
    const { server, rehearsal } = await provisioned(two);
    await server.send({ method: "DELETE", path: "/Users/Users-1", headers: {} });
    const before = rehearsal.memory.appUsers;
    expect(imported(await rehearsal.act(now))).toMatchObject({
      kind: "failed",
      failure: { reason: "1 of 2 users would lose the app, more than the import safeguard allows" },
    });
    expect(rehearsal.memory.appUsers).toEqual(before);
  });
});

describe("groups", () => {
  test("are known by name afterwards, so that a push links without looking", async () => {
    const directory = aDirectory({ users: [aUser(ada)], groups: [aGroup("ops", [ada])], pushedGroups: [] });
    const { server, rehearsal } = await provisioned(directory);
    await server.send({
      method: "POST",
      path: "/Groups",
      headers: {},
      body: { displayName: "OPS", members: [] },
    });
    const summary = await rehearsal.act({ ...now, groups: true });
    expect(outcomes(summary)).toEqual(["import-users Astro: imported", "import-groups Astro: imported"]);
    expect(imported(summary)).toEqual({ ...nothing, scanned: 1, added: ["OPS"] });
    server.forget();
    expect(outcomes(await rehearsal.act({ kind: "push-group", group: "ops" }))).toEqual([
      "push-group ops: linked",
    ]);
    expect(server.lines).toEqual(["GET /Groups/Groups-2", "PUT /Groups/Groups-2"]);
  });
});

test.each<[what: string, answer: WireAnswer, sentence: string]>([
  ["a refusal", scimError(403, "no"), "Forbidden. Errors reported by remote server: no"],
  ["no JSON", text(200, "Hello"), "Invalid JSON: Unrecognized token 'Hello'"],
  ["a counter that is a text", json(200, { totalResults: "1" }), ""],
])("%s fails the import, and leaves a task until the next one", async (_what, answer, sentence) => {
  let broken = true;
  const server = tinyScim({
    intercept: ({ path }) => (broken && path.includes("count=100") ? answer : undefined),
  });
  const rehearsal = rehearse(aDirectory({ users: [] }), server.send);
  await rehearsal.act(now);
  const [task] = rehearsal.memory.tasks.values();
  const head = "Automatic import of users from app Astro failed: Error while downloading all users";
  expect(task?.sentence).toBe(sentence === "" ? head : `${head}: ${sentence}`);
  broken = false;
  await rehearsal.act(now);
  expect(rehearsal.memory.tasks.size).toBe(0);
});

test("a list of nobody is an import of nobody", async () => {
  const rehearsal = rehearse(aDirectory({ users: [] }), async () => list());
  expect(imported(await rehearsal.act(now))).toEqual(nothing);
});
