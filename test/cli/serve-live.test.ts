/** `serve` at a terminal: a live list of real requests, and what its keys do to the server. */

import { describe, expect, test } from "vitest";
import { startLiveServing, type LiveServing } from "../support/live-serving.ts";
import { liveTerminal } from "../support/live-terminal.ts";
import { runCommand } from "../support/run-command.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { tempFolder } from "../support/temp-folder.ts";

const escape = "\u001B";
const ctrlC = "\u0003";

const anySequence = new RegExp(String.raw`[\u001B\u009B][^A-Za-z]*[A-Za-z]`, "g");
const ourSequence = new RegExp(String.raw`^\u001B\[(?:\d+;1H|2K|\?(?:1049|25|7|2026)[hl])$`);

const linesWith = ({ terminal }: LiveServing, text: string): number =>
  terminal.screen().filter((line) => line.includes(text)).length;

describe("the terminal", () => {
  test.each<readonly [how: string, end: (serving: LiveServing) => void]>([
    ["q", ({ terminal }) => terminal.press("q")],
    ["Ctrl-C", ({ terminal }) => terminal.press(ctrlC)],
    ["SIGTERM", ({ terminal }) => terminal.interrupt()],
    ["a keyboard that is gone", ({ terminal }) => terminal.closeKeyboard()],
    ["a screen that is gone", ({ terminal }) => terminal.closeOutput()],
  ])("is taken, and given back after %s: exit status 0", async (_how, end) => {
    const serving = await startLiveServing();
    const { terminal } = serving;
    expect(terminal.modes()).toEqual({ raw: true, alternate: true, cursorHidden: true, noWrap: true });
    end(serving);
    expect(await serving.status).toBe(0);
    expect(terminal.modes()).toEqual({ raw: false, alternate: false, cursorHidden: false, noWrap: false });
    await expect(serving.client.get("/Users")).rejects.toThrow("ECONNREFUSED");
  });

  test("is given back when the process ends by an error", async () => {
    const { terminal } = await startLiveServing();
    terminal.exit();
    expect(terminal.modes()).toMatchObject({ alternate: false, cursorHidden: false, noWrap: false });
  });

  test("the URL and the token stand on the screen of the shell, too", async () => {
    const { terminal, url } = await startLiveServing();
    expect(terminal.stdoutText()).toContain(`  SCIM URL       ${url}\n`);
  });

  test("the token stands there as a line for the shell, unless it was given", async () => {
    const { terminal, token } = await startLiveServing();
    expect(terminal.stdoutText()).not.toContain("export ASTRO_SCIM_TOKEN");
    expect(terminal.stdoutText()).not.toContain(token);
    const other = liveTerminal({ env: { TERM: "xterm", NO_COLOR: "1" } });
    const running = runCommand(["serve", "--port", "0"], { io: other });
    await other.shows("Local Astro");
    const shown = other.stdoutText();
    const made = /API token +(\S+)\n/.exec(shown)?.[1] ?? "";
    expect(made).not.toBe("");
    expect(shown).toContain(`\n\nexport ASTRO_SCIM_TOKEN=${made}\n`);
    other.interrupt();
    expect((await running).status).toBe(0);
  });

  test("i shows the emulated provider, its credentials and what to paste", async () => {
    const folder = await tempFolder({ "company.yaml": "idp: okta\nusers: []\n" });
    const { clock, timers } = systemWorld();
    const io = Object.assign(liveTerminal({ cwd: folder, rows: 60 }), { clock, timers });
    const running = runCommand(["serve", "company.yaml", "--with", "okta", "--port", "0"], { io });
    await io.shows("Waiting for requests");
    io.press("i");
    await io.shows("An emulated Okta");
    const screen = io.screen().join("\n");
    io.interrupt();
    expect((await running).status).toBe(0);
    expect(screen).toContain("export OKTA_CLIENT_TOKEN=00");
    expect(screen).toContain("astro-scim diff --from okta --okta-url http://127.0.0.1:");
  });

  test("what the server says on standard error waits until the list is closed", async () => {
    const { terminal, status } = await startLiveServing();
    terminal.interrupt();
    await status;
    expect(terminal.stderrText()).toContain("Stopping after what is in flight");
  });

  test("a wide one shows more, a small one less, and neither breaks", async () => {
    const { terminal, client } = await startLiveServing();
    await client.get(`/Users?filter=${encodeURIComponent('userName eq "ada.lovelace@example.com"')}`);
    await terminal.shows(/userName eq "ada[^"]*… 200/);
    terminal.resize(140, 40);
    await terminal.shows('eq "ada.lovelace@example.com"');
    expect(terminal.screen()).toHaveLength(40);
    terminal.resize(20, 3);
    await terminal.shows(/^Local Astro\n.*\n1 request +\? keys$/);
  });
});

describe("without the list: plain lines", () => {
  test.each<readonly [string, readonly string[], Readonly<Record<string, string>>]>([
    ["--plain", ["--plain"], {}],
    ["TERM=dumb", [], { TERM: "dumb" }],
    ["CI", [], { CI: "true" }],
  ])("%s", async (_what, words, env) => {
    const terminal = liveTerminal({ env: { TERM: "xterm", NO_COLOR: "1", ...env } });
    const argv = ["serve", "--port", "0", "--token", "t", ...words];
    const running = runCommand(argv, { io: terminal });
    await terminal.shows("API token");
    const url = /SCIM URL +(\S+)/.exec(terminal.stdoutText())?.[1] ?? "";
    await fetch(`${url}/Users`, { headers: { authorization: "Bearer t" } });
    await terminal.shows(/\d\d:\d\d:\d\d {2}GET {4}\/Users {2}200 {2}\d+ ms\n/);
    expect(terminal.stdoutText()).not.toContain(escape);
    expect(terminal.modes().raw).toBe(false);
    terminal.interrupt();
    expect((await running).status).toBe(0);
  });
});

test("each request is a line, as it comes", async () => {
  const serving = await startLiveServing();
  const { terminal, client } = serving;
  await client.post("/Users", { userName: "ada@example.com" });
  await client.get("/Users/unknown");
  await terminal.shows("2 requests, 1 failed");
  expect(terminal.screen()[2]).toMatch(/^ {2}\d\d:\d\d:\d\d {2}POST {4}\/Users {30,40}201 +\d+ ms/);
  expect(terminal.screen()[3]).toMatch(/^> \d\d:\d\d:\d\d {2}GET {5}\/Users\/unknown .*404 +\d+ ms/);
});

test("escape sequences of a client are text", async () => {
  const { terminal, url, token } = await startLiveServing([], { columns: 140 });
  const text = encodeURIComponent("\u001B[2J\u001B]0;title\u0007日本語");
  const userAgent = "evil\u009B31m";
  await fetch(`${url}/Users?filter=${text}`, {
    headers: { authorization: `Bearer ${token}`, "user-agent": userAgent },
  });
  await terminal.shows(String.raw`/Users?filter=\u{1b}[2J\u{1b}]0;title\u{7}日本語`);
  terminal.press("\r");
  await terminal.shows("Request GET");
  const sequences = terminal.stdoutText().match(anySequence) ?? [];
  expect(sequences.filter((sequence) => !ourSequence.test(sequence))).toEqual([]);
});

describe("the selected request", () => {
  test("is shown with headers and bodies, without the token and the password", async () => {
    const { terminal, client, token } = await startLiveServing([], { rows: 60 });
    await client.post("/Users", { userName: "ada@example.com", password: "hunter2-secret" });
    await terminal.shows("1 request");
    terminal.press("\r");
    await terminal.shows("Answer 201");
    const shown = terminal.screen().join("\n");
    expect(shown).toContain('    >   "userName": "ada@example.com",\n    >   "password": "[redacted]"\n');
    expect(shown).toContain("    > authorization: [redacted]\n");
    expect(terminal.stdoutText()).not.toContain(token);
    expect(terminal.stdoutText()).not.toContain("hunter2-secret");
    terminal.press(escape);
    await terminal.shows("Local Astro");
  });

  test("is sent again with the token of the server, as a new line that says so", async () => {
    const serving = await startLiveServing();
    const { terminal, url } = serving;
    const answer = await fetch(`${url}/Users?count=1`, {
      method: "GET",
      headers: { authorization: "Bearer wrong", "user-agent": "Okta SCIM Client 1.0.0" },
    });
    expect(answer.status).toBe(401);
    await terminal.shows("1 request, 1 failed");
    terminal.press("r");
    await terminal.shows("Sent again: GET /Users?count=1");
    await terminal.shows(/> .*GET {5}\/Users\?count=1 +200 +\d+ ms {2}resent\n/);
    // Selected, it can be sent again in turn.
    terminal.press("r");
    await terminal.shows(/resent\n.*resent\n/);
    expect(linesWith(serving, "resent")).toBe(2);
  });

  test("is sent again with its body", async () => {
    const { terminal, client } = await startLiveServing();
    await client.post("/Users", { userName: "ada@example.com", password: "hunter2" });
    await terminal.shows("1 request");
    terminal.press("r");
    await terminal.shows(/POST +\/Users .*409/);
    const { body } = await client.get("/Users");
    expect(body).toMatchObject({ totalResults: 1 });
  });

  test("nobody else can mark a request as sent again", async () => {
    const serving = await startLiveServing();
    await fetch(`${serving.url}/Users`, { headers: { "x-astro-scim-resent": "1" } });
    await serving.terminal.shows("1 request");
    expect(linesWith(serving, "resent")).toBe(0);
  });

  test("is printed as curl on the screen of the shell, and any key leads back", async () => {
    const { terminal, client, url, token } = await startLiveServing();
    await client.get("/Users");
    await terminal.shows("1 request");
    terminal.press("c");
    await terminal.shows("Press any key to return to the list.");
    expect(terminal.modes().alternate).toBe(false);
    expect(terminal.stdoutText()).toContain(`curl --globoff --request GET ${url}/Users \\\n`);
    expect(terminal.stdoutText()).toContain('"Authorization: Bearer $ASTRO_SCIM_TOKEN"');
    expect(terminal.stdoutText()).not.toContain(token);
    terminal.press("x");
    await terminal.shows("1 request");
    expect(terminal.modes().alternate).toBe(true);
  });

  test.each([
    ["q", "q"],
    ["Enter", "\r"],
    ["f", "f"],
  ])("%s only leads back from the curl to the list", async (_name, key) => {
    const { terminal, client } = await startLiveServing();
    await client.get("/Users");
    await terminal.shows("1 request");
    terminal.press("c");
    await terminal.shows("Press any key to return to the list.");
    terminal.press(key);
    await terminal.shows(/^Local Astro[^]*\n1 request +Enter show/);
    expect((await client.get("/Users")).status).toBe(200);
    await terminal.shows(/^Local Astro[^]*\n2 requests/);
  });

  test("c in the connection shows what was printed for the shell, to copy it", async () => {
    const { terminal, url } = await startLiveServing();
    terminal.press("i");
    await terminal.shows(/Connection[^]*c show on the normal screen, to copy/);
    terminal.press("c");
    await terminal.shows("Press any key to return to the list.");
    expect(terminal.modes().alternate).toBe(false);
    expect(terminal.stdoutText()).toContain(`SCIM URL       ${url}`);
    terminal.press("x");
    await terminal.shows(/^Connection/);
  });

  test("Ctrl-C after the curl stops the server", async () => {
    const { terminal, client, status } = await startLiveServing();
    await client.get("/Users");
    await terminal.shows("1 request");
    terminal.press("c");
    await terminal.shows("Press any key to return to the list.");
    terminal.press(ctrlC);
    expect(await status).toBe(0);
    expect(terminal.modes()).toEqual({ raw: false, alternate: false, cursorHidden: false, noWrap: false });
  });
});

describe("faults", () => {
  test("one that was declared is switched off and on again", async () => {
    const { terminal, client } = await startLiveServing(["--fault", "status=418"]);
    expect((await client.get("/Users")).status).toBe(418);
    await terminal.shows("fault status=418");
    terminal.press("f");
    await terminal.shows("> [x] status=418");
    terminal.press(" ");
    await terminal.shows("> [ ] status=418");
    expect((await client.get("/Users")).status).toBe(200);
    terminal.press(" ");
    await terminal.shows("> [x] status=418");
    expect((await client.get("/Users")).status).toBe(418);
  });

  test("a usual one is switched on, and the status line says so", async () => {
    const { terminal, client } = await startLiveServing();
    terminal.press("f");
    await terminal.shows("> [ ] status=429,retry-after=2");
    terminal.press("\r");
    await terminal.shows("1 fault on");
    expect((await client.get("/Users")).headers["retry-after"]).toBe("2");
  });

  test("one of the control endpoint appears in the menu", async () => {
    const { terminal, url, token } = await startLiveServing();
    terminal.press("f");
    await terminal.shows("Faults of the SCIM endpoint");
    await fetch(`${new URL(url).origin}/_control/faults`, {
      method: "PUT",
      headers: { authorization: `Bearer ${token}` },
      body: '{"faults":["status=418,path=/Groups"]}',
    });
    await terminal.shows("[x] status=418,path=/Groups");
    expect(terminal.screen().at(-1)).toMatch(/^1 request · 1 fault on /);
  });
});

test("a burst is drawn at a few frames, and every request counts", async () => {
  const { terminal, client } = await startLiveServing();
  const frames = (): number => terminal.stdoutText().split("\u001B[?2026h").length;
  const before = frames();
  for (let batch = 0; batch < 20; batch += 1) {
    await Promise.all(Array.from({ length: 50 }, () => client.get("/Users")));
  }
  await terminal.shows("1,000 requests");
  expect(frames() - before).toBeLessThan(500);
});
