/** A fixture expects drift in the words of `diff --json`: the rehearsal that ends with exactly that ends with 0. */

import { describe, expect, test } from "vitest";
import { differenceKindNames } from "../../src/directory/difference.ts";
import { differenceOf } from "../../src/simulation/difference.ts";
import { changeJson } from "../../src/report/drift/json.ts";
import { rolesAtStake } from "../../src/report/drift/roles-at-stake.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { expectedState, heldState } from "../support/states.ts";
import { simulationShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

/** Peter's account was made in Astro, and he leaves: it is left over, and in the Team that was there. */
const company = (step = "", whole = ""): string => `idp: okta
organization: cknaqyipv05731evsry6cj4n0
users:
  - { email: ada@example.com, firstName: Ada }
  - { email: peter@example.com, firstName: Peter, assigned: false }
groups:
  - { name: data, push: true, members: [ada@example.com] }
astro:
  users: [{ email: peter@example.com }]
timeline:
  - name: Nothing happens
    after: 1d
  - name: Peter leaves
    after: 1d
    do: [{ deactivate: peter@example.com }]
    expect: { requests: none${step} }
${whole}`;

const leftOver = "{ user: peter@example.com, kind: user-left-over }";

async function simulate(text: string, ...words: readonly string[]) {
  const cwd = await tempFolder({ "f.yaml": text });
  return runCommand(["simulate", "okta", "f.yaml", ...words], { cwd });
}

describe("a rehearsal", () => {
  test.each<[what: string, text: string, status: number]>([
    ["fails on a difference that nobody expects", company(), 1],
    ["ends with 0 where its last step expects it", company(`, drift: [${leftOver}]`), 0],
    ["ends with 0 where the file expects it", company("", `expect: { drift: [${leftOver}] }\n`), 0],
    ["ends with 0 where both do", company(`, drift: [${leftOver}]`, `expect: { drift: [${leftOver}] }\n`), 0],
    ["fails where the step expects none", company(", drift: []"), 1],
    [
      "fails where the file expects none, whatever the step does",
      company(`, drift: [${leftOver}]`, "expect: { drift: [] }\n"),
      1,
    ],
    [
      "fails where one that is expected is not there",
      company(`, drift: [${leftOver}, { team: data, kind: team-missing }]`),
      1,
    ],
    ["fails where it is another", company(", drift: [{ user: peter@example.com, kind: user-inactive }]"), 1],
  ])("%s", async (_what, text, status) => {
    expect(await simulate(text, "-q")).toMatchObject({ status });
  });

  test("is compared at the step that says so, which may differ from the end", async () => {
    const early = company().replace(
      "    after: 1d\n  - name: Peter",
      `    after: 1d\n    expect: { drift: [] }\n  - name: Peter`,
    );
    const { stdout } = await simulate(early, "--json");
    const { steps } = simulationShape.parse(JSON.parse(stdout));
    expect(steps[0]?.unmet).toMatchObject([
      { kind: "drift", expected: [], got: [{ user: "peter@example.com", kind: "user-left-over" }] },
    ]);
  });

  test("an earlier step's drift says nothing of the end", async () => {
    const early = company().replace(
      "    after: 1d\n  - name: Peter",
      `    after: 1d\n    expect: { drift: [${leftOver}] }\n  - name: Peter`,
    );
    const { status, stdout } = await simulate(early, "--json");
    expect(status).toBe(1);
    expect(simulationShape.parse(JSON.parse(stdout))).toMatchObject({
      steps: [{ unmet: [] }, { unmet: [] }],
      unmet: null,
      comparison: { expected: null },
    });
  });

  test("says that the differences are expected, and each form of a report is a success", async () => {
    const text = company(`, drift: [${leftOver}]`);
    const { stdout } = await simulate(text);
    expect(stdout).toContain("\nThe rehearsal went as expected.\n");
    expect(stdout).toContain("  - peter@example.com  orphaned");
    expect(stdout).toContain("\nThe fixture expects exactly this difference.\n");
    expect((await simulate(text, "-o", "junit")).stdout).toContain('failures="0"');
    expect((await simulate(text, "-o", "markdown")).stdout).not.toContain("❌");
    const json = simulationShape.parse(JSON.parse((await simulate(text, "--json")).stdout));
    expect(json).toMatchObject({
      status: "ok",
      unmet: [],
      comparison: { expected: true, drift: { status: "different" } },
    });
  });

  test("says which are missing and which are not expected, and fails the case of the end for what the whole file expects", async () => {
    const text = company("", "expect: { drift: [{ team: data, kind: team-missing }] }\n");
    const { stdout } = await simulate(text);
    expect(stdout).toContain(
      [
        "  ✗ at the end: differences",
        "      expected  { team: data, kind: team-missing } (missing)",
        '      got       { user: peter@example.com, kind: user-left-over, reason: "deactivated in Okta" } (not expected)',
      ].join("\n"),
    );
    expect(stdout).toContain("\nThe rehearsal failed: 1 expectation not met.\n");
    expect((await simulate(text, "-o", "junit")).stdout).toMatch(
      /name="What Astro holds at the end"[^>]*>\s*<failure type="expectation" message="expected other differences/,
    );
  });

  test("`diff` of the same fixture still ends with 2", async () => {
    const cwd = await tempFolder({ "f.yaml": company(`, drift: [${leftOver}]`) });
    expect(await runCommand(["diff", "f.yaml"], { cwd })).toMatchObject({ status: 2 });
  });
});

describe("with --state", () => {
  const text = company(`, drift: [${leftOver}]`, "expect: { observations: [media-type] }\n");

  test("what the last step expects at the end holds for a later session that plays nothing", async () => {
    const lone = company(`, drift: [${leftOver}]`);
    const astro = await startWatchedAstro({ fixture: lone });
    const cwd = await tempFolder({ "f.yaml": lone });
    const run = () =>
      runCommand(["simulate", "okta", "f.yaml", "--state", "s.json", ...astro.target], { cwd });
    expect(await run()).toMatchObject({ status: 0 });
    expect(await run()).toMatchObject({ status: 0 });
    await astro.behind.user("stranger@example.com");
    const later = await run();
    expect(later.status).toBe(1);
    expect(later.stdout).toContain("✗ at the end: differences");
  });

  test("what is expected of the whole is not looked at in a run that was interrupted", async () => {
    const stop = new AbortController();
    const astro = await startWatchedAstro({
      fixture: text,
      before: ({ method }) => {
        if (method === "POST") stop.abort();
        return undefined;
      },
    });
    const cwd = await tempFolder({ "f.yaml": text });
    const { simulate: rehearse } = await import("../../src/programs/simulate.ts");
    const result = await rehearse({
      fixture: `${cwd}/f.yaml`,
      target: { url: astro.url, token: astro.token },
      signal: stop.signal,
    });
    expect(result).toMatchObject({ interrupted: true, unmet: undefined });
  });
});

test("a difference is said in the words of `diff --json`", () => {
  const drift = diff(
    expectedState({
      users: [{ name: "ada" }, { name: "new" }, { name: "grace", attributes: { displayName: "Grace" } }],
      teams: [
        { name: "data", members: ["ada"] },
        { name: "fresh", members: ["ada"] },
      ],
    }),
    heldState({
      users: [{ name: "ada", active: false }, { name: "grace" }, { name: "old" }],
      teams: [{ name: "data", members: ["old"] }],
    }),
  );
  expect(drift.changes.length).toBeGreaterThan(4);
  for (const change of drift.changes) {
    const { kind, name, details } = differenceOf(change);
    // A rehearsal asks nobody about roles.
    const json = changeJson(change, rolesAtStake(drift.held));
    const {
      kind: jsonKind,
      subject,
      roles: _roles,
      rolesThroughTeams: _through,
      users: _users,
      // What a provider remembers is in no fixture.
      link: _link,
      ...rest
    } = json;
    expect({ kind, name, keys: Object.keys(details) }).toEqual({
      kind: jsonKind,
      name: (subject as { name: string }).name,
      keys: Object.keys(rest),
    });
    expect(differenceKindNames).toContain(kind);
  }
});
