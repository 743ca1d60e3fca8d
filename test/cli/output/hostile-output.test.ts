/**
 * Every command, in every form of output, against a server, a directory, files and arguments that hold control characters
 * and the token in many spellings: none of it comes out, and what should be JSON is.
 */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { everySpelling } from "../../support/spellings.ts";
import { runCommand, type CommandResult } from "../../support/run-command.ts";
import { fakeIo } from "../../support/fake-io.ts";
import { terminal } from "../../support/terminal.ts";
import { scimClient } from "../../support/scim-client.ts";
import { startHttp } from "../../support/loopback-server.ts";
import { startServing } from "../../support/serving.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { startWatchedAstro } from "../../support/watched-astro.ts";

const token = "T0ken/of+mine.with~dots-and_more=";
const spelt = everySpelling.map(([, spell]) => spell(token));
const inJson = spelt.map((spelling) => JSON.stringify(spelling).slice(1, -1));
/** In small letters: what must be in no output. */
const forbidden = new Set([...spelt, ...inJson].map((spelling) => spelling.toLowerCase()));

/** Whatever a terminal would not print as it is, but for line breaks. */
const unprintable = /(?!\n)[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

/** Pieces of which hostile names are made. */
const pieces = [
  "\u001B[2J",
  "\u001B[95m",
  "\u001B[1A\u001B[2K",
  "\u001B]0;owned\u0007",
  "\u009B31m",
  "\u202Etxt.exe\u2066",
  "\u061C\u2028",
  "\r",
  "\t",
  "\nError: forged",
  "\u007F\u0000\b",
  "x",
  "|*_<b>`",
  '"\\',
  ...spelt,
];
/** No longer than a Team's name may be. */
const hostile = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 })
  .map((some) => some.join(""))
  .filter((name) => name.length < 240);

function expectHarmless({ stdout, stderr }: Pick<CommandResult, "stdout" | "stderr">): void {
  for (const text of [stdout, stderr]) {
    expect(text).not.toMatch(unprintable);
    expect(text).not.toMatch(/^Error: forged/m);
    const lowerCase = text.toLowerCase();
    expect([...forbidden].filter((spelling) => lowerCase.includes(spelling))).toEqual([]);
  }
}

/** Where colours are on, the last filter lets them pass: what is foreign has to be escaped before. */
const colours = fc.constantFrom({ NO_COLOR: "1" }, { CLICOLOR_FORCE: "1" });
const ours = new RegExp(String.raw`\u001B\[(?:1|2|22|3[0-6]|39|90)m`, "g");
const ofTheCursor = new RegExp(String.raw`\u001B\[(?:\d*[GA]|2?K|\?(?:25|2026)[hl])`, "g");

function withoutOurs({ stdout, stderr }: CommandResult): Pick<CommandResult, "stdout" | "stderr"> {
  return { stdout: stdout.replaceAll(ours, ""), stderr: stderr.replaceAll(ours, "") };
}

function expectJson(stdout: string, form: string): void {
  if (form === "json" && stdout !== "") JSON.parse(stdout);
  if (form === "ndjson") for (const line of stdout.trim().split("\n")) if (line !== "") JSON.parse(line);
}

function fixtureWith(idp: "okta" | "entra", name: string): string {
  return JSON.stringify({
    idp,
    organization: "cknaqyipv05731evsry6cj4n0",
    users: [
      { email: "ada@example.com", firstName: "Ada", lastName: `A${name}`, displayName: `Ada ${name}` },
      { email: "grace@example.com", firstName: `G${name}`, lastName: "Hopper" },
    ],
    groups: [
      {
        name: `data ${name}`,
        ...(idp === "okta" ? { push: true } : { assigned: true }),
        members: ["ada@example.com"],
      },
    ],
    astro: {
      users: [
        { email: "eve@example.com", displayName: `E${name}` },
        { email: "ada@example.com", displayName: "Ada" },
      ],
      teams: [{ name: `old ${name}`, members: ["eve@example.com"] }],
    },
    timeline: [
      {
        name: `step ${name}`,
        do: [{ unassign: "ada@example.com" }],
        expect: {
          teams: { [`data ${name}`]: ["ada@example.com", "grace@example.com"] },
          users: { "ada@example.com": { attributes: { displayName: `No ${name}` } } },
        },
      },
    ],
  });
}

const commands: readonly (readonly [words: string, forms: readonly string[]])[] = [
  ["simulate okta okta.yaml", ["text", "json", "ndjson", "junit", "markdown"]],
  ["simulate entra entra.yaml", ["text", "json", "ndjson", "junit", "markdown"]],
  ["diff okta.yaml --at start", ["text", "json"]],
  ["push-group --all --from okta.yaml --yes", ["text", "json"]],
  ["resync --all --from okta.yaml --yes --at start", ["text", "json"]],
  ["delete --all --from okta.yaml --yes", ["text", "json"]],
  ["fixture validate okta.yaml", ["text", "json"]],
];
const cases = commands.flatMap(([words, forms]) => forms.map((form) => [words, form] as const));

/** Servers that repeat the name in what they say, with a success and with a complaint. */
const servers: readonly (readonly [habit: string, status: (number: number) => number | undefined])[] = [
  ["a friendly server", () => undefined],
  ["a server that complains", (number) => (number > 3 ? 409 : undefined)],
  ["a server that refuses", () => 401],
];

describe.each(servers)("%s", (_habit, status) => {
  test.each(cases)("%s -o %s", async (words, form) => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.boolean(), colours, async (name, isVerbose, colour) => {
        const cwd = await tempFolder({
          "okta.yaml": fixtureWith("okta", name),
          "entra.yaml": fixtureWith("entra", name),
        });
        const astro = await startWatchedAstro({
          fixture: fixtureWith("okta", name),
          token,
          complaint: `no ${name}`,
          before: ({ number }) => status(number),
        });
        const isOffline = words.startsWith("fixture");
        const argv = [
          ...words.split(" "),
          ...(form === "text" ? [] : ["-o", form]),
          ...(isVerbose && !isOffline ? ["--verbose"] : []),
          ...(isOffline ? [] : ["--url", astro.url]),
        ];
        const result = await runCommand(argv, { cwd, env: { ASTRO_SCIM_TOKEN: token, ...colour } });
        expect(result.stdout + result.stderr).not.toBe("");
        expectHarmless(withoutOurs(result));
        expectJson(result.stdout, form);
      }),
      { numRuns: 6 },
    );
  });
});

describe("arguments and files", () => {
  test.each<readonly [words: string, argv: (name: string) => readonly string[]]>([
    ["an unknown option", (name) => ["diff", `--x${name}`]],
    ["an unknown option's value", (name) => ["diff", `--x=${name}`]],
    ["a misspelt --token", () => ["diff", `--tokne=${token}`]],
    ["a misspelt --token, before a command", () => ["--tokne", token, "diff"]],
    ["an unknown command", (name) => [`x${name}`]],
    ["an unknown subcommand", (name) => ["simulate", `x${name}`]],
    ["help for an unknown command", (name) => ["help", `x${name}`]],
    ["too many arguments", (name) => ["diff", "a", `b${name}`]],
    ["a wrong number", (name) => ["diff", "--timeout", `x${name}`]],
    ["a wrong choice", (name) => ["diff", "--output", `x${name}`]],
    ["a fixture that is not there", (name) => ["diff", `x${name}`]],
    ["a step that is not there", (name) => ["diff", "own.yaml", "--at", `x${name}`]],
    ["a profile that is not there", (name) => ["diff", "own.yaml", "--profile", `x${name}`]],
    ["an organization", (name) => ["diff", "own.yaml", "--org", `x${name}`]],
    ["a domain", (name) => ["diff", "own.yaml", "--org", "x", "--domain", `x${name}`]],
    ["a URL", (name) => ["diff", "own.yaml", "--url", `http://127.0.0.1:1/${name}`]],
    ["a host", (name) => ["diff", "own.yaml", "--url", `https://${name}/`]],
    [
      "a certificate file",
      (name) => ["diff", "own.yaml", "--url", "http://127.0.0.1:1/x", "--ca", `x${name}`],
    ],
    ["a trace file", (name) => ["diff", "own.yaml", "--trace", `x/y${name}`]],
    ["a state file", (name) => ["diff", "own.yaml", "--state", `x${name}`]],
    ["a recording", (name) => ["replay", `x${name}`]],
    ["a Team", (name) => ["push-group", `x${name}`, "--from", "own.yaml"]],
    ["a user", (name) => ["resync", `x${name}`, "--from", "own.yaml"]],
    ["somebody to delete", (name) => ["delete", `x${name}`, "--from", "own.yaml"]],
    ["a Team to delete", (name) => ["delete", "--team", `x${name}`, "--from", "own.yaml"]],
    ["a behaviour", (name) => ["serve", "--behaviour", `x${name}`]],
    ["a fault", (name) => ["serve", "--fault", `x${name}`]],
    ["an address", (name) => ["serve", "--host", `x${name}`]],
    ["a file to write", (name) => ["fixture", "generate", "--out", `x/${name}`]],
    ["a file to begin", (name) => ["fixture", "new", "--out", `x/${name}`]],
    ["a fixture that is no YAML", () => ["diff", "broken.yaml"]],
    ["a fixture with unknown keys", () => ["diff", "unknown.yaml"]],
    ["a fixture to validate", () => ["fixture", "validate", "broken.yaml", "unknown.yaml"]],
    ["a profile file that is wrong", () => ["diff", "own.yaml", "--profile", "p"]],
  ])("%s", async (_what, argv) => {
    await fc.assert(
      fc.asyncProperty(
        hostile,
        fc.constantFrom([], ["--json"], ["--verbose"]),
        colours,
        async (name, more, colour) => {
          const cwd = await tempFolder({
            "own.yaml": "idp: okta\nusers: [{ email: ada@example.com }]\n",
            "broken.yaml": `idp: okta\nusers: [ ${name}\n`,
            "unknown.yaml": JSON.stringify(
              { idp: "okta", [name]: [name], users: [{ [name]: name }] },
              null,
              2,
            ),
            "astro-scim.yaml": JSON.stringify({ profiles: { p: { org: name, [name]: name } } }, null, 2),
          });
          const env = { ASTRO_SCIM_TOKEN: token, ...colour };
          const result = await runCommand([...argv(name), ...more], { cwd, env });
          expect(result.status).not.toBe(0);
          expectHarmless(withoutOurs(result));
          if (more[0] === "--json") expectJson(result.stdout, "json");
        },
      ),
      { numRuns: 12 },
    );
  });
});

test.each([
  ["simulate okta"],
  ["diff"],
  ["fixture validate"],
  ["resync --all --dry-run --from"],
  ["serve --port 0 --record"],
])("%s: a file that is called so", async (words) => {
  const name = "\u001B[95m\u001B[2J\u202E\nError: forged.yaml";
  const cwd = await tempFolder({ [name]: fixtureWith("okta", "x") });
  const io = fakeIo({ cwd, env: { CLICOLOR_FORCE: "1" } });
  const ended = runCommand([...words.split(" "), name], { io });
  if (words.startsWith("serve")) {
    while (io.stdoutText() === "") await new Promise((resolve) => setImmediate(resolve));
    io.interrupt();
  }
  const result = await ended;
  expect(result.stdout + result.stderr).toContain(
    String.raw`\u{1b}[95m\u{1b}[2J\u{202e}\u{a}Error: forged.yaml`,
  );
  expectHarmless(withoutOurs(result));
});

test.each<readonly [what: string, argv: readonly string[]]>([
  ["steps to choose from", ["diff", "okta.yaml", "--at", "nowhere"]],
  ["servers to choose from", ["replay", "two\nError: forged.har"]],
])("a list of %s has a line for each of them", async (_what, argv) => {
  const entry = (url: string) => ({
    request: { method: "GET", url, headers: [] },
    response: {
      status: 200,
      headers: [],
      content: { text: '{"Resources":[]}', mimeType: "application/scim+json" },
    },
  });
  const cwd = await tempFolder({
    "okta.yaml": fixtureWith("okta", "x\nError: forged"),
    "two\nError: forged.har": JSON.stringify({
      log: { version: "1.2", entries: [entry("https://a/scim/Users"), entry("https://b/scim/Users")] },
    }),
  });
  const result = await runCommand(argv, { cwd });
  expect(result.stderr).toMatch(/^  \S/m);
  expect(result.stderr).toContain(String.raw`\u{a}Error: forged`);
  expectHarmless(result);
});

test("replay: the credentials of the recording, in what a target answers", async () => {
  const recorded = "recorded-credential-1";
  const entry = {
    request: {
      method: "POST",
      url: "https://a/scim/v2/Users",
      headers: [{ name: "Authorization", value: `Bearer ${recorded}` }],
      postData: { text: JSON.stringify({ userName: "ada@example.com" }), mimeType: "application/scim+json" },
    },
    response: { status: 201, headers: [], content: { text: "{}", mimeType: "application/scim+json" } },
  };
  const cwd = await tempFolder({ "one.har": JSON.stringify({ log: { version: "1.2", entries: [entry] } }) });
  const astro = await startWatchedAstro({
    fixture: fixtureWith("okta", "x"),
    complaint: `not ${encodeURIComponent(recorded)} nor ${recorded.toUpperCase()}`,
    before: () => 403,
  });
  const argv = ["replay", "one.har", "--yes", "--allow-remote", ...astro.target];
  const { stdout, stderr } = await runCommand(argv, { cwd });
  expect(stdout + stderr).toContain("not [redacted] nor [redacted]");
});

test("on a terminal: the spinner, the question and the answer", async () => {
  const name = `${pieces.slice(0, 10).join("")}${token}`;
  const cwd = await tempFolder({ "okta.yaml": fixtureWith("okta", name) });
  const astro = await startWatchedAstro({ fixture: fixtureWith("okta", name), token });
  const io = terminal(
    { question: "(y/N)", keys: "y\r" },
    { cwd, env: { ASTRO_SCIM_TOKEN: token, NO_COLOR: "1" } },
  );
  const argv = ["resync", "--all", "--from", "okta.yaml", "--at", "start", "--url", astro.url];
  const { stdout, stderr } = await runCommand(argv, { io });
  const plain = stderr.replaceAll(ofTheCursor, "");
  expect(stderr).toContain("(y/N)");
  expectHarmless(withoutOurs({ status: 0, stdout, stderr: plain }));
});

test("a question is shown to its end, whatever letter the token begins with", async () => {
  for (const letter of "yN)? :") {
    const secret = `${letter.trim() || "x"}-another-token`;
    const cwd = await tempFolder({ "okta.yaml": fixtureWith("okta", "x") });
    const astro = await startWatchedAstro({ fixture: fixtureWith("okta", "x"), token: secret });
    const answering = { question: "(y/N)", keys: "n\r" };
    const io = terminal(answering, { cwd, env: { ASTRO_SCIM_TOKEN: secret } });
    const argv = ["resync", "--all", "--from", "okta.yaml", "--at", "start", "--url", astro.url];
    expect((await runCommand(argv, { io })).stderr).toContain("Not confirmed");
  }
});

test("serve: what it is sent, and what it is called", async () => {
  const name = pieces.join("");
  const { io, url } = await startServing("--port", "0", "--bodies", "--token", token);
  const client = scimClient({ url, token });
  await client.get(`/Users/${encodeURIComponent(name)}`);
  await client.get(`/Users?filter=${encodeURIComponent(`userName eq ${JSON.stringify(name)}`)}`);
  await client.post("/Users", { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: name });
  await fetch(`${url}/${encodeURIComponent(token)}`, { headers: { "user-agent": token } });
  expect(io.stdoutText()).toContain("[redacted]");
  expectHarmless({ stdout: io.stdoutText(), stderr: io.stderrText() });
});

test("serve tells the token that it lets in, as JSON; nothing else does", async () => {
  const { io, token: told } = await startServing("--port", "0", "--json", "--token", token);
  expect(told).toBe(token);
  expect(io.stderrText()).not.toContain(token);
});

test("a page in the place of SCIM that repeats the token in HTML", async () => {
  const page = await startHttp((request, response) => {
    const echo = (request.headers.authorization ?? "").replaceAll("/", "&#x2F;").replaceAll("+", "&plus;");
    response.writeHead(200, { "content-type": "text/html" }).end(`<h1>Welcome ${echo}\u001B[31m</h1>`);
  });
  const cwd = await tempFolder({ "own.yaml": "idp: okta\nusers: [{ email: ada@example.com }]\n" });
  const argv = ["diff", "own.yaml", "--url", `${page.url}/scim/v2/x`, "--verbose"];
  const result = await runCommand(argv, { cwd, env: { ASTRO_SCIM_TOKEN: token } });
  await page.close();
  expect(result.status).toBe(3);
  expectHarmless(result);
});
