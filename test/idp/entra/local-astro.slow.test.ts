import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readAstroState } from "../../../src/astro/api/reading/read.ts";
import type { AstroState } from "../../../src/astro/state.ts";
import type { EntraAppSettings } from "../../../src/directory/entra-app-settings.ts";
import { readFixture } from "../../../src/fixture/read.ts";
import { createSender, type Sender } from "../../../src/http/send.ts";
import { simulatedClock } from "../../../src/idp/run/clock.ts";
import { expectedState } from "../../../src/idp/expected/expected-state.ts";
import { emptyEntraMemory, type EntraMemory } from "../../../src/idp/entra/memory.ts";
import { entraService } from "../../../src/idp/entra/service.ts";
import { watchRequests } from "../../../src/idp/timeline/request-tally.ts";
import { notBegun } from "../../../src/idp/timeline/timeline-progress.ts";
import { playTimeline, type TimelineResult } from "../../../src/idp/timeline/timeline.ts";
import { startServer, type AstroServer } from "../../../src/server/start.ts";
import { systemWorld } from "../../../src/world/system-world.ts";
import { guid } from "../../support/entra-rehearsal.ts";
import { longEnoughMs } from "../../support/long-enough.ts";

const file = new URL("../../../fixtures/entra-small.yaml", import.meta.url);
const small = readFixture(file.pathname, readFileSync(file, "utf8"), { shipped: true });

interface Played extends TimelineResult {
  readonly memory: EntraMemory;
}

describe.each<[form: string, settings: Partial<EntraAppSettings>]>([
  ["flagged", { flag: true }],
  ["legacy", { flag: false }],
])("the small fixture over HTTP, %s", (_form, changes) => {
  if (small.app.idp !== "entra") throw new TypeError("the fixture is Entra's");
  const settings = { ...small.app, ...changes };
  let server: AstroServer;
  let sender: Sender;
  let played: Played;

  async function play({ memory, progress }: Pick<Played, "memory" | "progress">): Promise<Played> {
    const clock = simulatedClock(new Date("2026-09-01T08:00:00Z"));
    const report = (): void => {};
    const { signal } = new AbortController();
    const requests = watchRequests(sender.send);
    const world = { send: requests.send, clock, signal, report, randomGuid: () => guid, random: () => 0.5 };
    const service = entraService({ settings, memory, world });
    const result = await playTimeline({
      settings,
      start: small.start,
      steps: small.timeline,
      progress,
      service,
      requests,
      readState: read,
      changeAstro: async () => {},
      differences: async () => [],
      clock,
      report,
      keep: async () => {},
    });
    return { ...result, memory: service.memory() };
  }

  function read(): Promise<AstroState> {
    return readAstroState(sender.send, { target: server.url });
  }

  beforeAll(async () => {
    server = await startServer({ organizationId: small.organization, seed: small.astro });
    const { url, token } = server;
    const { signal } = new AbortController();
    const { timers } = systemWorld();
    sender = createSender({ baseUrl: url, token, timeoutMs: longEnoughMs, connections: 2, signal, timers });
    played = await play({ memory: emptyEntraMemory(), progress: notBegun });
  });

  afterAll(async () => {
    await sender.close();
    await server.close();
  });

  test("no object fails, and every step meets its expectations", () => {
    expect(played.memory.escrows).toEqual(new Map());
    expect(played.steps.map(({ name, unmet }) => ({ name, unmet }))).toEqual(
      small.timeline.map(({ name, expect: expected }) => ({
        name,
        unmet: expected === undefined ? undefined : [],
      })),
    );
  });

  test("there is nothing that Entra would not notice", () => {
    const { first, steps } = played;
    const reports = [first, ...steps.map(({ summary }) => summary)].flatMap((summary) => summary.reports);
    expect(reports.flatMap(({ observations }) => observations)).toEqual([]);
  });

  test("Astro then holds the expected state", async () => {
    const held = await read();
    const expected = expectedState(played.directory, settings);
    const active = [...expected.users.values()].filter((user) => user.active);
    expect(active.map(({ key }) => held.users.get(key))).toMatchObject(
      active.map(({ attributes, userName }) => ({ userName, active: true, attributes })),
    );
    expect(
      Object.fromEntries([...expected.teams.keys()].map((key) => [key, held.teams.get(key)?.members])),
    ).toEqual(Object.fromEntries([...expected.teams].map(([key, { members }]) => [key, members])));
  });

  test("a second run with its memory writes nothing: it sends the probes", async () => {
    const again = await play(played);
    expect(again.first).toMatchObject({ requests: 2, reports: [] });
    expect(again.steps).toEqual([]);
  });

  test("a run without memory links to what is there, and changes nothing", async () => {
    const before = await read();
    const again = await play({
      memory: emptyEntraMemory(),
      progress: { stepsDone: small.timeline.length, actionsDone: 0 },
    });
    const did = again.first.reports
      .filter(({ subject }) => subject.kind === "user")
      .map(({ outcome }) => (outcome.kind === "done" ? outcome.did : outcome.kind));
    expect(new Set(did)).toEqual(new Set(["linked", "nothing-sent"]));
    expect(await read()).toEqual(before);
  });
});
