/** `astro-scim diff`: what it shows of the shipped drift, what it says for machines, and that it only reads. */

import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { driftShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const drift = shippedFixture("okta-drift.yaml");

describe("the shipped example of drift, with nothing configured", () => {
  // Astro docs: Set up SCIM provisioning, FAQ.
  test.each<readonly [situation: string, line: string]>([
    [
      "a user is missing",
      "  + olga.ivanova@example.com  missing: assigned in the directory, no account in Astro",
    ],
    [
      "an account was left behind",
      "  - peter.grant@example.com   orphaned: active in Astro, deactivated in Okta",
    ],
    [
      "a Team is out of sync",
      "      missing       chloe.martin@example.com, diego.ruiz@example.com, olga.ivanova@example.com (no account)",
    ],
  ])("shows the FAQ's situation: %s", async (_situation, line) => {
    const { status, stdout } = await runCommand(["diff"]);
    expect(stdout.split("\n")).toContain(line);
    expect(status).toBe(2);
  });

  test("--json has the documented shape and the same exit status", async () => {
    const { status, stdout } = await runCommand(["diff", "--json"]);
    const result = driftShape.parse(JSON.parse(stdout));
    expect(result.status).toBe("different");
    expect(new Set(result.changes.map(({ kind }) => kind))).toEqual(
      new Set([
        "user-missing",
        "user-inactive",
        "user-renamed",
        "user-attribute-differs",
        "user-left-over",
        "team-missing",
        "team-renamed",
        "team-members-differ",
      ]),
    );
    expect(status).toBe(2);
  });

  test("--at names another moment of the timeline", async () => {
    const small = ["fixtures/okta-small.yaml", "--json"];
    const start = driftShape.parse(
      JSON.parse((await runCommand(["diff", ...small, "--at", "start"])).stdout),
    );
    const end = driftShape.parse(JSON.parse((await runCommand(["diff", ...small])).stdout));
    const missing = (result: typeof start) =>
      result.changes.flatMap(({ kind, subject }) => (kind === "user-missing" ? [subject.name] : []));
    expect(missing(start)).toContain("ada@example.com");
    expect(missing(end)).not.toContain("ada@example.com");
  });

  test("--quiet: the result and nothing else", async () => {
    expect((await runCommand(["diff", "--quiet"])).stderr).toBe("");
  });
});

describe("colours", () => {
  const escape = "\u001B[";
  test.each<
    readonly [rule: string, isTTY: boolean, env: Readonly<Record<string, string>>, coloured: boolean]
  >([
    ["on a terminal", true, {}, true],
    ["not in a pipe", false, {}, false],
    ["not where NO_COLOR is set (no-color.org)", true, { NO_COLOR: "1" }, false],
    ["not on a dumb terminal", true, { TERM: "dumb" }, false],
    ["where they are forced", false, { CLICOLOR_FORCE: "1" }, true],
  ])("%s", async (_rule, isTTY, env, coloured) => {
    const { stdout } = await runCommand(["diff"], { isTTY, env });
    expect(stdout.includes(escape)).toBe(coloured);
  });
});

describe("against a server", () => {
  const fixture = readFileSync(drift, "utf8");

  test("it only reads", async () => {
    const astro = await startWatchedAstro({ fixture });
    expect((await runCommand(["diff", drift, ...astro.target])).status).toBe(2);
    expect(astro.requests.length).toBeGreaterThan(0);
    expect(astro.writes()).toEqual([]);
  });

  test("Entra's flag in the URL changes nothing but the URL", async () => {
    const astro = await startWatchedAstro({ fixture });
    const plain = await runCommand(["diff", drift, "--json", ...astro.target]);
    const flagged = ["--url", `${astro.url}?aadOptscim062020`, "--token", astro.token];
    expect(await runCommand(["diff", drift, "--json", ...flagged])).toMatchObject({
      stdout: plain.stdout,
      status: 2,
    });
  });

  test("where nothing differs it says so, without a Next line; exit status 0", async () => {
    const small = shippedFixture("okta-small.yaml");
    const astro = await startWatchedAstro({ fixture: readFileSync(small, "utf8") });
    await runCommand(["simulate", "okta", small, ...astro.target]);
    const { status, stdout } = await runCommand(["diff", small, ...astro.target]);
    expect(stdout).toMatch(
      /\nAstro matches the directory: 3 active users and 2 Teams; listed apart: .+\.\n2 of 5 users in the directory are not provisioned: not assigned to the app\.\n$/,
    );
    expect(status).toBe(0);
    const { stdout: json } = await runCommand(["diff", small, "--json", ...astro.target]);
    expect(driftShape.parse(JSON.parse(json)).status).toBe("same");
  });
});
