/** Many clients at once: whatever they do, the server ends in the state that a simple model predicts. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forEachBounded } from "../../../src/ground/for-each-bounded.ts";
import type { JsonObject } from "../../../src/ground/json.ts";
import { startServer, type AstroServer } from "../../../src/server/start.ts";
import { bulkCreation, bulkMove } from "../../support/model-bulk-move.ts";
import type { Actor, Move, Step } from "../../support/model-step.ts";
import { teamMoves } from "../../support/model-team-moves.ts";
import { userMoves } from "../../support/model-user-moves.ts";
import { oneConnection, type OneConnection } from "../../support/one-connection.ts";
import { campaignSeed, random } from "../../support/random.ts";
import { readAll, readAllByCursor, type ReadResource } from "../../support/read-all.ts";
import { scimClient, type ScimClient } from "../../support/scim-client.ts";
import { comparable, ScimModel } from "../../support/scim-model.ts";

const connections = 64;
const stepsOfEach = 250;
const single = [...userMoves, ...teamMoves];
const moves = [...single, bulkMove(single), bulkCreation];

let server: AstroServer;
let client: ScimClient;
let model: ScimModel;
const faults: unknown[] = [];
const taken = new Set<Move>();

beforeAll(async () => {
  server = await startServer({ behaviour: { cursorPaging: "on" }, onFault: (error) => faults.push(error) });
  client = scimClient(server);
  model = new ScimModel(server.url);
});
afterAll(() => server.close());

describe(`${connections} connections with mixed operations (CAMPAIGN_SEED=${campaignSeed})`, () => {
  test("every answer is the one that the model predicts, and versions only grow", async ({ signal }) => {
    const shared = await shareResources();
    const over = new AbortController();
    signal.addEventListener("abort", () => over.abort(signal.reason));
    const acting = forEachBounded(Array(connections).keys(), connections, (index) =>
      act({ index, ...shared }, over.signal),
    ).finally(() => over.abort());
    const watching = watchVersions(Object.values(shared).flat(), over.signal).finally(() => over.abort());
    const [, rounds] = await Promise.all([acting, watching]);
    expect(rounds).toBeGreaterThan(0);
    expect(moves.filter((move) => !taken.has(move))).toEqual([]);
    expect(faults).toEqual([]);
  });

  test("in the end every user and every Team is what the model says", async () => {
    const users = [...model.users.keys()].map((id) => model.userBody(id));
    const teams = [...model.teams.keys()].map((id) => model.teamBody(id));
    expect(users.length).toBeGreaterThan(connections);
    for (const read of [readAll, readAllByCursor]) {
      expect(differences(await read(client, "/Users", 37), users)).toEqual([]);
      expect(differences(await read(client, "/Groups", 23), teams)).toEqual([]);
    }
  });

  test("the groups of the users are the mirror of the Teams' members", async () => {
    const [users, teams] = [await readAll(client, "/Users", 100), await readAll(client, "/Groups", 100)];
    const fromUsers = users.flatMap((user) => valuesOf(user, "groups").map((team) => [user.id, team].join()));
    const fromTeams = teams.flatMap((team) =>
      valuesOf(team, "members").map((user) => [user, team.id].join()),
    );
    expect(differentTexts(fromUsers, fromTeams)).toEqual([]);
    expect(fromUsers.length).toBeGreaterThan(0);
  });
});

type Shared = Pick<Actor, "sharedUserIds" | "sharedTeamIds">;

/** One client from its first step to its last, or until the test is over. */
async function act(place: Shared & Pick<Actor, "index">, over: AbortSignal): Promise<void> {
  let count = 0;
  const actor: Actor = {
    ...place,
    random: random(campaignSeed, place.index),
    model,
    userIds: new Set(),
    teamIds: new Set(),
    goneIds: [],
    next: () => (count += 1),
  };
  const connection = oneConnection(server);
  for (let at = 0; at < stepsOfEach && !over.aborted; at += 1) {
    const move = actor.random.weighted(moves);
    const step = move.step(actor);
    if (step === undefined) continue;
    taken.add(move);
    await take(step, connection, `connection ${place.index}, step ${at}`);
  }
  await connection.close();
}

async function take(step: Step, connection: OneConnection, where: string): Promise<void> {
  const answer = await connection.send(step.request);
  try {
    expect(answer).toMatchObject({ status: step.status });
    if (step.scimType !== undefined) expect(answer.body.scimType).toBe(step.scimType);
    step.effect?.(answer);
    step.check?.(answer);
  } catch (error) {
    const { method, path, body } = step.request;
    const request = `${method} ${decodeURIComponent(path)} ${JSON.stringify(body) ?? ""}`;
    throw new Error(`CAMPAIGN_SEED=${campaignSeed}, ${where}: ${step.name}: ${request}`, { cause: error });
  }
}

async function shareResources(): Promise<Shared> {
  const [sharedUserIds, sharedTeamIds]: [string[], string[]] = [[], []];
  for (const number of [1, 2, 3, 4]) {
    const userName = `shared.${number}@example.com`;
    const userId = await client.user(userName);
    model.createUser(userId, { userName, texts: new Map(), emails: new Map() });
    sharedUserIds.push(userId);
    const teamId = await client.team(`shared ${number}`);
    model.createTeam(teamId, `shared ${number}`, []);
    sharedTeamIds.push(teamId);
  }
  return { sharedUserIds, sharedTeamIds };
}

/**
 * Reads everything, over and over, while others work on it: what stays is there each time, nothing is there twice, and
 * no version goes back. Resolves with how often.
 */
async function watchVersions(stayingIds: readonly string[], over: AbortSignal): Promise<number> {
  const connection = oneConnection(server);
  const reader = { get: (path: string) => connection.send({ method: "GET", path }) };
  const seen = new Map<string, Version>();
  let rounds = 0;
  while (!over.aborted) {
    const users = await readAllByCursor(reader, "/Users", 100);
    const teams = await readAllByCursor(reader, "/Groups", 20);
    const ids = [...users, ...teams].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining([...stayingIds]));
    for (const resource of [...users, ...teams]) noteVersion(seen, resource);
    rounds += 1;
  }
  await connection.close();
  return rounds;
}

interface Version {
  readonly number: number;
  readonly lastModified: string;
}

function noteVersion(seen: Map<string, Version>, { id, meta }: ReadResource): void {
  const { version, lastModified } = meta as { version: string; lastModified: string };
  const number = Number(/^W\/"(\d+)"$/.exec(version)?.[1]);
  const last = seen.get(id) ?? { number: 1, lastModified };
  expect(number).toBeGreaterThanOrEqual(last.number);
  expect(lastModified >= last.lastModified).toBe(true);
  seen.set(id, { number, lastModified });
}

function valuesOf(resource: ReadResource, name: "groups" | "members"): readonly string[] {
  return ((resource[name] ?? []) as { value: string }[]).map(({ value }) => value);
}

/** A few of the resources that are there and not predicted, or predicted and not there. */
function differences(found: readonly JsonObject[], predicted: readonly JsonObject[]): readonly string[] {
  return differentTexts(found.map(comparable).map(sortedText), predicted.map(sortedText));
}

function differentTexts(some: readonly string[], others: readonly string[]): readonly string[] {
  const [these, those] = [new Set(some), new Set(others)];
  expect(these.size).toBe(some.length);
  const found = some.filter((one) => !those.has(one)).map((one) => `found: ${one}`);
  const missed = others.filter((one) => !these.has(one)).map((one) => `predicted: ${one}`);
  return [...found.slice(0, 3), ...missed.slice(0, 3)];
}

/** The order of names in an object does not count. */
function sortedText(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
