/** What Okta asks for again, by the switches of docs/fidelity.md, and how long a real server is waited for. */

import { describe, expect, test } from "vitest";
import { simulatedClock } from "../../../src/idp/run/clock.ts";
import { resolveOktaFidelity } from "../../../src/fidelity/resolve.ts";
import type { OktaFidelity } from "../../../src/fidelity/table.ts";
import type { OktaWorld } from "../../../src/idp/okta/engine.ts";
import type { WireAnswer, WireRequest } from "../../../src/wire/exchange.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { json, noResponse, text } from "../../support/conversation.ts";
import { outcomes, rehearse } from "../../support/okta-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

interface Failing {
  readonly path: "/Users" | "/Groups";
  /** PATCH of a group, POST of a user, unless said. */
  readonly method?: WireRequest["method"];
  readonly answers: readonly WireAnswer[];
}

/** A server whose first writes below a path, with that method, are answered so, and what came of it. */
async function failing(
  { path, method = path === "/Groups" ? "PATCH" : "POST", answers }: Failing,
  choice: Partial<OktaFidelity> = {},
  world: Partial<OktaWorld> = {},
) {
  const left = [...answers];
  const intercept = (request: WireRequest): WireAnswer | undefined =>
    request.method === method && request.path.startsWith(path) ? left.shift() : undefined;
  const server = tinyScim({ intercept });
  const directory = aDirectory({
    users: [aUser("ada@example.com")],
    groups: [{ ...aGroup("data"), members: new Set(["ada@example.com"]) }],
    pushedGroups: ["data"],
  });
  const fidelity = resolveOktaFidelity(choice);
  const rehearsal = rehearse(directory, server.send, { integration: "catalog", fidelity }, world);
  const summary = await rehearsal.run();
  const waits = rehearsal.events.flatMap((event) => (event.kind === "waiting" ? [event.seconds] : []));
  return { waits, outcomes: outcomes(summary), summary };
}

function limited(seconds: number): WireAnswer {
  return text(429, "", { "retry-after": String(seconds) });
}

const created = ["assign ada@example.com: created", "push-group data: created"];
const groupFails = ["assign ada@example.com: created", "push-group data: failed"];

describe("a group push that the server failed at is asked for again (Okta: System Log event types)", () => {
  test.each<
    [what: string, answers: WireAnswer[], choice: Partial<OktaFidelity>, waits: number[], ends: string[]]
  >([
    ["503", [text(503)], {}, [60], created],
    ["time-out", [noResponse("timeout")], {}, [60], created],
    ["cut connection", [noResponse("reset")], {}, [60], created],
    ["nobody listens", [noResponse("refused")], {}, [60], created],
    ["the third 500 is final", [text(500), text(500), text(500)], {}, [60, 60], groupFails],
    ["other numbers", [text(500), text(500)], { transientAttempts: 2, transientWait: 5 }, [5], groupFails],
    ["501 is final", [text(501)], {}, [], groupFails],
    ["409 is final", [json(409, {})], {}, [], groupFails],
    ["an untrusted certificate is final", [noResponse("tls")], {}, [], groupFails],
    ["switched off", [text(503)], { groupServerErrors: "final" }, [], groupFails],
  ])("%s", async (_what, answers, choice, waits, ends) => {
    expect(await failing({ path: "/Groups", answers }, choice)).toMatchObject({ waits, outcomes: ends });
  });
});

describe("the creation of a group that the server failed at", () => {
  test.each<[choice: Partial<OktaFidelity>, waits: number[], ends: string[]]>([
    [{}, [], groupFails],
    [{ groupServerErrors: "all" }, [60], created],
  ])("%o", async (choice, waits, ends) => {
    const run = await failing({ path: "/Groups", method: "POST", answers: [text(503)] }, choice);
    expect(run).toMatchObject({ waits, outcomes: ends });
  });
});

describe("a user's job that the server failed at", () => {
  test.each<[choice: Partial<OktaFidelity>, waits: number[], outcome: string]>([
    [{}, [], "failed"],
    [{ userServerErrors: "retry" }, [60], "created"],
  ])("%o", async (choice, waits, outcome) => {
    const run = await failing({ path: "/Users", answers: [text(503)] }, choice);
    expect(run.waits).toEqual(waits);
    expect(run.outcomes[0]).toBe(`assign ada@example.com: ${outcome}`);
  });
});

describe("429", () => {
  test.each<[choice: Partial<OktaFidelity>, limits: number, waits: number[], outcome: string]>([
    [{ rateLimitAttempts: 2 }, 2, [7], "failed"],
    [{ rateLimitAttempts: 3 }, 2, [7, 7], "created"],
    [{ rateLimitDoubling: "every" }, 3, [7, 14, 28], "created"],
  ])("%o", async (choice, limits, waits, outcome) => {
    const run = await failing(
      { path: "/Users", answers: Array.from({ length: limits }, () => limited(7)) },
      choice,
    );
    expect(run.waits).toEqual(waits);
    expect(run.outcomes[0]).toBe(`assign ada@example.com: ${outcome}`);
  });
});

describe("against a real server", () => {
  test("only what Retry-After asks for is waited for in real time", async () => {
    const waited: number[] = [];
    const clock = simulatedClock(new Date(0), async (seconds) => void waited.push(seconds));
    const answers = [text(429), limited(2), text(503)];
    const run = await failing({ path: "/Groups", answers }, {}, { clock });
    expect(run.waits).toEqual([300, 2, 60]);
    expect(waited).toEqual([2]);
  });

  test("a Retry-After beyond the longest wait is a failure that says so", async () => {
    const { waits, summary } = await failing(
      { path: "/Users", answers: [limited(30), limited(31)] },
      {},
      { maxWaitSeconds: 30 },
    );
    expect(waits).toEqual([30]);
    expect(summary.reports[0]?.outcome).toMatchObject({
      kind: "failed",
      failure: {
        reason: "429 Too Many Requests",
        explanation:
          "The server asked to wait 31 s, but this run waits at most 30 s, so it stopped; the provider would wait.",
      },
    });
  });
});
