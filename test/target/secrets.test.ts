/** Sends a known token down every path that ends in an error, a note or a trace, and looks for it in what comes out. */

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";

import { afterEach, describe, expect, test } from "vitest";

import { failureText } from "../../src/report/error/text.ts";
import { resolveTarget } from "../../src/target/resolve-target.ts";
import type { TargetFlags } from "../../src/target/resolve-target.ts";
import { withObserver } from "../../src/http/observe.ts";
import { createSender } from "../../src/http/send.ts";
import type { SenderOptions } from "../../src/http/send.ts";
import type { WireRequest } from "../../src/wire/exchange.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { organizationToken } from "../support/astro-token.ts";
import { fakeIo } from "../support/fake-io.ts";
import { longEnoughMs } from "../support/long-enough.ts";
import { startHttp, startHttps, unusedPort } from "../support/loopback-server.ts";
import { tempFolder } from "../support/temp-folder.ts";

const org = "clmaxoarx000008l2c5ayb9pt";
const token = organizationToken(org);
const expired = organizationToken(org, { exp: 1 });
const pem = (name: string) => readFileSync(new URL(`../support/tls/${name}`, import.meta.url), "utf8");

/** Pieces of a token that are enough to recognize it by. */
const pieces = [...token.split("."), ...expired.split(".")];

/** An error, an answer or a trace as it could be shown at its most talkative. */
function everythingOf(outcome: unknown): string {
  return [
    inspect(outcome, { depth: 10 }),
    JSON.stringify(outcome),
    failureText(outcome, { verbose: true, version: "0" }),
  ].join("\n");
}

function expectNoToken(outcome: unknown) {
  const shown = everythingOf(outcome);
  for (const piece of pieces) expect(shown).not.toContain(piece);
}

describe("errors on the way to a target", () => {
  const refused: readonly [
    string,
    TargetFlags,
    Readonly<Record<string, string>>?,
    Readonly<Record<string, string>>?,
  ][] = [
    ["a token with a line break", { org, token: `${token}\n${token}` }],
    [
      "a token with a blank, in a file",
      { org, tokenFile: "token.txt" },
      {},
      { "token.txt": `${token} ${token}` },
    ],
    ["a token with a control character, in a variable", { org }, { ASTRO_SCIM_TOKEN: `${token}\u0007` }],
    ["a token that has expired", { org, token: expired }],
    ["the token in place of the file's name", { org, tokenFile: token }],
    ["the token in place of the URL", { url: token }],
    ["the token in place of the organization", { org: token }],
    ["the token in place of the domain", { org, domain: token }],
    ["the token as the URL's password", { url: `https://user:${token}@h.example/` }],
    ["the token in the URL's query", { url: `https://h.example/?token=${token}` }],
    ["the token in the URL's fragment", { url: `https://h.example/#${token}` }],
    ["the token in the URL's path, over plain HTTP", { url: `http://h.example/${token}` }],
    ["the token twice", { org, token, tokenFile: "x" }],
    ["the token for writing without a target", { token }],
    [
      "the token in a profile",
      { profile: "p" },
      {},
      { "astro-scim.yaml": `profiles:\n  p:\n    org: o\n    token: ${token}` },
    ],
    [
      "the token in place of a variable's name",
      { profile: "p" },
      {},
      { "astro-scim.yaml": `profiles:\n  p:\n    org: o\n    tokenEnv: ${token}` },
    ],
    ["ASTRO_API_TOKEN for another server", { url: "https://h.example" }, { ASTRO_API_TOKEN: token }],
    [
      "the login for another server",
      { url: "https://h.example" },
      {},
      {
        "home/.astro/config.yaml": `context: astronomer.io\ncontexts: {astronomer_io: {token: Bearer ${token}}}`,
      },
    ],
    [
      "the login in a damaged file",
      { org },
      {},
      { "home/.astro/config.yaml": `context: [\ntoken: ${token}` },
    ],
  ];

  test.each(refused)("%s", async (_how, flags, env = {}, files = {}) => {
    const cwd = await tempFolder(files);
    const io = fakeIo({ cwd, env: { HOME: join(cwd, "home"), ...env } });
    const outcome = await resolveTarget(flags, { io, intent: "write", withoutTarget: "in-process" }).catch(
      (error: unknown) => error,
    );
    expect(outcome).toBeInstanceOf(Error);
    expectNoToken(outcome);
  });

  test.each<readonly [form: string, token: string]>([
    ["a JWT", organizationToken(org)],
    ["Astro's form, cut off", organizationToken(org).slice(0, 60)],
    ["Base64", "q8Zf3+VtYk/0aB5nR2xLw7CjHs1dGm9uTePoIiQyXzE="],
    ["Base64 for URLs", "q8Zf3-VtYk_0aB5nR2xLw7CjHs1dGm9uTePoIiQyXzE"],
    ["hexadecimal", "0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778"],
    ["RFC 8959", "secret-token:E92FB7EB-D88F-47A4-A265-D0B6135DC29C%20foo"],
    ["40 characters", "glpat0123456789abcdefABCDEF0123456789abcd"],
    ["with dots", "hvs.CAESIJ1234567890abcdefghijk.01.1a2b3c4d"],
    ["words", "watched-astro-token"],
    ["beginning with a slash", "/q8Zf3VtYk0aB5nR2xLw7CjHs1dGm9uTePoIiQyXzE"],
    ["longer than a name may be", "Ab3".repeat(400)],
  ])("%s in place of the file's name", async (_form, opaque) => {
    const io = fakeIo({ cwd: await tempFolder() });
    const outcome = await resolveTarget(
      { url: "http://127.0.0.1:1/scim/v2/o", tokenFile: opaque },
      { io, intent: "read", withoutTarget: "in-process" },
    ).catch((error: unknown) => error);
    expect(outcome).toMatchObject({ name: "AppError", message: expect.stringContaining("--token-file") });
    expect(everythingOf(outcome)).not.toContain(opaque);
    expect(io.secrets.without(`open '${opaque}'`)).toBe("open '[redacted]'");
  });

  test.each(["token.txt", "secrets/token.txt", "there/token", "there"])(
    "the name of a file: %s",
    async (name) => {
      const cwd = await tempFolder();
      mkdirSync(join(cwd, "there"));
      const outcome = await resolveTarget(
        { url: "http://127.0.0.1:1/scim/v2/o", tokenFile: name },
        { io: fakeIo({ cwd }), intent: "read", withoutTarget: "in-process" },
      ).catch((error: unknown) => error);
      expect(outcome).toHaveProperty(
        "message",
        expect.stringContaining(`The token file ${name} can't be read`),
      );
    },
  );

  test("tokens that are passed over", async () => {
    const io = fakeIo({ env: { ASTRO_API_TOKEN: token } });
    await resolveTarget(
      { url: "https://h.example" },
      { io, intent: "read", withoutTarget: "in-process" },
    ).catch((error: unknown) => error);
    expect(io.secrets.without(`a ${token}`)).toBe("a [redacted]");
  });

  test("the notes of a target that was found", async () => {
    const io = fakeIo({ env: { ASTRO_SCIM_TOKEN: `Bearer ${expired}` } });
    const target = await resolveTarget(
      { url: "http://127.0.0.1:1/scim/v2/o" },
      { io, intent: "write", withoutTarget: "in-process" },
    );
    expect(target).toHaveProperty("notes", expect.arrayContaining([expect.stringContaining("expired")]));
    expectNoToken("notes" in target ? target.notes : undefined);
  });
});

describe("answers of the network", () => {
  const read: WireRequest = { method: "GET", path: "/Users", headers: {} };
  const open: { close(): Promise<void> }[] = [];

  afterEach(async () => {
    for (const each of open.splice(0).toReversed()) await each.close();
  });

  function senderTo(baseUrl: string, options: Partial<SenderOptions> = {}) {
    const sender = createSender({
      baseUrl,
      token,
      timeoutMs: longEnoughMs,
      timers: systemWorld().timers,
      connections: 1,
      signal: new AbortController().signal,
      ...options,
    });
    open.push(sender);
    return sender.send;
  }

  test.each<[string, () => Promise<string>, Partial<SenderOptions>?]>([
    ["refused", async () => `http://127.0.0.1:${await unusedPort()}`],
    [
      "reset",
      async () => {
        const server = await startHttp((request) => request.socket.destroy());
        open.push(server);
        return server.url;
      },
    ],
    [
      "timeout",
      async () => {
        const server = await startHttp(() => {});
        open.push(server);
        return server.url;
      },
      { timeoutMs: 100 },
    ],
    [
      "tls",
      async () => {
        const server = await startHttps({ key: pem("server.key"), cert: pem("server.pem") }, () => {});
        open.push(server);
        return server.url;
      },
    ],
    ["aborted", async () => "http://127.0.0.1:1", { signal: AbortSignal.abort() }],
  ])("%s", async (reason, start, options) => {
    const answer = await senderTo(await start(), options)(read);
    expect(answer).toMatchObject({ kind: "no-response", reason });
    expectNoToken(answer);
  });

  test("a token that can't stand in a header", async () => {
    const outcome = await senderTo("http://127.0.0.1:1", { token: `${token}\n` })(read).catch(
      (error: unknown) => error,
    );
    expect(outcome).toBeInstanceOf(Error);
    expectNoToken(outcome);
  });

  test("plain HTTP to another machine", () => {
    let outcome: unknown;
    try {
      senderTo("http://h.example");
    } catch (error) {
      outcome = error;
    }
    expect(outcome).toBeInstanceOf(Error);
    expectNoToken(outcome);
  });

  test.each([
    ["text", (text: string) => text],
    ["JSON", (text: string) => JSON.stringify({ detail: text })],
  ])("the trace of a server that sends the token back as %s", async (_form, form) => {
    const server = await startHttp((request, response) => {
      const echo = request.headers.authorization ?? "";
      response.writeHead(401, { "www-authenticate": echo, location: `/login?t=${echo}` }).end(form(echo));
    });
    open.push(server);
    const traced: unknown[] = [];
    const send = withObserver(senderTo(server.url), {
      source: "astro-scim",
      onExchange: (exchange) => traced.push(exchange),
      secrets: [token],
      now: () => new Date(0),
    });
    expect(await send(read)).toMatchObject({ status: 401, text: expect.stringContaining(token) });
    expect(traced).toHaveLength(1);
    expectNoToken(traced);
  });
});
