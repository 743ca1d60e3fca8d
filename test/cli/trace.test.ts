/** `--trace FILE`: what it keeps, in which form, and that it is complete however the run ends. */

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { fakeIo } from "../support/fake-io.ts";
import { harComplaints } from "../support/har-complaints.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type Passing } from "../support/watched-astro.ts";
import { ownerOnly } from "../support/owner-only.ts";

const small = shippedFixture("okta-small.yaml");
const drift = shippedFixture("okta-drift.yaml");

interface HarEntry {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly postData?: { readonly text: string };
  };
  readonly response: { readonly status: number };
}

function archiveIn(folder: string, name = "t.har"): readonly HarEntry[] {
  const har = JSON.parse(readFileSync(join(folder, name), "utf8"));
  expect(harComplaints(har)).toEqual([]);
  return har.log.entries;
}

describe("a name that ends in .har is an HTTP Archive (HAR 1.2)", () => {
  test.each<readonly [command: string, file: string, argv: readonly string[]]>([
    ["simulate okta", small, ["simulate", "okta", small]],
    ["diff", drift, ["diff", drift]],
    ["push-group", drift, ["push-group", "--all", "--yes", "--from", drift]],
    ["resync", drift, ["resync", "--all", "--yes", "--from", drift]],
    ["delete", drift, ["delete", "--all", "--yes", "--from", drift]],
  ])("%s: every request with its absolute URL, in the order of the answers", async (_command, file, argv) => {
    const cwd = await tempFolder();
    const astro = await startWatchedAstro({ fixture: readFileSync(file, "utf8") });
    await runCommand([...argv, "--trace", "t.har", ...astro.target], { cwd });
    const sent = archiveIn(cwd).map(({ request }) => `${request.method} ${request.url}`);
    expect(sent.length).toBeGreaterThan(2);
    expect(sent.toSorted()).toEqual(
      astro.requests.map((line) => line.replace(" ", ` ${astro.url}`)).toSorted(),
    );
  });

  test("the flag of Entra's Tenant URL is part of each URL", async () => {
    const cwd = await tempFolder();
    const astro = await startWatchedAstro({ fixture: readFileSync(drift, "utf8") });
    const target = ["--url", `${astro.url}?aadOptscim062020`, "--token", astro.token];
    await runCommand(["diff", drift, "--trace", "t.har", ...target], { cwd });
    for (const { request } of archiveIn(cwd)) expect(request.url).toContain("?aadOptscim062020&");
  });

  test("tokens and passwords are in none of it, and its owner alone can read it", async () => {
    const cwd = await tempFolder();
    const astro = await startWatchedAstro({ fixture: readFileSync(small, "utf8") });
    await runCommand(["simulate", "okta", small, "--trace", "t.HAR", ...astro.target], { cwd });
    const text = readFileSync(join(cwd, "t.HAR"), "utf8");
    expect(text).toContain(String.raw`\"password\":\"[redacted]\"`);
    expect(text).not.toContain(astro.token);
    for (const body of astro.writtenBodies) {
      const { password = "no such password" } = JSON.parse(body === "" ? "{}" : body);
      expect(text).not.toContain(password);
    }
    expect(statSync(join(cwd, "t.HAR")).mode & 0o777).toBe(ownerOnly);
  });

  test("what is no regular file cannot be an archive, and nothing is contacted", async () => {
    const cwd = await tempFolder({ "t.har/file": "" });
    const { status, stderr } = await runCommand(["diff", drift, "--trace", "t.har"], { cwd });
    expect(stderr).toMatch(/^Error: The trace t\.har cannot be written: it is a folder\.$/m);
    expect(status).toBe(64);
  });
});

describe("however the run ends, the file is complete", () => {
  const isPost = ({ method }: Passing): boolean => method === "POST";
  const runs: readonly (readonly [how: string, does: "interrupt" | "cut" | 401, status: number])[] = [
    ["interrupted", "interrupt", 130],
    ["connections cut", "cut", 1],
    ["credentials refused", 401, 4],
  ];
  const files = ["t.har", "t.ndjson"] as const;
  test.each(runs.flatMap(([how, does, status]) => files.map((file) => [how, file, does, status] as const)))(
    "%s: %s",
    async (_how, file, does, status) => {
      const cwd = await tempFolder();
      const io = fakeIo({ cwd });
      const astro = await startWatchedAstro({
        fixture: readFileSync(small, "utf8"),
        before: (passing) => {
          if (does === 401) return 401;
          if (!isPost(passing)) return undefined;
          if (does === "cut") return "cut";
          io.interrupt();
          return undefined;
        },
      });
      const argv = ["simulate", "okta", small, "--trace", file, ...astro.target];
      expect((await runCommand(argv, { io })).status).toBe(status);
      const requests = file.endsWith("har")
        ? archiveIn(cwd).map(({ request }) => request.method)
        : readFileSync(join(cwd, file), "utf8")
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line).request.method);
      expect(requests).toEqual(astro.requests.map((line) => line.split(" ")[0]));
    },
  );

  test("nobody there: an archive of the requests that were not answered", async () => {
    const cwd = await tempFolder();
    const argv = ["diff", drift, "--trace", "t.har", "--url", "http://127.0.0.1:1/scim", "--token", "x"];
    expect((await runCommand(argv, { cwd })).status).toBe(3);
    expect(archiveIn(cwd).map(({ response }) => response.status)).toContain(0);
  });

  test("ended before anything was sent: an archive without entries", async () => {
    const cwd = await tempFolder();
    const argv = ["diff", drift, "--trace", "t.har", "--ca", "none.pem"];
    const target = ["--url", "https://127.0.0.1:1/scim", "--token", "x"];
    expect((await runCommand([...argv, ...target], { cwd })).status).toBe(64);
    expect(archiveIn(cwd)).toEqual([]);
  });
});
