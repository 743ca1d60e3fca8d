/**
 * Broken requests at a running server: it refuses them, keeps what it holds, and stays as small as it was. 10,000 others each
 * time; CAMPAIGN_REQUESTS=100000 sends as many as that.
 */

import { once } from "node:events";
import net from "node:net";
import { Pool } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forEachBounded } from "../../../src/ground/for-each-bounded.ts";
import type { JsonObject } from "../../../src/ground/json.ts";
import { brokenBytes, throwBytes } from "../../support/broken-bytes.ts";
import { brokenRequest } from "../../support/broken-requests.ts";
import type { BrokenRequest } from "../../support/broken-targets.ts";
import { campaignSeed, random } from "../../support/random.ts";
import { readAll, type ReadResource } from "../../support/read-all.ts";
import type { Prey } from "../../support/right-requests.ts";
import { scimClient, type ScimClient } from "../../support/scim-client.ts";
import {
  startFuzzedServer,
  type FuzzedReport,
  type FuzzedServer,
} from "../../support/start-fuzzed-server.ts";

/** Half of the requests come first, so that the memory after the second half can be compared with that after the first. */
interface Half {
  /** After each nine of them there is one that is no HTTP. */
  readonly wellFramed: number;
}

const requests = Number(process.env["CAMPAIGN_REQUESTS"] ?? 10_000);

/** Of each ten requests eight meet the lenient reading, and nine are well framed. */
const campaigns: readonly (Half & { readonly reading: string; readonly strict: boolean })[] = [
  { reading: "the lenient reading", strict: false, wellFramed: requests * 0.36 },
  { reading: "the strict reading", strict: true, wellFramed: requests * 0.09 },
];

/** How much more memory may be in use after the second half; without a leak it differs by some 600,000 either way. */
const maxGrowthBytes = 1_500_000;
const atOnce = 64;

/** What one campaign runs against; no other one uses it. */
interface Target {
  readonly server: FuzzedServer;
  readonly client: ScimClient;
  readonly pool: Pool;
  /** Connections whose requests never become whole, opened before the first campaign. */
  readonly halfOpen: readonly net.Socket[];
}

const targets = new Map<string, Target>();

beforeAll(async () => {
  for (const { reading, strict } of campaigns) {
    const server = await startFuzzedServer({ strict });
    const pool = new Pool(new URL(server.url).origin, { connections: atOnce });
    const halfOpen = Array.from({ length: 40 }, (_, at) => openHalf(server, at));
    targets.set(reading, { server, client: scimClient(server), pool, halfOpen });
  }
});
afterAll(async () => {
  for (const { server, pool } of targets.values()) {
    await pool.destroy();
    await server.close();
  }
});

describe.each(campaigns)(
  `broken requests, $reading (CAMPAIGN_SEED=${campaignSeed})`,
  ({ reading, ...half }) => {
    let target: Target;
    let witnesses: State;
    const reports: FuzzedReport[] = [];

    beforeAll(() => {
      target = targets.get(reading)!;
    });

    test("each is refused as a SCIM error or harmless; none is answered 500 or shows the token", async ({
      signal,
    }) => {
      witnesses = await settleWitnesses(target.client);
      await fillAuditLog(target);
      const complaints: string[] = [];
      for (const which of [0, 1]) {
        const prey = await settlePrey(target, which);
        complaints.push(...(await throwHalf(target, { ...half, which, prey, signal })));
        await removeAllBut(target.client, witnesses);
        reports.push(await target.server.report());
      }
      expect(complaints.slice(0, 20)).toEqual([]);
    });

    test("the server runs, nothing went wrong inside, and no record would have shown the token", () => {
      expect(target.server.ended()).toBeUndefined();
      expect(target.server.complaints()).toBe("");
      expect(reports[1]).toMatchObject({ faults: [], leaks: 0, polluted: [] });
      expect(reports[1]!.requests).toBeGreaterThan(2 * half.wellFramed);
    });

    test(`memory does not grow from half to half: at most ${maxGrowthBytes} bytes`, () => {
      expect(reports[1]!.heapBytes - reports[0]!.heapBytes).toBeLessThan(maxGrowthBytes);
    });

    test("what nobody spoke to is as it was, to the version and the second", async () => {
      expect(await stateNow(target.client)).toEqual(witnesses);
    });

    test("the server still answers as ever", async () => {
      const { client } = target;
      const id = await newUser(client, "after.all@example.com", { title: "Survivor" });
      const team = await newTeam(client, "after all", id);
      expect((await client.get(`/Groups?filter=members+eq+"${id}"`)).body.Resources[0].id).toBe(team);
      expect((await client.get(`/Users?filter=title+eq+"survivor"`)).body.totalResults).toBe(1);
      expect((await client.delete(`/Users/${id}`)).status).toBe(204);
      expect((await client.get(`/Groups/${team}`)).body).toHaveProperty("members", []);
    });
  },
);

// After both campaigns, so that nobody waits for the limit twice.
test.each(campaigns)("half-open connections were closed meanwhile: $reading", async ({ reading }) => {
  const { halfOpen } = targets.get(reading)!;
  for (const socket of halfOpen) if (!socket.closed) await once(socket, "close");
  expect(halfOpen.map(({ closed }) => closed)).not.toContain(false);
});

/** It keeps the last 10,000 writes, with 4 MiB of bodies: what is in it before the first half counts for both. */
async function fillAuditLog({ server, client }: Target): Promise<void> {
  const deletions = Array.from({ length: 10_000 }, (_, number) => number);
  await forEachBounded(deletions, atOnce, async () => void (await client.delete("/Users/nobody")));
  const padding = "x".repeat(20_000);
  const url = new URL(`${server.url}/Users`);
  const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/scim+json" };
  const body = JSON.stringify({ title: padding });
  for (let number = 0; number < 250; number += 1) {
    expect((await fetch(url, { method: "POST", headers, body })).status).toBe(400);
  }
}

interface State {
  readonly users: readonly ReadResource[];
  readonly teams: readonly ReadResource[];
}

const takenNames = ["witness.1@example.com", "Witnesses 1"] as const;

async function settleWitnesses(client: ScimClient): Promise<State> {
  for (const number of [1, 2, 3]) {
    const values = { title: "Witness", emails: [{ value: `mail.${number}@example.com`, primary: true }] };
    const id = await newUser(client, `witness.${number}@example.com`, values);
    await newTeam(client, `Witnesses ${number}`, id);
  }
  return stateNow(client);
}

/** Names its schemas, as the strict reading wants it. */
async function newUser(client: ScimClient, userName: string, attributes: object = {}): Promise<string> {
  return client.user(userName, { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], ...attributes });
}

async function newTeam(
  client: ScimClient,
  displayName: string,
  ...memberIds: readonly string[]
): Promise<string> {
  const schemas = ["urn:ietf:params:scim:schemas:core:2.0:Group"];
  const members = memberIds.map((value) => ({ value }));
  return (await client.post("/Groups", { schemas, displayName, members })).body.id;
}

async function stateNow(client: ScimClient): Promise<State> {
  return { users: await readAll(client, "/Users", 100), teams: await readAll(client, "/Groups", 100) };
}

async function settlePrey({ server, client }: Target, which: number): Promise<Prey> {
  const [first, second] = [`prey.1.${which}@example.com`, `prey.2.${which}@example.com`];
  const userIds = [await newUser(client, first), await newUser(client, second)] as const;
  const teamId = await newTeam(client, `prey ${which}`, ...userIds);
  return { base: new URL(server.url).pathname, token: server.token, userIds, teamId, takenNames };
}

/** The prey, and what was made by accident: an odd title is a title. */
async function removeAllBut(client: ScimClient, { users, teams }: State): Promise<void> {
  const stay = new Set([...users, ...teams].map(({ id }) => id));
  const { users: allUsers, teams: allTeams } = await stateNow(client);
  const leaving = [
    ...allTeams.map(({ id }) => ({ id, path: `/Groups/${id}` })),
    ...allUsers.map(({ id }) => ({ id, path: `/Users/${id}` })),
  ].filter(({ id }) => !stay.has(id));
  for (const { path } of leaving) await client.delete(path);
}

interface Throw extends Half {
  /** 0 or 1. */
  readonly which: number;
  readonly prey: Prey;
  /** Ends it early: the test is over. */
  readonly signal: AbortSignal;
}

/** What is wrong with the answers; nothing, it is hoped. */
async function throwHalf(
  { server, pool }: Target,
  { wellFramed, which, prey, signal }: Throw,
): Promise<readonly string[]> {
  const complaints: string[] = [];
  const throwOne = async (number: number): Promise<void> => {
    const request = brokenRequest(random(campaignSeed, number), prey);
    const complaint = complaintOf(request, await answerTo(pool, request), server.token);
    if (complaint !== undefined) complaints.push(`request ${number}: ${complaint}: ${described(request)}`);
  };
  const throwGarbage = async (number: number): Promise<void> => {
    const chance = random(campaignSeed, number);
    const bytes = brokenBytes(chance, prey);
    const answer = await throwBytes(server.port, bytes, chance.oneIn(4));
    // A server that is no proxy does not implement CONNECT (RFC 9110 §9.3.6, §15.6.2).
    const isFailure = bytes.includes("CONNECT ") ? /^HTTP\/1\.1 5(?!01 )/m : /^HTTP\/1\.1 5/m;
    if (isFailure.test(answer) || answer.includes(server.token)) {
      complaints.push(
        `garbage ${number}: ${answer.slice(0, 300)}: ${bytes.toString("latin1").slice(0, 300)}`,
      );
    }
  };
  await forEachBounded(numbers(wellFramed, which), atOnce, async ({ number, isGarbage }) => {
    signal.throwIfAborted();
    await (isGarbage ? throwGarbage(number) : throwOne(number));
  });
  return complaints;
}

/** No two requests of a campaign have the same number, by which chance makes them. */
function* numbers(wellFramed: number, which: number): Generator<{ number: number; isGarbage: boolean }> {
  const [first, firstGarbage] = [2 * which * 1_000_000, (2 * which + 1) * 1_000_000];
  for (let at = 0; at < wellFramed; at += 1) {
    yield { number: first + at, isGarbage: false };
    if (at % 9 === 8) yield { number: firstGarbage + (at - 8) / 9, isGarbage: true };
  }
}

interface Answered {
  readonly status: number;
  readonly text: string;
}

async function answerTo(pool: Pool, { method, path, headers, body }: BrokenRequest): Promise<Answered> {
  // Undici sends whatever token stands in the place of a method.
  const answer = await pool.request({ method: method as "GET", path, headers, body: body ?? null });
  return { status: answer.statusCode, text: await answer.body.text() };
}

function complaintOf(
  { method, path }: BrokenRequest,
  { status, text }: Answered,
  token: string,
): string | undefined {
  if (text.includes(token)) return "the answer shows the token";
  // Of what is not there at all, the RFC says 501 (RFC 7644 §3.11).
  if (status >= 500 && !(status === 501 && path.includes("/Me"))) return `${status} ${text}`;
  if (method === "HEAD" || status === 204 || status === 304) return text === "" ? undefined : "a body";
  return complaintOfText(status, text);
}

function complaintOfText(status: number, text: string): string | undefined {
  const json = parsed(text);
  if (json === undefined) return `${status} without JSON: ${text.slice(0, 200)}`;
  if (status < 400) return undefined;
  if (text.length > 2_000) return `${status} at a length of ${text.length}: ${text.slice(0, 200)}`;
  const isError = json["status"] === String(status) && typeof json["detail"] === "string";
  return isError ? undefined : `${status} is no SCIM error: ${text}`;
}

function parsed(text: string): JsonObject | undefined {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return undefined;
  }
}

function described({ method, path, headers, body }: BrokenRequest): string {
  const { authorization: _authorization, ...others } = headers;
  return [
    method,
    path.slice(0, 300),
    JSON.stringify(others).slice(0, 300),
    String(body ?? "").slice(0, 500),
  ].join(" ");
}

/** A connection whose request never becomes whole: neither its head, nor its body. */
function openHalf(server: FuzzedServer, at: number): net.Socket {
  const head = `POST ${new URL(server.url).pathname}/Users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${server.token}\r\n`;
  const socket = net.connect(server.port, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  socket.resume();
  socket.write(at % 2 === 0 ? head : `${head}Content-Length: 100\r\n\r\n{"userName":`);
  return socket;
}
