/** `trigger`: what one event causes, at any SCIM server, without a fixture. */

import { describe, expect, test } from "vitest";
import { eventTables } from "../../src/cli/trigger/events.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const holding = `
idp: okta
organization: cknaqyipv05731evsry6cj4n0
users: []
groups: []
astro:
  users:
    - { email: ada@example.com, displayName: The Countess, givenName: Augusta }
    - { email: grace@example.com, displayName: Grace Hopper }
  teams:
    - { name: data, members: [grace@example.com] }
`;

const adaFilter = encodeURIComponent('userName eq "ada@example.com"');

interface Shown {
  readonly status: string;
  readonly requests: readonly {
    readonly phase: string;
    readonly request: { method: string; path: string; body: unknown };
  }[];
}

function shown(stdout: string): Shown {
  return JSON.parse(stdout);
}

/** `PUT /Users`: of the event, ids left out. */
function sentFor({ requests }: Shown, phase: string): readonly string[] {
  return requests
    .filter((one) => one.phase === phase)
    .map(({ request: { method, path } }) => `${method} ${/^\/(?:Users|Groups)/.exec(path)?.[0] ?? path}`);
}

/** What reaches the server for the event: its writes. */
const writes: Readonly<Record<"okta" | "entra", Readonly<Record<string, readonly string[]>>>> = {
  okta: {
    joiner: ["POST /Users"],
    leaver: ["PUT /Users"],
    returner: ["POST /Users"],
    mover: ["PUT /Groups", "PUT /Groups"],
    "update-user": ["PUT /Users"],
    "rename-user": ["PUT /Users"],
    unassign: ["PUT /Users"],
    "add-member": ["PUT /Groups"],
    "remove-member": ["PUT /Groups"],
    "rename-group": ["PUT /Groups"],
    "push-group": ["POST /Groups", "PUT /Groups"],
    "push-now": ["PUT /Groups"],
    "unpush-group": [],
    "unpush-and-delete-group": ["DELETE /Groups"],
  },
  entra: {
    joiner: ["POST /Users"],
    leaver: ["PATCH /Users"],
    returner: ["POST /Users"],
    mover: ["PATCH /Groups", "PATCH /Groups"],
    "update-user": ["PATCH /Users"],
    "rename-user": ["PATCH /Users"],
    unassign: ["PATCH /Users"],
    "add-member": ["PATCH /Groups"],
    "remove-member": ["PATCH /Groups"],
    "rename-group": ["PATCH /Groups"],
    "block-user": ["PATCH /Users"],
    "purge-user": ["DELETE /Users"],
    "assign-group": ["POST /Groups", "PATCH /Groups"],
    "unassign-group": ["DELETE /Groups"],
    "delete-group": ["DELETE /Groups"],
    "provision-on-demand": [],
  },
};

const every = (["okta", "entra"] as const).flatMap((idp) =>
  Object.keys(eventTables[idp]).map((event) => [idp, event] as const),
);

test.each(every)(
  "%s %s: the event is sent alone, behind what the provider has to know first",
  async (idp, event) => {
    const { status, stdout } = await runCommand(["trigger", idp, event, "--json"]);
    const result = shown(stdout);
    const ofEvent = sentFor(result, "event").filter((line) => !line.startsWith("GET"));
    expect({ status, sent: ofEvent }).toEqual({ status: 0, sent: writes[idp][event] });
    expect(sentFor(result, "before").length).toBeGreaterThan(0);
  },
);

describe("at a server that holds the user", () => {
  test.each(["okta", "entra"] as const)(
    "%s: links the account, deactivates it, and changes nothing else",
    async (idp) => {
      const astro = await startWatchedAstro({ fixture: holding });
      const { status } = await runCommand([
        "trigger",
        idp,
        "leaver",
        "--user",
        "ADA@example.com",
        ...astro.target,
      ]);
      expect(status).toBe(0);
      expect(await astro.state()).toEqual({
        users: ["grace@example.com"],
        teams: { data: ["grace@example.com"] },
      });
      const { body } = await astro.behind.get(`/Users?filter=${adaFilter}`);
      expect(body).toMatchObject({
        Resources: [{ active: false, displayName: "The Countess", name: { givenName: "Augusta" } }],
      });
    },
  );

  test("--set is what changes", async () => {
    const astro = await startWatchedAstro({ fixture: holding });
    const words = ["--user", "ada@example.com", "--set", "displayName=Ada King"];
    await runCommand(["trigger", "okta", "update-user", ...words, ...astro.target]);
    const { body } = await astro.behind.get(`/Users?filter=${adaFilter}`);
    expect(body).toMatchObject({ Resources: [{ displayName: "Ada King", name: { givenName: "Augusta" } }] });
  });

  test("--cleanup deletes what was created, and nothing that was there", async () => {
    const astro = await startWatchedAstro({ fixture: holding });
    const { status } = await runCommand([
      "trigger",
      "okta",
      "joiner",
      "--group",
      "new-team",
      "--cleanup",
      ...astro.target,
    ]);
    expect(status).toBe(0);
    expect(await astro.state()).toEqual({
      users: ["ada@example.com", "grace@example.com"],
      teams: { data: ["grace@example.com"] },
    });
  });

  test("--cleanup of a single user counts one", async () => {
    const astro = await startWatchedAstro({ fixture: holding });
    const { stderr } = await runCommand(["trigger", "okta", "joiner", "--cleanup", ...astro.target]);
    expect(stderr).toContain("Cleaned up: 1 user or Team that this run created was deleted.\n");
  });
});

describe("the text", () => {
  test("shows the requests of the provider, those before the event apart, and how it ended", async () => {
    const { stdout } = await runCommand(["trigger", "okta", "leaver"]);
    const [before = "", event = ""] = stdout.split("Day 0  Event: leaver\n");
    expect(before).toMatch(
      /^Day 0 {2}Before the event: Okta links what is there and creates what is missing\n/,
    );
    expect(before).toContain("POST /Users  201");
    expect(event).toMatch(/ {2}PUT \/Users\/\w+ {2}200/);
    expect(event).toContain("Okta sent 2 requests for the event leaver (ada.lovelace@example.com).");
    expect(stdout).not.toContain(">");
  });

  test("--bodies shows bodies, and no token", async () => {
    const astro = await startWatchedAstro({ fixture: holding, token: "a-token-that-is-secret" });
    const { stdout, stderr } = await runCommand(["trigger", "okta", "joiner", "--bodies", ...astro.target]);
    expect(stdout).toContain('    >   "userName": "ada.lovelace@example.com",');
    expect(stdout + stderr).not.toContain("a-token-that-is-secret");
  });

  test("an event for which nothing is sent says so", async () => {
    const { status, stdout } = await runCommand(["trigger", "okta", "unpush-group"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Okta sends nothing for the event unpush-group");
  });
});

describe("what fails", () => {
  test.each([
    // Whether the provider does not get to know the user, or what the event causes is refused.
    ["okta", "PUT", "grace@example.com"],
    ["okta", "POST", "new@example.com"],
    ["entra", "PATCH", "grace@example.com"],
    ["entra", "POST", "new@example.com"],
  ] as const)(
    "%s, %s is refused: status 1, whatever becomes of it afterwards",
    async (idp, refused, user) => {
      const astro = await startWatchedAstro({
        fixture: holding,
        before: ({ method }) => (method === refused ? 500 : undefined),
      });
      const words = ["trigger", idp, "leaver", "--user", user, ...astro.target];
      const { status, stdout } = await runCommand(words);
      expect(status).toBe(1);
      expect(stdout).toContain(`The event leaver (${user}) failed`);
      expect(stdout).toContain(`✗ user ${user}`);
      const asJson = await runCommand([...words, "--json"]);
      expect(asJson.status).toBe(1);
      expect(JSON.parse(asJson.stdout)).toMatchObject({
        schemaVersion: 1,
        status: "failed",
        event: "leaver",
        user,
      });
    },
  );

  test("a token that is refused: status 4, and nothing is written", async () => {
    const astro = await startWatchedAstro({ fixture: holding });
    const { status } = await runCommand([
      "trigger",
      "entra",
      "leaver",
      "--url",
      astro.url,
      "--token",
      "wrong",
    ]);
    expect(status).toBe(4);
    expect(astro.writes()).toEqual([]);
  });
});

describe("a server that is not on this machine", () => {
  const remote = ["--url", "https://scim.example.com/scim/v2", "--token", "t"];

  test("is refused without --allow-remote, and asked about with it", async () => {
    const refused = await runCommand(["trigger", "okta", "leaver", ...remote]);
    expect(refused.status).toBe(5);
    expect(refused.stderr).toContain("scim.example.com");
    const asked = await runCommand(["trigger", "okta", "leaver", ...remote, "--allow-remote"]);
    expect(asked.status).toBe(5);
    expect(asked.stderr).toContain("Confirmation is required when not on a terminal");
  });

  test("a profile that is readOnly is refused, also on this machine; nothing is sent", async () => {
    const astro = await startWatchedAstro({ fixture: holding });
    const cwd = await tempFolder({
      "astro-scim.yaml": `profiles:\n  local:\n    url: ${astro.url}\n    readOnly: true\n`,
    });
    const words = [
      "trigger",
      "okta",
      "leaver",
      "--profile",
      "local",
      "--token",
      astro.token,
      "--trust-config",
    ];
    const { status, stderr } = await runCommand(words, { cwd });
    expect(status).toBe(5);
    expect(stderr).toContain("readOnly");
    expect(astro.requests).toEqual([]);
  });
});

describe("wrong usage ends with 64 before anything is sent", () => {
  test.each([
    [["okta", "levaer"], "leaver"],
    [["okta", "purge-user"], "Allowed choices"],
    [["okta", "leaver", "--user", "ada"], "--user is not an e-mail address"],
    [["okta", "leaver", "--to", "x"], "--to cannot be used with the event leaver"],
    [["okta", "leaver", "--set", "title=x"], "--set cannot be used with the event leaver"],
    [["entra", "update-user", "--group", "x"], "--group cannot be used"],
    [["okta", "update-user", "--set", "title"], "--set takes NAME=VALUE"],
    [["okta", "update-user", "--set", "email=x@example.com"], "rename-user"],
    [["okta", "rename-user", "--to", "nobody"], "--to is not an e-mail address"],
    [["okta", "mover", "--group", "a", "--to", "A"], "--to must be another group than a."],
  ])("%j", async (words, said) => {
    const { status, stderr } = await runCommand(["trigger", ...words]);
    expect(status).toBe(64);
    expect(stderr).toContain(said);
  });
});

describe("a hint says what to write", () => {
  test.each([
    [["okta", "joinr"], /\(Did you mean joiner\?\)/],
    [["okta", "joiner", "--user", "Zed Zulu <zed@example.org>"], /^Write --user zed@example\.org;/m],
    [["aws"], /okta.*entra/],
  ])("%j", async (words, said) => {
    const { status, stderr } = await runCommand(["trigger", ...words]);
    expect({ status, stderr }).toEqual({ status: 64, stderr: expect.stringMatching(said) });
  });
});
