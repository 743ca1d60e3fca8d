/** Targets that fail now and then: everything else is done, and what was done and what was not is said. */

import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { repairShape, simulationShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { startWatchedAstro, type Misbehaviour, type Passing } from "../support/watched-astro.ts";

const small = shippedFixture("okta-small.yaml");
const drift = shippedFixture("okta-drift.yaml");
const textOf = (file: string) => readFileSync(file, "utf8");

/** Each third request that is no probe of the credentials. */
const everyThird = ({ number }: Passing): Misbehaviour | undefined =>
  number > 2 && number % 3 === 0 ? 500 : undefined;

describe("a server that answers 500 to every third request", () => {
  test("simulate okta: jobs that fail are tasks, all others are done; exit status 1", async () => {
    const astro = await startWatchedAstro({ fixture: textOf(small), before: everyThird });
    const { status, stdout, stderr } = await runCommand([
      "simulate",
      "okta",
      small,
      "--json",
      ...astro.target,
    ]);
    const result = simulationShape.parse(JSON.parse(stdout));
    expect({ status, said: result.status }).toEqual({ status: 1, said: "failed" });
    const jobs = [result.first, ...result.steps].flatMap((run) => run.jobs);
    const created = jobs.filter(({ outcome }) => outcome.status === "done" && outcome.did === "created");
    const failed = jobs.filter(({ outcome }) => outcome.status === "failed");
    expect(failed.length).toBeGreaterThan(0);
    expect(created.length).toBeGreaterThan(0);
    expect(jobs.every(({ outcome }) => outcome.status !== "interrupted")).toBe(true);
    const { users, teams } = await astro.state();
    for (const { subject } of created) expect([...users, ...Object.keys(teams)]).toContain(subject.name);
    expect(result.openTasks.map(({ sentence }) => sentence).join()).toContain("it misbehaves");
    expect(stderr).not.toMatch(/^Error/m);
  });

  test("simulate okta: the report for people lists the tasks", async () => {
    const astro = await startWatchedAstro({ fixture: textOf(small), before: everyThird });
    const { status, stdout } = await runCommand(["simulate", "okta", small, ...astro.target]);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^Tasks that failed .*\n(?: {2}✗ .*: 500 Internal Server Error: it misbehaves.*\n {6}Okta shows: .*\n)+/m,
    );
    expect(stdout).toMatch(/\nNext: astro-scim .*\n$/);
  });

  test("resync: what fails is said, everything else is done and was read back; exit status 1", async () => {
    // Reads are repeated by our own client, so only writes can fail for good.
    let writes = 0;
    const astro = await startWatchedAstro({
      fixture: textOf(drift),
      before: ({ method }) => (method !== "GET" && (writes += 1) % 3 === 0 ? 500 : undefined),
    });
    const { status, stdout } = await runCommand([
      "resync",
      "--all",
      "--yes",
      "--from",
      drift,
      "--json",
      ...astro.target,
    ]);
    const { operations, ...result } = repairShape.parse(JSON.parse(stdout));
    expect({ status, said: result.status }).toEqual({ status: 1, said: "failed" });
    const ended = (as: string) => operations.filter(({ outcome }) => outcome?.status === as);
    expect(new Set(operations.map(({ outcome }) => outcome?.status))).toEqual(
      new Set(["done", "failed", "not-done"]),
    );
    for (const { outcome } of ended("failed")) expect(outcome?.reason).toContain("500: it misbehaves");
    for (const { outcome } of ended("not-done")) expect(outcome?.reason).toContain("it depends on");
    const again = await runCommand([
      "resync",
      "--all",
      "--dry-run",
      "--from",
      drift,
      "--json",
      ...astro.target,
    ]);
    const left = repairShape.parse(JSON.parse(again.stdout)).operations.map(({ summary }) => summary);
    for (const { summary } of ended("done")) expect(left).not.toContain(summary);
    expect(left.length).toBeGreaterThan(0);
  });

  test("resync: the report for people ends with what was not done and why", async () => {
    const astro = await startWatchedAstro({
      fixture: textOf(drift),
      before: ({ method, path }) => (method === "POST" && path === "/Groups" ? 500 : undefined),
    });
    const { status, stdout } = await runCommand([
      "resync",
      "--all",
      "--yes",
      "-q",
      "--from",
      drift,
      ...astro.target,
    ]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/\n {2}✗ create the Team on-call.* {2}failed: 500: it misbehaves\n/);
    expect(stdout).toMatch(/\n\d+ done, 1 failed/);
  });
});

describe("a server that cannot be read any more", () => {
  test("simulate okta: what was provisioned is said, and that nothing could be compared; exit status 3", async () => {
    // Okta asks for users by name or by id, and for two of them when it tests the credentials.
    const astro = await startWatchedAstro({
      fixture: textOf(small),
      before: ({ path, number }) => (number > 1 && path.startsWith("/Users?startIndex") ? 500 : undefined),
    });
    const { status, stdout, stderr } = await runCommand(["simulate", "okta", small, ...astro.target]);
    expect(stdout).toContain("4 users: 3 created, 1 linked");
    expect(stdout.match(/^ {2}\? not checked: .* 500: it misbehaves/gm)).toHaveLength(2);
    expect(stdout).toContain("Astro was not compared with the directory:");
    expect(stderr).not.toMatch(/^Error/m);
    expect(status).toBe(3);
  });

  test("diff: an incomplete answer is no smaller Astro; exit status 3", async () => {
    const astro = await startWatchedAstro({
      fixture: textOf(drift),
      before: ({ path }) => (path.startsWith("/Groups") ? 503 : undefined),
    });
    const { status, stdout, stderr } = await runCommand(["diff", drift, ...astro.target]);
    expect(stderr).toMatch(/^Error: .* could not be read in full: GET \/Groups was answered 503/m);
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  });

  test("delete: nothing is deleted where Astro is read in part only", async () => {
    const astro = await startWatchedAstro({
      fixture: textOf(drift),
      before: ({ path }) => (path.startsWith("/Groups") ? 503 : undefined),
    });
    const { status } = await runCommand(["delete", "--all", "--yes", "--from", drift, ...astro.target]);
    expect(status).toBe(3);
    expect(astro.writes()).toEqual([]);
  });
});

describe("a server that dies in the middle of a repair", () => {
  const resync = ["resync", "--all", "--yes", "--concurrency", "1", "--from", drift];

  test("after the first operation that meets it nothing else is tried; with something written, exit status 1", async () => {
    const astro = await startWatchedAstro({
      fixture: textOf(drift),
      before: async ({ method }) => {
        if (method !== "PATCH") return undefined;
        await astro.die();
        return "cut";
      },
    });
    const { status, stdout, stderr } = await runCommand([...resync, ...astro.target]);
    expect(stdout).toMatch(
      /\n {2}\? activate the account samir\S+ {2}unknown: \S+ closed the connection before its answer was complete; it may or may not have been written\n/,
    );
    expect(stdout.match(/ {2}not done: the server cannot be reached\n/g)).toHaveLength(10);
    expect(stdout).toMatch(/\n1 done, 1 unknown, 10 not done\.\n/);
    expect(stderr).not.toContain("{id}");
    expect(status).toBe(1);
  });

  test("the JSON counts what is unknown apart", async () => {
    const astro = await startWatchedAstro({
      fixture: textOf(drift),
      before: async ({ method }) => {
        if (method !== "POST") return undefined;
        await astro.die();
        return "cut";
      },
    });
    const { status, stdout } = await runCommand([...resync, "--json", ...astro.target]);
    const { operations, ...result } = repairShape.parse(JSON.parse(stdout));
    expect(operations.map(({ outcome }) => outcome?.status)).toEqual([
      "unknown",
      ...Array.from({ length: 11 }, () => "not-done"),
    ]);
    expect({ status, said: result.status }).toEqual({ status: 1, said: "failed" });
  });

  test("where nothing could be written, exit status 3", async () => {
    const astro = await startWatchedAstro({
      fixture: textOf(drift),
      before: async ({ path }) => {
        if (!path.startsWith("/Users?filter")) return undefined;
        await astro.die();
        return "cut";
      },
    });
    const { status, stdout } = await runCommand([...resync, "--json", ...astro.target]);
    const { operations, ...result } = repairShape.parse(JSON.parse(stdout));
    expect(new Set(operations.map(({ outcome }) => outcome?.status))).toEqual(
      new Set(["failed", "not-done"]),
    );
    expect({ status, said: result.status }).toEqual({ status: 3, said: "unreachable" });
  });
});

describe("a simulated provider repeats by its own rules, never as our client does", () => {
  const failures: readonly Misbehaviour[] = [500, 503, "cut"];

  test.each(failures)(
    "a look-up that ends in %s is sent once, and the assignment has failed (Okta)",
    async (failure) => {
      const isLookup = ({ path }: Passing): boolean => path.includes("ada%40example.com");
      const astro = await startWatchedAstro({
        fixture: textOf(small),
        before: (passing) => (isLookup(passing) ? failure : undefined),
      });
      const words = ["simulate", "okta", small, "--json", ...astro.target];
      const result = simulationShape.parse(JSON.parse((await runCommand(words)).stdout));
      expect(astro.requests.filter((line) => line.includes("ada%40example.com"))).toHaveLength(1);
      const ofAda = result.first.jobs.find(({ subject }) => subject.name === "ada@example.com");
      expect(ofAda).toMatchObject({ job: "assign", requests: 1, outcome: { status: "failed" } });
    },
  );
});
