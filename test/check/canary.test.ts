/** `check --write`: a canary's life, what is left of it wherever it ends, and that nothing else is touched. */

import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { startFront, type Arrived, type Front } from "../support/checked-server.ts";
import { fakeIo, type FakeIo } from "../support/fake-io.ts";
import { checkShape } from "../support/json-shapes.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { scimClient } from "../support/scim-client.ts";

let astro: AstroServer;
let before: unknown;

beforeEach(async () => {
  astro = await startServer();
  onTestFinished(() => astro.close());
  const client = scimClient(astro);
  const ada = await client.user("ada@example.com");
  await client.user("astro-scim-checklist@example.com");
  await client.user("astro-scim-check-0123456789@example.com");
  await client.team("astro-scim-check-team", ada);
  before = await held();
});

/** Everything that Astro holds. */
async function held(): Promise<unknown> {
  const client = scimClient(astro);
  const lists = await Promise.all([client.get("/Users?count=100"), client.get("/Groups?count=100")]);
  return lists.map(({ body }) => body.Resources);
}

function ioNow(): FakeIo {
  return fakeIo({ now: new Date(), cwd: process.cwd() });
}

async function check(url: string, words: readonly string[], io: FakeIo = ioNow()): Promise<CommandResult> {
  return runCommand(["check", "--url", url, "--token", astro.token, ...words], { io });
}

function resultsOf({ stdout }: CommandResult): Readonly<Record<string, string>> {
  const { checks } = checkShape.parse(JSON.parse(stdout));
  return Object.fromEntries(checks.map(({ id, result }) => [id, result]));
}

const errorUrn = "urn:ietf:params:scim:api:messages:2.0:Error";

const isWrite = ({ method }: Arrived): boolean => method !== "GET";

/** The user, three changes of it, the Team, its member, its name, its member again, both deletions. */
const writes = 10;

describe("check --write", () => {
  test("walks a canary through its life and leaves nothing behind", async () => {
    const { url, arrived } = await startFront(astro, {});
    const result = await check(url, ["--write", "--yes", "--json"]);
    expect(result.status).toBe(0);
    const steps = Object.entries(resultsOf(result)).filter(([id]) => id.startsWith("canary-"));
    expect(steps.map(([, kind]) => kind)).toEqual(steps.map(() => "pass"));
    expect(steps).toHaveLength(12);
    expect(arrived.filter(isWrite)).toHaveLength(writes);
    expect(await held()).toEqual(before);
  });

  test.each([1, 2, 5, 7, writes])("interrupted at write %i, it still removes what it made", async (at) => {
    const io = ioNow();
    let seen = 0;
    const instead: Front["instead"] = (request) => {
      if (isWrite(request)) seen += 1;
      if (seen === at && isWrite(request)) io.interrupt();
      return undefined;
    };
    const { url } = await startFront(astro, { instead });
    const { status } = await check(url, ["--write", "--yes"], io);
    expect(status).toBe(130);
    expect(await held()).toEqual(before);
  });

  test.each(Array.from({ length: writes }, (_, index) => index + 1))(
    "killed after write %i, what it leaves is removed by --cleanup, and nothing else is",
    async (at) => {
      // After this write nothing of the run reaches Astro any more, as if it had been killed.
      let seen = 0;
      let isDead = false;
      const front: Front = {
        instead: () => (isDead ? { status: 501 } : undefined),
        changed: (request) => {
          if (isWrite(request)) seen += 1;
          isDead = seen >= at;
          return undefined;
        },
      };
      const { url } = await startFront(astro, front);
      await check(url, ["--write", "--yes"]);
      const cleanup = await check(astro.url, ["--cleanup", "--yes", "--json"]);
      expect(cleanup.status).toBe(0);
      const [{ detail } = { detail: "" }] = checkShape.parse(JSON.parse(cleanup.stdout)).checks;
      expect(detail === "there is none").toBe(at === writes);
      expect(await held()).toEqual(before);
    },
  );

  test("never writes to an id that belongs to somebody else", async () => {
    const client = scimClient(astro);
    const { body } = await client.get(`/Users?filter=${encodeURIComponent('userName eq "ada@example.com"')}`);
    const ada = body.Resources[0].id as string;
    const front: Front = {
      changed: ({ method, path }, { json }) =>
        method === "POST" && path.includes("/Users")
          ? { status: 201, json: { ...json, id: ada } }
          : undefined,
    };
    const { url, arrived } = await startFront(astro, front);
    const result = await check(url, ["--write", "--yes", "--json"]);
    expect(result.status).toBe(1);
    expect(resultsOf(result)["canary-user-create"]).toBe("fail");
    expect(arrived.filter(isWrite).filter(({ path }) => path.includes(ada))).toEqual([]);
    expect(await held()).toEqual(before);
  });

  test.each<[string, Front["instead"]]>([
    [
      "that was made and is not shown",
      ({ method, path }) =>
        method === "GET" && /\/Users\/|filter=userName.*astro-scim-check/.test(path)
          ? path.includes("/Users/")
            ? { status: 404, json: { schemas: [errorUrn], status: "404" } }
            : { json: { totalResults: 0, Resources: [] } }
          : undefined,
    ],
    [
      "whose deletion the server only claims",
      ({ method, path }) => (method === "DELETE" && path.includes("/Users/") ? { status: 204 } : undefined),
    ],
  ])("a canary %s is called left behind, by its name", async (_what, instead) => {
    const { url } = await startFront(astro, instead === undefined ? {} : { instead });
    const result = await check(url, ["--write", "--yes", "--json"]);
    expect(result.status).toBe(1);
    const { checks } = checkShape.parse(JSON.parse(result.stdout));
    const removed = checks.find(({ id }) => id === "canary-removed");
    expect(removed).toMatchObject({
      result: "fail",
      detail: expect.stringMatching(/^astro-scim-check-[0-9a-f]{16}@example\.com \(/),
    });
  });

  test("a step that the server refuses fails under its own name, and the rest is removed", async () => {
    const front: Front = {
      instead: ({ method, path }) =>
        method === "POST" && path.includes("/Groups")
          ? { status: 403, json: { status: "403", detail: "no Teams here" } }
          : undefined,
    };
    const { url } = await startFront(astro, front);
    const result = await check(url, ["--write", "--yes", "--json"]);
    expect(result.status).toBe(1);
    const failed = Object.entries(resultsOf(result)).filter(([, kind]) => kind === "fail");
    expect(failed.map(([id]) => id)).toEqual(["canary-team-create"]);
    expect(await held()).toEqual(before);
  });

  test.each<[string, readonly string[], number]>([
    ["without a named target", ["check", "--write", "--yes"], 64],
    ["with --watch", ["check", "--write", "--watch", "1m"], 64],
    ["with --cleanup", ["check", "--write", "--cleanup"], 64],
  ])("is refused %s", async (_what, words, expected) => {
    const io = fakeIo({ now: new Date(), env: { ASTRO_SCIM_TOKEN: astro.token } });
    const { status } = await runCommand(words, { io });
    expect(status).toBe(expected);
    expect(await held()).toEqual(before);
  });

  test("without --yes and without a terminal it is refused before anything is written", async () => {
    expect((await check(astro.url, ["--write"])).status).toBe(5);
    expect(await held()).toEqual(before);
  });
});

describe("check --cleanup", () => {
  test("finds nothing where there is nothing, and checks nothing", async () => {
    const { url, arrived } = await startFront(astro, {});
    const result = await check(url, ["--cleanup", "--yes", "--json"]);
    expect(resultsOf(result)).toEqual({ "canary-cleanup": "pass" });
    expect(arrived.filter(isWrite)).toEqual([]);
  });
});
