import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readAstroState } from "../../../src/astro/api/reading/read.ts";
import type { AstroState } from "../../../src/astro/state.ts";
import type { OktaIntegration } from "../../../src/directory/app-settings.ts";
import { readFixture } from "../../../src/fixture/read.ts";
import { createSender, type Sender } from "../../../src/http/send.ts";
import { simulatedClock } from "../../../src/idp/run/clock.ts";
import { expectedState } from "../../../src/idp/expected/expected-state.ts";
import { runOkta } from "../../../src/idp/okta/engine.ts";
import { emptyOktaMemory, type OktaMemory } from "../../../src/idp/okta/memory.ts";
import { oktaService } from "../../../src/idp/okta/service.ts";
import { watchRequests } from "../../../src/idp/timeline/request-tally.ts";
import { notBegun } from "../../../src/idp/timeline/timeline-progress.ts";
import { playTimeline, type TimelineResult } from "../../../src/idp/timeline/timeline.ts";
import { startServer, type AstroServer } from "../../../src/server/start.ts";
import { systemWorld } from "../../../src/world/system-world.ts";
import { longEnoughMs } from "../../support/long-enough.ts";

const file = new URL("../../../fixtures/okta-company.yaml", import.meta.url);
const company = readFixture(file.pathname, readFileSync(file, "utf8"), { shipped: true });

interface Played extends TimelineResult {
  readonly memory: OktaMemory;
}

describe.each<OktaIntegration>(["manual", "catalog"])("the company fixture over HTTP (%s)", (integration) => {
  if (company.app.idp !== "okta") throw new TypeError("the fixture is Okta's");
  const settings = { ...company.app, integration };
  let server: AstroServer;
  let sender: Sender;
  let played: Played;

  async function play({ memory, progress }: Pick<Played, "memory" | "progress">): Promise<Played> {
    const clock = simulatedClock(new Date("2026-09-01T08:00:00Z"));
    const report = (): void => {};
    const { signal } = new AbortController();
    const requests = watchRequests(sender.send);
    const world = { send: requests.send, clock, signal, report, randomText: () => "xxxxxxxx" };
    const service = oktaService({ settings, memory, retryTasks: false, world });
    const result = await playTimeline({
      settings,
      start: company.start,
      steps: company.timeline,
      progress,
      service,
      readState: read,
      changeAstro: async () => {},
      differences: async () => [],
      requests,
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
    server = await startServer({ organizationId: company.organization, seed: company.astro });
    const { url, token } = server;
    const { signal } = new AbortController();
    const { timers } = systemWorld();
    sender = createSender({ baseUrl: url, token, timeoutMs: longEnoughMs, connections: 2, signal, timers });
    played = await play({ memory: emptyOktaMemory(), progress: notBegun });
  });

  afterAll(async () => {
    await sender.close();
    await server.close();
  });

  test("no job fails, and every step meets its expectations", () => {
    expect([...played.memory.tasks.values()]).toEqual([]);
    expect(played.steps.map(({ name, unmet }) => ({ name, unmet }))).toEqual(
      company.timeline.map(({ name, expect: expected }) => ({
        name,
        unmet: expected === undefined ? undefined : [],
      })),
    );
  });

  test("there is nothing that Okta would not notice", () => {
    const { first, steps } = played;
    const reports = [first, ...steps.map(({ summary }) => summary)].flatMap((summary) => summary.reports);
    expect(reports.flatMap(({ observations }) => observations)).toEqual([]);
  });

  test("Astro then holds the expected state", async () => {
    const held = await read();
    const expected = expectedState(played.directory, settings);
    const settled = [...expected.users.values()].filter(({ presence }) => presence !== "either");
    expect(settled.map(({ key }) => held.users.get(key)?.active ?? false)).toEqual(
      settled.map(({ active }) => active),
    );
    const active = settled.filter((user) => user.active);
    expect(active.map(({ key }) => held.users.get(key)?.attributes)).toEqual(
      active.map(({ attributes }) => attributes),
    );
    const members = [...expected.teams.keys()].map((key) =>
      [...(held.teams.get(key)?.members ?? [])].filter(
        (one) => expected.users.get(one)?.presence !== "either",
      ),
    );
    expect(members.map((one) => new Set(one))).toEqual(
      [...expected.teams.values()].map((team) => team.members),
    );
    expect(expected.unmappable).toEqual([]);
  });

  test("a second run with its memory sends nothing at all", async () => {
    const again = await play(played);
    expect(again.first.requests).toBe(0);
    expect(again.steps).toEqual([]);
  });

  test("a run without memory links to what is there, and changes nothing", async () => {
    const before = await read();
    const world = {
      send: sender.send,
      clock: simulatedClock(new Date(0)),
      signal: new AbortController().signal,
      report: () => {},
      randomText: () => "xxxxxxxx",
    };
    const { summary } = await runOkta(
      {
        settings,
        directory: played.directory,
        occasion: { kind: "everything" },
        memory: emptyOktaMemory(),
      },
      world,
    );
    const did = new Set(
      summary.reports.map(({ outcome }) => (outcome.kind === "done" ? outcome.did : outcome.kind)),
    );
    expect(did).toEqual(new Set(["linked"]));
    expect(await read()).toEqual(before);
  });
});
