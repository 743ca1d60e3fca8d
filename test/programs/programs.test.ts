/** The package as a program uses it: `import { startServer, simulate, diff } from "astro-scim"`. */

import { describe, expect, onTestFinished, test } from "vitest";
import {
  AppError,
  diff,
  simulate,
  startServer,
  type SimulateOptions,
  type SimulationResult,
} from "../../src/index.ts";
import { subjectOf } from "../../src/drift/compare/change.ts";
import { seedUser } from "../support/seed-user.ts";

const small = "fixtures/okta-small.yaml";

test("simulate rehearses against a local Astro of its own, and tells what happened", async () => {
  const kinds = new Set<string>();
  const result = await simulate({ fixture: small, onEvent: (event) => kinds.add(event.kind) });
  expect(result).toMatchObject({
    interrupted: false,
    openTasks: [],
    comparison: { kind: "compared", drift: { changes: [] } },
  });
  expect(result.steps.map(({ name, unmet }) => [name, unmet])).toEqual([
    ["Ada leaves", []],
    ["Mary becomes an Airflow administrator", []],
  ]);
  expect(kinds).toContain("job-finished");
});

test("simulate provisions a server that is there; diff then finds what it says, and what a step before it said", async () => {
  const server = await startServer();
  const target = { url: server.url, token: server.token };
  await simulate({ fixture: small, target });
  expect((await diff({ fixture: small, target })).changes).toEqual([]);
  const asBefore = await diff({ fixture: small, target, at: "start" });
  expect(asBefore.changes.map((change) => [change.kind, subjectOf(change).name])).toEqual([
    ["user-inactive", "ada@example.com"],
    ["team-members-differ", "airflow-admins"],
    ["team-members-differ", "data-platform"],
  ]);
  await server.close();
});

test("simulate takes switches of fidelity, which count more than the fixture's", async () => {
  const attempts = async (options: Pick<SimulateOptions, "fidelity" | "maxWaitSeconds">) => {
    const server = await startServer({ faults: ["status=429,retry-after=0,method=POST,times=2"] });
    const target = { url: server.url, token: server.token };
    const result = await simulate({ fixture: small, target, ...options });
    await server.close();
    return result.first.reports[0]?.outcome.kind;
  };
  expect(await attempts({})).toBe("done");
  expect(await attempts({ fidelity: { rateLimitAttempts: 2 } })).toBe("failed");
});

test("a signal stops a rehearsal between two requests", async () => {
  const controller = new AbortController();
  const result = await simulate({
    fixture: small,
    signal: controller.signal,
    onEvent: ({ kind }) => {
      if (kind === "job-finished") controller.abort();
    },
  });
  expect(result.interrupted).toBe(true);
  expect(result.first.reports).toHaveLength(1);
  expect(result.comparison.kind).toBe("not-compared");
});

test("what cannot be done is an AppError with a code", async () => {
  const error = await diff({ fixture: "fixtures/none.yaml" }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: "invalid-file" });
});

describe("responsibleFor", () => {
  test("says what the directory is responsible for, beside the fixture: what is outside is no difference", async () => {
    const seed = { users: [seedUser("jo@partner.com"), seedUser("mo@partner.com")], teams: [] };
    const astro = await startServer({ seed });
    onTestFinished(() => astro.close());
    const target = { url: astro.url, token: astro.token };
    const responsibleFor = { domains: ["example.com"] };
    const all = await simulate({ fixture: small, target });
    const ours = await simulate({ fixture: small, target, responsibleFor });
    const kindsIn = ({ comparison }: SimulationResult) =>
      comparison.kind === "compared" ? comparison.drift.changes.map(({ kind }) => kind) : comparison.reason;
    expect(kindsIn(all)).toEqual(["user-left-over", "user-left-over"]);
    expect(kindsIn(ours)).toEqual([]);
    const drift = await diff({ fixture: small, target, responsibleFor });
    expect(drift.changes).toEqual([]);
    expect(drift.outside.users.map(({ userName }) => userName)).toEqual(["jo@partner.com", "mo@partner.com"]);
  });

  test("that is wrong is refused, and nothing is contacted", async () => {
    const responsibleFor = { domains: [] };
    await expect(diff({ fixture: small, responsibleFor })).rejects.toMatchObject({ code: "usage" });
  });
});
