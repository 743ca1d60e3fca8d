/** Whose requests a run has: the provider's, which it rehearses, and those of astro-scim, which looks and cleans up. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { loadFixture } from "../../src/assembly/files/fixture-file.ts";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { harEntry, harFrame, requestedUrl } from "../../src/recording/har.ts";
import { fakeIo } from "../support/fake-io.ts";
import { harComplaints } from "../support/har-complaints.ts";
import { simulationShape, replayShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const fixtures = {
  okta: shippedFixture("okta-small.yaml"),
  entra: shippedFixture("entra-small.yaml"),
} as const;
type Provider = keyof typeof fixtures;
const providers: readonly Provider[] = ["okta", "entra"];

async function astroFor(provider: Provider): Promise<AstroServer> {
  const { astro } = await loadFixture(fakeIo({}), fixtures[provider]);
  const server = await startServer({ seed: astro, keepRequests: 10_000 });
  onTestFinished(() => server.close());
  return server;
}

const at = ({ url, token }: AstroServer): readonly string[] => ["--url", url, "--token", token];

interface Sent {
  readonly source: string | undefined;
  readonly method: string;
  readonly userAgent: string | undefined;
}

const userAgentIn = (headers: Readonly<Record<string, string>>): string | undefined =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === "user-agent")?.[1];

function linesIn(cwd: string, file: string): readonly Sent[] {
  const lines = readFileSync(join(cwd, file), "utf8").trimEnd().split("\n").filter(Boolean);
  return lines.map((line) => {
    const { source, request } = JSON.parse(line);
    return { source, method: request.method, userAgent: userAgentIn(request.headers) };
  });
}

function entriesIn(cwd: string, file: string): readonly Sent[] {
  const har = JSON.parse(readFileSync(join(cwd, file), "utf8"));
  expect(harComplaints(har)).toEqual([]);
  return har.log.entries.map(({ _source: source, request }: { _source: string; request: HarRequest }) => {
    const headers = Object.fromEntries(request.headers.map(({ name, value }) => [name, value]));
    return { source, method: request.method, userAgent: userAgentIn(headers) };
  });
}

interface HarRequest {
  readonly method: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

const isOurs = ({ userAgent }: Pick<Sent, "userAgent">): boolean =>
  userAgent?.startsWith("astro-scim/") === true;

describe.each(providers)("simulate %s", (provider) => {
  const fixture = fixtures[provider];

  test("a trace marks each request with its source, as NDJSON and as an archive", async () => {
    for (const [file, read] of [
      ["t.ndjson", linesIn],
      ["t.har", entriesIn],
    ] as const) {
      const cwd = await tempFolder();
      await runCommand(["simulate", provider, fixture, "--trace", file, "-q"], { cwd });
      const sent = read(cwd, file);
      expect(new Set(sent.map(({ source }) => source))).toEqual(new Set(["provider", "astro-scim"]));
      expect(sent.filter(({ source }) => source === "provider").length).toBeGreaterThan(10);
      // What is ours is told by the header as well.
      for (const one of sent)
        expect([one.source, isOurs(one)]).toEqual([one.source, one.source === "astro-scim"]);
    }
  });

  test("the server receives our User-Agent with our requests, and the provider's, or none, with the provider's", async () => {
    const astro = await astroFor(provider);
    const cwd = await tempFolder();
    await runCommand(["simulate", provider, fixture, "--trace", "t.ndjson", "--cleanup", ...at(astro)], {
      cwd,
    });
    const received = astro.requests().map(({ request }) => userAgentIn(request.headers));
    expect(received).toEqual(linesIn(cwd, "t.ndjson").map(({ userAgent }) => userAgent));
    const others = new Set(received.filter((userAgent) => !isOurs({ userAgent })));
    expect([...others]).toEqual(provider === "okta" ? ["Okta SCIM Client 1.0.0"] : [undefined]);
  });

  test("`requests` counts all that the provider sent, the test of the credentials too, and nothing of ours", async () => {
    const astro = await astroFor(provider);
    const { stdout } = await runCommand(["simulate", provider, fixture, "--json", ...at(astro)]);
    const result = simulationShape.parse(JSON.parse(stdout));
    const received = astro.requests().map(({ request }) => userAgentIn(request.headers));
    expect(result.requests).toBe(received.filter((userAgent) => !isOurs({ userAgent })).length);
    expect(result.credentialsTest.requests).toBeGreaterThan(0);
    const parts = [result.credentialsTest, result.first, ...result.steps];
    expect(parts.reduce((sum, { requests }) => sum + requests, 0)).toBe(result.requests);
    expect(result.schemaVersion).toBe(2);
  });

  test("--verbose marks ours, and nothing of the provider's", async () => {
    const cwd = await tempFolder();
    const argv = ["simulate", provider, fixture, "--verbose", "--trace", "t.ndjson"];
    const { stderr } = await runCommand(argv, { cwd });
    const shown = stderr.split("\n").filter((line) => /^ {2}(?:GET|POST|PUT|PATCH|DELETE) /.test(line));
    expect(shown.map((line) => line.endsWith("  (astro-scim)"))).toEqual(
      linesIn(cwd, "t.ndjson").map(isOurs),
    );
  });

  test.each([
    ["provider", false],
    ["astro-scim", true],
  ] as const)("--trace-only %s", async (source, ours) => {
    const cwd = await tempFolder();
    const argv = ["simulate", provider, fixture, "-q"];
    await runCommand([...argv, "--trace", "all.ndjson"], { cwd });
    await runCommand([...argv, "--trace", "only.ndjson", "--trace-only", source], { cwd });
    await runCommand([...argv, "--trace", "only.har", "--trace-only", source], { cwd });
    const wanted = linesIn(cwd, "all.ndjson").filter((one) => isOurs(one) === ours);
    expect(linesIn(cwd, "only.ndjson")).toEqual(wanted);
    expect(entriesIn(cwd, "only.har")).toEqual(wanted);
  });
});

describe("replay", () => {
  test.each(["t.ndjson", "t.har"])("leaves our reads in %s out, and says how many", async (file) => {
    const cwd = await tempFolder();
    await runCommand(["simulate", "okta", fixtures.okta, "--trace", file, "-q"], { cwd });
    const sent = file === "t.har" ? entriesIn(cwd, file) : linesIn(cwd, file);
    const ours = sent.filter(isOurs).length;
    const astro = await astroFor("okta");
    const { stdout, status } = await runCommand(
      ["replay", file, "--json", "--trace", "r.ndjson", ...at(astro)],
      { cwd },
    );
    const result = replayShape.parse(JSON.parse(stdout));
    expect([status, result.sent]).toEqual([0, sent.length - ours]);
    expect(result.notSent.map(({ reason }) => reason)).toEqual(
      Array.from({ length: ours }, () => "own-read"),
    );
    // What is sent again stands for the provider; what is looked up for it does not.
    const again = linesIn(cwd, "r.ndjson");
    expect(again.filter(({ source }) => source === "provider")).toHaveLength(result.sent);
    expect(again.filter(({ source }) => source === "astro-scim").every(isOurs)).toBe(true);
    const text = await runCommand(["replay", file, ...at(await astroFor("okta"))], { cwd });
    expect(text.stdout).toContain("reads of astro-scim itself");
  });

  test("leaves them out of what a server recorded, too: by our User-Agent", async () => {
    const astro = await astroFor("okta");
    await runCommand(["simulate", "okta", fixtures.okta, ...at(astro)]);
    const { origin } = new URL(astro.url);
    const received = astro.requests();
    const { head, between, tail } = harFrame({ name: "astro-scim", version: "1" });
    const entries = received.map((one) => JSON.stringify(harEntry(one, requestedUrl(one.url, origin))));
    const cwd = await tempFolder({ "served.har": head + entries.join(between) + tail });
    const again = await astroFor("okta");
    const { stdout } = await runCommand(["replay", "served.har", "--json", ...at(again)], { cwd });
    const ours = received.filter(({ request }) => isOurs({ userAgent: userAgentIn(request.headers) }));
    expect(ours.length).toBeGreaterThan(0);
    const result = replayShape.parse(JSON.parse(stdout));
    expect(result.notSent.filter(({ reason }) => reason === "own-read")).toHaveLength(ours.length);
  });

  test("sends our writes: a repair can be replayed", async () => {
    const drift = shippedFixture("okta-drift.yaml");
    const cwd = await tempFolder();
    await runCommand(["resync", "--all", "--yes", "--from", drift, "--trace", "t.ndjson"], { cwd });
    const writes = linesIn(cwd, "t.ndjson").filter(({ method }) => method !== "GET");
    expect(writes.length).toBeGreaterThan(2);
    const { stdout } = await runCommand(["replay", "t.ndjson", "--from", drift, "--json"], { cwd });
    const result = replayShape.parse(JSON.parse(stdout));
    expect(result.sent + result.notSent.filter(({ reason }) => reason === "unknown-id").length).toBe(
      writes.length,
    );
  });

  test("a trace of nothing but our reads has nothing to send", async () => {
    const cwd = await tempFolder();
    await runCommand(["diff", shippedFixture("okta-drift.yaml"), "--trace", "t.ndjson", "-q"], { cwd });
    const { status, stderr } = await runCommand(["replay", "t.ndjson"], { cwd });
    expect(status).toBe(64);
    expect(stderr).toMatch(
      /no SCIM request that can be sent again[^]*reads of astro-scim itself are left out/,
    );
  });

  test("an older trace, which does not tell, is sent as a whole", async () => {
    const cwd = await tempFolder();
    await runCommand(["simulate", "okta", fixtures.okta, "--trace", "t.ndjson", "-q"], { cwd });
    const old = readFileSync(join(cwd, "t.ndjson"), "utf8")
      .replaceAll(/"source":"[a-z-]+",/g, "")
      .replaceAll(/,"User-Agent":"astro-scim[^"]*"/g, "");
    const before = await tempFolder({ "old.ndjson": old });
    const { stdout } = await runCommand(["replay", "old.ndjson", "--json", ...at(await astroFor("okta"))], {
      cwd: before,
    });
    expect(replayShape.parse(JSON.parse(stdout)).notSent).toEqual([]);
  });
});

describe("--trace-only", () => {
  const drift = shippedFixture("okta-drift.yaml");

  test("without --trace is refused, and nothing is contacted", async () => {
    const { status, stderr } = await runCommand(["diff", drift, "--trace-only", "provider"]);
    expect([status, stderr]).toEqual([64, expect.stringMatching(/^Error: --trace-only needs --trace\.$/m)]);
  });

  test("with another name is refused", async () => {
    const { status, stderr } = await runCommand(["diff", drift, "--trace", "t", "--trace-only", "okta"]);
    expect(status).toBe(64);
    expect(stderr).toContain("provider, astro-scim");
  });

  test("that leaves nothing over says so", async () => {
    const cwd = await tempFolder();
    const { status, stderr } = await runCommand(
      ["diff", drift, "--trace", "t.har", "--trace-only", "provider"],
      { cwd },
    );
    expect(stderr).toMatch(
      /^The trace is empty: --trace-only provider left out \d+ requests of other senders\.$/m,
    );
    expect(entriesIn(cwd, "t.har")).toEqual([]);
    expect(status).toBe(2);
  });
});

test("a command without a provider marks nothing: all of it is astro-scim's", async () => {
  const { stderr } = await runCommand(["diff", shippedFixture("okta-drift.yaml"), "--verbose"]);
  expect(stderr).toContain("GET /Users");
  expect(stderr).not.toContain("(astro-scim)");
});
