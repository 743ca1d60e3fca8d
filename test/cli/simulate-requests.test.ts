/** `simulate` with --bodies, --only and --step: what the provider sends can be read. */

import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { runCommand } from "../support/run-command.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";
import { readFileSync } from "node:fs";

const small = { okta: shippedFixture("okta-small.yaml"), entra: shippedFixture("entra-small.yaml") };

function requestLines(text: string): readonly string[] {
  return text.split("\n").filter((line) => /^ {2}(?:GET|POST|PUT|PATCH|DELETE) /.test(line));
}

describe("--bodies", () => {
  test.each(["okta", "entra"] as const)(
    "%s: method, path, status, body and answer, laid out, with the story",
    async (idp) => {
      const { status, stdout } = await runCommand(["simulate", idp, small[idp], "--bodies"]);
      expect(status).toBe(0);
      expect(stdout).toMatch(/ {2}POST \/Users {2}201 {2}\d+ ms\n {4}> \{\n {4}> {3}"schemas": \[\n/);
      expect(stdout).toMatch(/\n {4}< \{\n {4}< {3}"schemas": \[\n/);
      expect(stdout).toContain("The rehearsal went as expected.");
      expect(stdout).not.toContain("(astro-scim)");
    },
  );

  test("what astro-scim itself reads is shown only with --verbose, and marked", async () => {
    const { stdout } = await runCommand(["simulate", "okta", small.okta, "--bodies", "-v"]);
    expect(stdout).toContain("(astro-scim)");
  });

  test.each([
    ["an answer", true],
    ["an answer that is cut off, so that it cannot be parsed", false],
  ])("no token and no password of %s is shown", async (_what, isWhole) => {
    const token = "a-token-that-is-secret";
    const added = `"password":"hunter22","echo":"${token}","meta"`;
    const astro = await startWatchedAstro({
      fixture: readFileSync(small.okta, "utf8"),
      token,
      after: (_passing, { headers, ...answer }) => {
        const { "content-length": length, ...others } = headers;
        const body = answer.body.replace('"meta"', added);
        return { ...answer, body, headers: isWhole ? others : { ...others, "content-length": length } };
      },
    });
    const { stdout, stderr } = await runCommand([
      "simulate",
      "okta",
      small.okta,
      "--bodies",
      ...astro.target,
    ]);
    expect(stdout).toMatch(/"password": ?"\[redacted\]/);
    expect(stdout + stderr).not.toMatch(/hunter22|a-token-that-is-secret/);
  });

  test("beside JSON the requests go to standard error", async () => {
    const { stdout, stderr } = await runCommand(["simulate", "okta", small.okta, "--bodies", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ status: "ok" });
    expect(stderr).toMatch(/POST \/Users {2}201/);
  });
});

describe("--only", () => {
  test("shows the requests about one person, and sends all the same", async () => {
    const all = await runCommand(["simulate", "okta", small.okta, "--bodies"]);
    const adas = await runCommand(["simulate", "okta", small.okta, "--only", "ADA@example.com"]);
    expect(requestLines(adas.stdout).length).toBeGreaterThan(3);
    expect(requestLines(adas.stdout).length).toBeLessThan(requestLines(all.stdout).length);
    expect(adas.stdout).not.toContain("grace@example.com");
    const sent = /\n(\d+ requests)/;
    expect(sent.exec(adas.stdout)?.[1]).toBe(sent.exec(all.stdout)?.[1]);
  });

  test("shows those about a Team, and of several names those about any", async () => {
    const team = await runCommand(["simulate", "entra", small.entra, "--only", "airflow-admins"]);
    expect(requestLines(team.stdout).every((line) => line.includes("/Groups"))).toBe(true);
    const both = await runCommand([
      "simulate",
      "entra",
      small.entra,
      "--only",
      "airflow-admins",
      "--only",
      "mary@example.com",
    ]);
    expect(requestLines(both.stdout).length).toBeGreaterThan(requestLines(team.stdout).length);
  });

  test("a name about which nothing is sent is said", async () => {
    const { stderr } = await runCommand(["simulate", "okta", small.okta, "--only", "adda@example.com"]);
    expect(stderr).toContain("No request was about adda@example.com.");
  });
});

describe("--step", () => {
  test.each(["Ada leaves", "1"])("%s: shows the requests of that step alone", async (step) => {
    const { stdout } = await runCommand(["simulate", "okta", small.okta, "--step", step]);
    const [before = "", within = "", after = ""] = stdout.split(/Day 2 {2}Ada leaves|Day 9 {2}/);
    expect(requestLines(before + after)).toEqual([]);
    expect(requestLines(within).length).toBeGreaterThan(0);
  });

  test.each(["okta", "entra"] as const)("%s: start is the first provisioning", async (idp) => {
    const { stdout } = await runCommand(["simulate", idp, small[idp], "--step", "start"]);
    const [first = "", ...rest] = stdout.split(/^Day [1-9]/m);
    expect(requestLines(first).length).toBeGreaterThan(5);
    expect(requestLines(rest.join(""))).toEqual([]);
  });

  test("a step that there is not is refused, with those that there are; nothing is sent", async () => {
    const astro = await startWatchedAstro({ fixture: readFileSync(small.okta, "utf8") });
    for (const step of ["Ada returns", "end"]) {
      const { status, stderr } = await runCommand([
        "simulate",
        "okta",
        small.okta,
        "--step",
        step,
        ...astro.target,
      ]);
      expect(status).toBe(64);
      expect(stderr).toContain("start");
    }
    expect(astro.requests).toEqual([]);
  });
});

test.each([["--bodies"], ["--only", "ada@example.com"], ["--step", "start"]])(
  "%s contradicts --quiet",
  async (...words) => {
    const { status, stderr } = await runCommand(["simulate", "okta", small.okta, "-q", ...words]);
    expect(status).toBe(64);
    expect(stderr).toContain("--quiet cannot be used with --bodies, --only and --step.");
  },
);
