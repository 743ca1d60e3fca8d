import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { readAstroCliContext } from "../../src/target/astro-cli-context.ts";
import { fakeIo } from "../support/fake-io.ts";
import { tempFolder } from "../support/temp-folder.ts";

const now = new Date("2026-01-01T12:00:00Z");

/** As the astro CLI writes it (astro-cli, config/context.go). */
const loggedIn = `
context: astronomer.io
contexts:
  astronomer_io:
    domain: astronomer.io
    organization: clmaxoarx000008l2c5ayb9pt
    token: Bearer the-token
    refreshtoken: the-refresh-token
    user_email: jane@example.com
    expiresin: 2026-01-01T13:00:00Z
  astronomer-dev_io:
    domain: cloud.astronomer-dev.io
    token: Bearer dev-token
`;

async function lookup(config: string, env: Record<string, string> = {}) {
  const home = await tempFolder({ ".astro/config.yaml": config });
  return readAstroCliContext(fakeIo({ env: { HOME: home, ...env }, now }));
}

describe("the astro CLI's login", () => {
  test("its current context, without the stored prefix", async () => {
    expect(await lookup(loggedIn)).toEqual({
      context: { domain: "astronomer.io", organizationId: "clmaxoarx000008l2c5ayb9pt", token: "the-token" },
      notes: [],
    });
  });

  test.each([
    [
      "ASTRO_DOMAIN overrides the context",
      loggedIn,
      { ASTRO_DOMAIN: "astronomer-dev.io" },
      { domain: "astronomer-dev.io", token: "dev-token" },
    ],
    [
      "keys in any case",
      loggedIn.replace("token: Bearer the", "Token: bearer the").replace("contexts:", "Contexts:"),
      {},
      { token: "the-token" },
    ],
    [
      "logged out: the prefix alone",
      loggedIn.replace("Bearer the-token", '"Bearer "'),
      {},
      { token: undefined },
    ],
    ["logged out: an empty token", loggedIn.replace("Bearer the-token", '""'), {}, { token: undefined }],
  ])("%s", async (_rule, config, env: Record<string, string>, expected) => {
    expect((await lookup(config, env)).context).toMatchObject(expected);
  });

  test.each([
    ["an unknown context", "context: other.io\ncontexts: {}", { domain: "other.io", token: undefined }],
    ["no context", "contexts: {}", undefined],
    [
      "an Astro on this machine",
      "context: localhost\ncontexts: {localhost: {token: x}}",
      { domain: "localhost", token: "x" },
    ],
    ["an empty file", "", undefined],
    ["something else entirely", "- 1\n- 2", undefined],
  ])("%s", async (_rule, config, expected) => {
    const { context, notes } = await lookup(config);
    expect(notes).toEqual([]);
    expect(context === undefined ? undefined : { domain: context.domain, token: context.token }).toEqual(
      expected,
    );
  });

  test.each([
    ["has passed", "2026-01-01T11:00:00Z", true],
    ["is less than five minutes away", "2026-01-01T12:04:00Z", true],
    ["is further away", "2026-01-01T12:06:00Z", false],
  ])("a login whose end %s", async (_when, end, hasExpired) => {
    const { context, notes } = await lookup(loggedIn.replace("2026-01-01T13:00:00Z", end));
    expect(context?.token).toBe(hasExpired ? undefined : "the-token");
    expect(notes.join()).toBe(
      hasExpired ? "The astro CLI's login has expired: run `astro login` to use it." : "",
    );
  });

  test("ASTRO_HOME moves the file", async () => {
    const elsewhere = await tempFolder({ ".astro/config.yaml": loggedIn.replaceAll("the-token", "moved") });
    expect((await lookup(loggedIn, { ASTRO_HOME: elsewhere })).context?.token).toBe("moved");
  });

  test("no file and no home is nobody logged in", async () => {
    expect(await readAstroCliContext(fakeIo())).toEqual({ context: undefined, notes: [] });
    const home = await tempFolder();
    expect(await readAstroCliContext(fakeIo({ env: { HOME: home } }))).toEqual({
      context: undefined,
      notes: [],
    });
  });

  test.each([
    ["is not YAML", "context: [astronomer.io\ntoken: hunter2", "it is not valid YAML"],
    ["has a key twice", "context: a\ncontext: hunter2", "it is not valid YAML"],
    [
      "has a hundred thousand keys, which the parser compares with each other",
      `${Array.from({ length: 100_000 }, (_, index) => `k${index}: `).join("\n")}\nk0: hunter2`,
      "it is not valid YAML",
    ],
    [
      "expands aliases beyond measure",
      `a: &a [x]\nb: [${"*a,".repeat(50)}]`,
      "its content is not in the astro CLI's format",
    ],
    [
      "names a domain that is none",
      "context: 'a b'\ncontexts: {'a b': {token: hunter2}}",
      "its content is not in the astro CLI's format",
    ],
  ])("a file that %s is said, and fatal to nothing", async (_what, config, problem) => {
    const { context, notes } = await lookup(config);
    expect(context).toBeUndefined();
    expect(notes.join()).toContain(problem);
    expect(notes.join()).not.toContain("hunter2");
  });

  test("the file is never written", async () => {
    const home = await tempFolder({ ".astro/config.yaml": loggedIn });
    await readAstroCliContext(fakeIo({ env: { HOME: home, ASTRO_API_TOKEN: "x" } }));
    expect(await readFile(join(home, ".astro/config.yaml"), "utf8")).toBe(loggedIn);
  });
});
