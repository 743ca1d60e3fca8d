/** Names that would move the cursor, change colours or reorder text are escaped wherever a terminal shows them. */

import { describe, expect, test } from "vitest";
import { fakeIo } from "../support/fake-io.ts";
import { driftShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { scimClient } from "../support/scim-client.ts";
import { startServing } from "../support/serving.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type Passing } from "../support/watched-astro.ts";

/** An escape sequence that clears the screen, a title, a bell, CSI of C1, a right-to-left override, a line separator. */
const hostile = "\u001B[2J\u001B]0;owned\u0007\u009B31m\u202Etxt.exe\u2066\u2028x";
const escaped = "\\u{1b}[2J\\u{1b}]0;owned\\u{7}\\u{9b}31m\\u{202e}txt.exe\\u{2066}\\u{2028}x";

/** Whatever a terminal would not print as it is. */
const unprintable = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
const harmless = (text: string) => text.replaceAll("\n", "");

const fixture = JSON.stringify({
  idp: "okta",
  organization: "cknaqyipv05731evsry6cj4n0",
  users: [{ email: "ada@example.com", firstName: "Ada", lastName: hostile, displayName: `Ada ${hostile}` }],
  groups: [{ name: `data ${hostile}`, push: true, members: ["ada@example.com"] }],
  astro: {
    users: [
      { email: "eve@example.com", displayName: hostile },
      { email: "ada@example.com", displayName: "Ada" },
    ],
    teams: [{ name: `old ${hostile}`, members: ["eve@example.com"], isIdpManaged: true }],
  },
  timeline: [
    {
      name: `step ${hostile}`,
      do: [{ unassign: "ada@example.com" }],
      expect: { teams: { [`data ${hostile}`]: ["ada@example.com"] } },
    },
  ],
});

describe("in the directory and in Astro", () => {
  test.each<readonly [command: string, argv: readonly string[]]>([
    ["simulate okta", ["simulate", "okta", "hostile.yaml", "--verbose"]],
    ["diff", ["diff", "hostile.yaml", "--at", "start", "--verbose"]],
    ["push-group", ["push-group", "--all", "--yes", "--from", "hostile.yaml", "--at", "start", "--verbose"]],
    ["resync", ["resync", "--all", "--yes", "--from", "hostile.yaml", "--at", "start", "--verbose"]],
    ["delete", ["delete", "--team", `old ${hostile}`, "--yes", "--from", "hostile.yaml", "--at", "start"]],
  ])("%s", async (_command, argv) => {
    const cwd = await tempFolder({ "hostile.yaml": fixture });
    const { status, stdout, stderr } = await runCommand(argv, { cwd });
    expect([0, 1, 2]).toContain(status);
    expect(stdout + stderr).toContain(escaped);
    expect(harmless(stdout)).not.toMatch(unprintable);
    expect(harmless(stderr)).not.toMatch(unprintable);
  });

  test("JSON holds names as they are, in JSON's own escapes", async () => {
    const cwd = await tempFolder({ "hostile.yaml": fixture });
    const { stdout } = await runCommand(["diff", "hostile.yaml", "--at", "start", "--json"], { cwd });
    const { changes } = driftShape.parse(JSON.parse(stdout));
    expect(changes.map(({ subject }) => subject.name)).toContain(`old ${hostile}`);
  });
});

test("in what a server answers: its complaint is shown escaped, and on one line", async () => {
  const complaint = `${hostile}\nError: forged`;
  const astro = await startWatchedAstro({ fixture, complaint, before: () => 401 });
  for (const argv of [
    ["simulate", "okta", "hostile.yaml"],
    ["diff", "hostile.yaml"],
  ]) {
    const cwd = await tempFolder({ "hostile.yaml": fixture });
    const { stderr } = await runCommand([...argv, ...astro.target], { cwd });
    expect(stderr).toContain(`${escaped}\\u{a}Error: forged`);
    expect(stderr).not.toMatch(/^Error: forged/m);
    expect(harmless(stderr)).not.toMatch(unprintable);
  }
});

test("in what a server answers to a write: the plan, the outcome and the end of the report", async () => {
  const before = ({ method }: Passing) => (method === "GET" ? undefined : 409);
  const astro = await startWatchedAstro({ fixture, complaint: `${hostile}\nNext: forged`, before });
  const cwd = await tempFolder({ [`${hostile}.yaml`]: fixture });
  const argv = ["resync", "--all", "--yes", "--from", `${hostile}.yaml`, "--at", "start", "--verbose"];
  const { status, stdout, stderr } = await runCommand([...argv, ...astro.target], { cwd });
  expect(stdout).toContain(`failed: 409: ${escaped}\\u{a}Next: forged`);
  expect(harmless(stdout)).not.toMatch(unprintable);
  expect(harmless(stderr)).not.toMatch(unprintable);
  expect(status).toBe(1);
});

test("in names that are given on the command line", async () => {
  const cwd = await tempFolder({ "hostile.yaml": fixture });
  for (const argv of [
    ["resync", hostile],
    ["delete", "--team", `old ${hostile}`],
  ]) {
    const { stdout, stderr } = await runCommand([...argv, "--dry-run", "--from", "hostile.yaml"], { cwd });
    expect(stdout).toContain(escaped);
    expect(harmless(stdout + stderr)).not.toMatch(unprintable);
  }
});

test("in what is sent to serve", async () => {
  const { io, url, token } = await startServing("--port", "0");
  await scimClient({ url, token }).get(`/Users/${encodeURIComponent(hostile)}`);
  expect(io.stdoutText()).toContain(escaped);
  expect(harmless(io.stdoutText())).not.toMatch(unprintable);
});

test("in the line of a file that is shown", async () => {
  const io = fakeIo({ cwd: await tempFolder({ "bad.yaml": "idp: okta\nusers: \u202Eoops\u2066\n" }) });
  const { stderr } = await runCommand(["diff", "bad.yaml"], { io });
  expect(stderr).toContain("users: \\u{202e}oops\\u{2066}");
  expect(harmless(stderr)).not.toMatch(unprintable);
});
