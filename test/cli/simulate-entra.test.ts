/** `astro-scim simulate entra`: what it says, and what reaches a server. */

import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { simulationShape } from "../support/json-shapes.ts";
import { runCommand, type CommandOptions, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstro } from "../support/watched-astro.ts";

const small = shippedFixture("entra-small.yaml");
const fixture = readFileSync(small, "utf8");
const flag = "aadOptscim062020";

function simulate(words: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return runCommand(["simulate", "entra", small, ...words], options);
}

const flaggedTarget = ({ url, token }: WatchedAstro): readonly string[] => [
  "--url",
  `${url}?${flag}`,
  "--token",
  token,
];

test("--json: one value of the documented shape, with the cycles", async () => {
  const { status, stdout } = await simulate(["--json"]);
  const result = simulationShape.parse(JSON.parse(stdout));
  expect(result).toMatchObject({ status: "ok", provider: "entra", integration: "non-gallery" });
  expect(result.first.cycles).toMatchObject([{ number: 1, cycle: "initial", stopped: null }]);
  expect(result.steps.map(({ unmet }) => unmet)).toEqual([[], [], []]);
  expect(status).toBe(0);
});

// Microsoft: Known issues and resolutions with SCIM 2.0 protocol compliance: the flag is in the Tenant URL.
describe("the flag of --url", () => {
  test.each<[url: string, target: (astro: WatchedAstro) => readonly string[], body: RegExp]>([
    ["with it", flaggedTarget, /"op":"replace","path":"active","value":false/],
    ["without it", ({ target }) => target, /"op":"Replace","path":"active","value":"False"/],
  ])(
    "%s decides on the form of a PATCH, and stays off the provider's requests",
    async (_url, target, body) => {
      const astro = await startWatchedAstro({ fixture });
      expect((await simulate(target(astro))).status).toBe(0);
      expect(astro.writtenBodies.join("\n")).toMatch(body);
      expect(astro.writes().filter((line) => line.includes(flag))).toEqual([]);
      expect(astro.requests.filter((line) => line.includes("filter=") && line.includes(flag))).toEqual([]);
    },
  );

  test("a switch lets it travel", async () => {
    const astro = await startWatchedAstro({ fixture });
    const words = [...flaggedTarget(astro), "--fidelity", "entraFlagOnWire=first"];
    expect((await simulate(words)).status).toBe(0);
    expect(astro.writes().filter((line) => !line.endsWith(`?${flag}`))).toEqual([]);
  });
});

// kortix/suna PR #7297 (no User-Agent); MicrosoftDocs/azure-docs #94189 (no Accept that a server could negotiate by).
test("on the wire: neither User-Agent nor Accept, and a Content-Type where there is a body", async () => {
  const seen: { readonly line: string; readonly headers: readonly string[]; readonly type: unknown }[] = [];
  const astro = await startWatchedAstro({
    fixture,
    before: ({ method, path, headers }) => {
      const isOwnReading = "user-agent" in headers;
      if (!isOwnReading)
        seen.push({
          line: `${method} ${path.split("?")[0]}`,
          headers: Object.keys(headers).toSorted(),
          type: headers["content-type"],
        });
      return undefined;
    },
  });
  expect((await simulate(flaggedTarget(astro))).status).toBe(0);
  const always = ["adscimversion", "authorization", "connection", "host"];
  const ofBody = [...always, "content-length", "content-type"].toSorted();
  const [reads, writes] = [/^(?:GET|DELETE) /, /^(?:POST|PATCH) /].map((methods) =>
    seen.filter(({ line }) => methods.test(line)),
  );
  expect(new Set(reads?.map(({ headers }) => headers.join()))).toEqual(new Set([always.join()]));
  expect(new Set(writes?.map(({ headers }) => headers.join()))).toEqual(new Set([ofBody.join()]));
  expect(new Set(writes?.map(({ type }) => type))).toEqual(new Set(["application/scim+json; charset=utf-8"]));
});

test("--state: a second run of the same directory sends the probes and no write", async () => {
  const astro = await startWatchedAstro({ fixture });
  const cwd = await tempFolder();
  const words = [...flaggedTarget(astro), "--state", "entra.json"];
  expect((await simulate(words, { cwd })).status).toBe(0);
  astro.forget();
  const { status, stdout } = await simulate(words, { cwd });
  expect(astro.writes()).toEqual([]);
  expect(stdout).toContain("\n  · nothing to send; the timeline was played before\n");
  expect(status).toBe(0);
});

// What a memory knows and the fixture lacks would be taken for deleted, and be deleted.
describe("--state of another fixture is refused before anything is sent; exit status 5", () => {
  const people = "idp: entra\nusers: [{ mail: ada@example.com }, { mail: grace@example.com }]\n";
  const step = (name: string): string => `  - { name: ${name}, after: 1d }\n`;
  const first = `${people}timeline:\n${step("one")}${step("two")}`;

  test.each([
    [
      "other people",
      "idp: entra\nusers: [{ mail: mary@example.com }]\n",
      "No user of the state file entra.json is in second.yaml: all of them would count as deleted.",
    ],
    [
      "another step before those that were played",
      `${people}timeline:\n${step("zero")}${step("one")}${step("two")}`,
      `The state file entra.json belongs to another timeline: its step 1 is "one", but second.yaml has "zero" there.`,
    ],
    [
      "fewer steps than were played",
      `${people}timeline:\n${step("one")}`,
      `The state file entra.json belongs to another timeline: its step 2 is "two", but second.yaml has no such step.`,
    ],
  ])("%s", async (_what, second, message) => {
    const astro = await startWatchedAstro({ fixture: first });
    const cwd = await tempFolder({ "first.yaml": first, "second.yaml": second });
    const words = [...flaggedTarget(astro), "--state", "entra.json"];
    expect((await runCommand(["simulate", "entra", "first.yaml", ...words], { cwd })).status).toBe(0);
    astro.forget();
    const { status, stderr } = await runCommand(["simulate", "entra", "second.yaml", ...words], { cwd });
    expect(stderr).toContain(`Error: ${message}\n`);
    expect(astro.requests).toEqual([]);
    expect(status).toBe(5);
  });

  test("further steps and people are what a memory is for", async () => {
    const astro = await startWatchedAstro({ fixture: first });
    const more = `${first.replace("ada@", "mary@example.com }, { mail: ada@")}${step("three")}`;
    const cwd = await tempFolder({ "first.yaml": first, "second.yaml": more });
    const words = [...flaggedTarget(astro), "--state", "entra.json"];
    expect((await runCommand(["simulate", "entra", "first.yaml", ...words], { cwd })).status).toBe(0);
    astro.forget();
    expect((await runCommand(["simulate", "entra", "second.yaml", ...words], { cwd })).status).toBe(0);
    expect(astro.writes()).toEqual(["POST /Users"]);
  });
});
