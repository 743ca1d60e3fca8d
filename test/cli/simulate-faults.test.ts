/** `simulate okta` against a local Astro with the faults of its fixture. */

import { describe, expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const people = Array.from({ length: 12 }, (_, at) => `  - { email: user.${at}@example.com }`).join("\n");

const withFaults = (...faults: readonly string[]): string =>
  `idp: okta\nusers:\n${people}\nastro:\n  faults:\n${faults.map((fault) => `    - ${fault}\n`).join("")}`;

async function simulate(fixture: string) {
  const cwd = await tempFolder({ "own.yaml": fixture });
  return runCommand(["simulate", "okta", "own.yaml", "--json"], { cwd });
}

const failedJobs = (stdout: string): readonly string[] =>
  JSON.parse(stdout).openTasks.map(({ subject }: { subject: { name: string } }) => subject.name);

describe("what Okta makes of", () => {
  test("one write that fails: a task for the administrator, and the others go on", async () => {
    const { status, stdout } = await simulate(
      withFaults("{ status: 500, method: POST, every: 7, times: 1 }"),
    );
    expect(status).toBe(1);
    expect(failedJobs(stdout)).toHaveLength(1);
  });

  test("a rate limit that asks to wait: it waits, and everything is done", async () => {
    const { status, stdout } = await simulate(
      withFaults("{ status: 429, retryAfter: 30, method: POST, every: 3, times: 2 }"),
    );
    expect(failedJobs(stdout)).toEqual([]);
    expect(status).toBe(0);
  });

  test("an answer that never comes although the user was made", async () => {
    const { status, stdout } = await simulate(
      withFaults("{ cut: after-write, method: POST, every: 5, times: 1 }"),
    );
    expect(status).toBe(1);
    expect(failedJobs(stdout)).toHaveLength(1);
  });
});

test("the same fixture meets the same faults", async () => {
  const fixture = withFaults("{ status: 503, method: POST, rate: 0.4 }");
  const [first, second] = [await simulate(fixture), await simulate(fixture)];
  const struck = failedJobs(first.stdout);
  expect(struck.length).toBeGreaterThan(0);
  expect(struck.length).toBeLessThan(12);
  expect(failedJobs(second.stdout)).toEqual(struck);
});
