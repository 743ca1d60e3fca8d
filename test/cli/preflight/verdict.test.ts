/** How a preflight ends: what counts, what can be accepted, and what it says of a first run. */

import { describe, expect, test } from "vitest";
import { preflightCompany, preflightOf, type Planted } from "../../support/preflight-company.ts";
import { runCommand } from "../../support/run-command.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const eve = { accounts: ["{ email: eve@example.com }"] };

interface Ending extends Planted {
  readonly verdict: "go" | "not-yet" | "cannot-tell";
  readonly status: number;
  readonly summary: string;
}

const endings: Readonly<Record<string, Ending>> = {
  "go where nothing is in the way": {
    verdict: "go",
    status: 0,
    summary: "Go: nothing stands in the way.",
  },
  "not yet, with how many problems of which kind": {
    accounts: ["{ email: eve@example.com }", "{ email: max@example.com }"],
    verdict: "not-yet",
    status: 1,
    summary: "Not yet: 2 problems (2 account-not-assigned).",
  },
  "go where the problem is accepted": {
    ...eve,
    flags: ["--accept", "account-not-assigned", "--accept", "user-without-mail"],
    verdict: "go",
    status: 0,
    summary: "Go: nothing stands in the way. Accepted: account-not-assigned.",
  },
  "not yet where another one is accepted": {
    ...eve,
    flags: ["--accept", "user-without-mail"],
    verdict: "not-yet",
    status: 1,
    summary: "Not yet: 1 problem (account-not-assigned).",
  },
  "cannot tell where something could not be read": {
    organization: "isScimEnabled: false",
    verdict: "cannot-tell",
    status: 3,
    summary: "Cannot tell, because something could not be read: domains-unknown.",
  },
  "cannot tell where that is so and the problem is accepted": {
    ...eve,
    organization: "isScimEnabled: false",
    flags: ["--accept", "account-not-assigned"],
    verdict: "cannot-tell",
    status: 3,
    summary:
      "Cannot tell, because something could not be read: domains-unknown. Accepted: account-not-assigned.",
  },
  "not yet where a problem is certain, whatever is unknown": {
    ...eve,
    organization: "isScimEnabled: false",
    verdict: "not-yet",
    status: 1,
    summary: "Not yet: 1 problem (account-not-assigned). Beside that, it is unknown: domains-unknown.",
  },
};

test.each(Object.entries(endings))("%s", async (_name, { verdict, status, summary, ...planted }) => {
  const result = await preflightOf(planted);
  expect({ ...result.json, status: result.status }).toMatchObject({ verdict, status, summary });
});

describe("of the first run it says", () => {
  test("with Okta, how long it takes at Astro's limits at least", async () => {
    const { json } = await preflightOf();
    expect(json.firstRun).toMatchObject({
      accounts: { created: ["ada@example.com", "bob@example.com"], linked: [], changed: [] },
      teams: { created: ["data"], linked: [] },
      memberships: { added: 2, removed: 0 },
      duration: { kind: "pace-of-astro", atLeastSeconds: 1, secondsPer429: 300 },
    });
  });

  test("with Entra ID, a range over users, groups and memberships: 5 of them, 0.01 to 0.08 minutes each", async () => {
    const { json } = await preflightOf({ idp: "entra" });
    expect(json.firstRun.duration).toEqual({
      kind: "estimate-of-entra",
      atLeastSeconds: 3,
      atMostSeconds: 24,
      objects: 5,
    });
  });
});

const companyFile = { "company.yaml": preflightCompany(eve) };

test("Markdown for the change ticket has the verdict, the day, and each finding with its reason and what to do", async () => {
  const cwd = await tempFolder(companyFile);
  const { stdout, status } = await runCommand(["preflight", "company.yaml", "-o", "markdown"], { cwd });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^## astro-scim preflight: Okta\n/);
  expect(stdout).toContain("**❌ Not yet: 1 problem (account-not-assigned).**");
  expect(stdout).toContain("| Accounts | 2 created, 0 linked |\n");
  expect(stdout).toContain("### Accounts that nobody assigned (problem)\n");
  expect(stdout).toContain("| eve@example.com | not in the directory |\n");
});

test("an empty directory is never go", async () => {
  const cwd = await tempFolder({ "empty.yaml": "idp: okta\nusers: []\n" });
  const { stdout, status } = await runCommand(["preflight", "empty.yaml"], { cwd });
  expect(status).toBe(1);
  expect(stdout).toContain("Nobody is provisioned (nobody-provisioned: problem)\n");
});

const mistakes: Readonly<Record<string, readonly [words: readonly string[], says: RegExp]>> = {
  "a kind that is none": [["--accept", "account-not-asigned"], /Did you mean account-not-assigned\?/],
  "a kind that cannot be accepted": [
    ["--accept", "domains-unknown"],
    /--accept does not take domains-unknown/,
  ],
  "a domain that is none": [["--verified-domain", "ada@example.com"], /takes a domain such as example\.com/],
  "a state that is not there": [
    ["--terraform", "none.json"],
    /none\.json cannot be read: there is no such file/,
  ],
  "a state that is not JSON": [
    ["--terraform", "company.yaml"],
    /not the output of terraform show -json: it is not JSON/,
  ],
  "a state that is empty, as of another workspace of Terraform": [
    ["--terraform", "empty.json"],
    /empty\.json is not the output of terraform show -json: it has no resource at all/,
  ],
  "a state of Terraform's own, not of show -json": [
    ["--terraform", "state.json"],
    /state\.json is not the output of terraform show -json/,
  ],
};

test.each(Object.entries(mistakes))("%s is a mistake: nothing is read", async (_name, [words, says]) => {
  const cwd = await tempFolder({
    ...companyFile,
    "empty.json": JSON.stringify({ format_version: "1.0" }),
    "state.json": JSON.stringify({ version: 4, resources: [] }),
  });
  const { stderr, stdout, status } = await runCommand(["preflight", "company.yaml", ...words], { cwd });
  expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
  expect(stderr).toMatch(says);
});
