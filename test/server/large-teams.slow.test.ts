/** A list of 40 Teams with 50,000 members each is streamed: it costs no memory, and nobody has to wait for it. */

import { once } from "node:events";
import http from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";
import { seedUser } from "../support/seed-user.ts";

const teamCount = 40;
const memberCount = 50_000;

let server: AstroServer;
let client: ScimClient;

beforeAll(async () => {
  const userNames = Array.from({ length: memberCount }, (_, index) => `user-${index}@example.com`);
  const teams = Array.from({ length: teamCount }, (_, index) => ({
    name: `team-${index}`,
    members: userNames,
  }));
  server = await startServer({ seed: { users: userNames.map((userName) => seedUser(userName)), teams } });
  client = scimClient(server);
});
afterAll(() => server.close());

interface Reading {
  readonly bytes: number;
  /** The most bytes that came between two answers to others. */
  readonly mostBytesBetween: number;
  readonly members: number;
  readonly tail: string;
  readonly isChunked: boolean;
}

/**
 * Reads an answer to its end and keeps nothing of it but numbers, so that what the reader holds is not measured.
 * `answered` counts the answers that others were given so far.
 */
async function readThrough(path: string, answered: () => number): Promise<Reading> {
  const request = http.get(server.url + path, { headers: { authorization: `Bearer ${server.token}` } });
  const [answer] = (await once(request, "response")) as [http.IncomingMessage];
  const mark = '"type":"User"';
  let [bytes, members, tail] = [0, 0, ""];
  let [mostBytesBetween, lastAnswered, bytesThen] = [0, answered(), 0];
  answer.setEncoding("latin1");
  for await (const chunk of answer as AsyncIterable<string>) {
    bytes += chunk.length;
    if (answered() > lastAnswered) [lastAnswered, bytesThen] = [answered(), bytes];
    mostBytesBetween = Math.max(mostBytesBetween, bytes - bytesThen);
    const text = tail + chunk;
    members += text.split(mark).length - 1;
    tail = text.slice(1 - mark.length);
  }
  const isChunked = answer.headers["transfer-encoding"] === "chunked";
  return { bytes, mostBytesBetween, members, tail, isChunked };
}

/** The highest use of memory until it is stopped, in MiB above what was used at the start. */
function watchMemory(): () => { readonly heap: number; readonly rss: number } {
  const start = process.memoryUsage();
  let [heap, rss] = [start.heapUsed, start.rss];
  const timer = setInterval(() => {
    const now = process.memoryUsage();
    [heap, rss] = [Math.max(heap, now.heapUsed), Math.max(rss, now.rss)];
  }, 5);
  return () => {
    clearInterval(timer);
    return { heap: (heap - start.heapUsed) / 2 ** 20, rss: (rss - start.rss) / 2 ** 20 };
  };
}

test("40 Teams of 50,000 members are read without being built, and others are answered meanwhile", async () => {
  const stop = watchMemory();
  const progress = { isOver: false };
  let answered = 0;
  const reading = readThrough(`/Groups?count=${teamCount}`, () => answered).finally(() => {
    progress.isOver = true;
  });
  while (!progress.isOver) {
    const { body } = await client.get("/Users?filter=userName%20eq%20%22user-7%40example.com%22");
    expect(body.totalResults).toBe(1);
    answered += 1;
  }
  const { bytes, mostBytesBetween, members, tail, isChunked } = await reading;
  const grown = stop();
  expect(isChunked).toBe(true);
  expect(members).toBe(teamCount * memberCount);
  expect(tail.endsWith("}]}]}")).toBe(true);
  // Some 360 MB pass; what is held at a time, the reader's garbage counted in, is a small part of that.
  expect(bytes).toBeGreaterThan(320e6);
  expect(grown.heap).toBeLessThan(250);
  expect(grown.rss).toBeLessThan(400);
  // Others need not wait for as much as one Team, of 9 MB: pieces of it are sent between their answers.
  expect(mostBytesBetween).toBeLessThan(4e6);
});

test("one Team of 50,000 members leaves in chunks, too, with its version", async () => {
  const list = await client.get("/Groups?count=1&attributes=displayName");
  const { id } = list.body.Resources[0] as { id: string };
  const team = await client.get(`/Groups/${id}`);
  expect(team.headers["transfer-encoding"]).toBe("chunked");
  expect(team.headers["etag"]).toBe(team.body.meta.version);
  expect(team.body.members).toHaveLength(memberCount);
  const head = await client.send("HEAD", `/Groups/${id}`);
  expect([head.status, head.headers["etag"], head.text]).toEqual([200, team.headers["etag"], ""]);
});

test("a reader who goes away in the middle ends the work", async () => {
  const request = http.get(`${server.url}/Groups?count=${teamCount}`, {
    headers: { authorization: `Bearer ${server.token}` },
  });
  const [answer] = (await once(request, "response")) as [http.IncomingMessage];
  await once(answer, "data");
  answer.on("error", () => "it was cut on purpose");
  request.destroy();
  expect((await client.get("/Groups?count=0")).body.totalResults).toBe(teamCount);
});
