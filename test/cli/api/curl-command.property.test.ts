/** What `--curl` prints is, for a shell, the request that would have been sent: with the token put in by the shell. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bodyOf, withQuery } from "../../../src/cli/api/fields.ts";
import { curlCommand } from "../../../src/cli/api/curl-command.ts";
import { unprintable } from "../../../src/ground/text/printable.ts";
import type { WireRequest } from "../../../src/wire/exchange.ts";

let folder = "";

/** A `curl` that prints the words it is called with, each closed by a NUL. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "curl-"));
  writeFileSync(join(folder, "curl"), '#!/bin/sh\nprintf "%s\\0" "$@"\n', { mode: 0o755 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const token = "se$cret `x` \"y\" 'z' \\";

function wordsOf(command: string): readonly string[] {
  const env = { PATH: `${folder}:${process.env["PATH"] ?? ""}`, ASTRO_API_TOKEN: token };
  const printed = execFileSync("sh", ["-c", command], { env, encoding: "utf8" });
  return printed.split("\0").slice(0, -1);
}

const nasty = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "'",
    "''",
    "\\",
    "$HOME",
    "`id`",
    "$(id)",
    '"',
    "\n",
    "!",
    "*",
    "~",
    "-x",
    "@file",
    "a b",
    "#",
    "\u202E",
  ),
);
const fields = fc.array(fc.record({ name: fc.constantFrom("a", "b", "c"), value: nasty }), { maxLength: 3 });
const body = fc.uniqueArray(fc.record({ name: fc.constantFrom("a", "b[]", "c[d]"), value: nasty }), {
  selector: ({ name }) => name,
});

test("the shell hands every part over as it is", () => {
  fc.assert(
    fc.property(fields, body, fc.constantFrom("POST", "PUT", "PATCH", "GET"), (query, parts, method) => {
      const url = withQuery("https://api.astronomer.io/v1/organizations/o/teams", query);
      const request: WireRequest = {
        method,
        path: "",
        headers: { accept: "application/json" },
        ...(parts.length === 0 ? {} : { body: bodyOf(parts) }),
      };
      const words = wordsOf(curlCommand(request, { url }));
      expect(words.at(-1)).toBe(url);
      expect(words).toContain(`Authorization: Bearer ${token}`);
      expect(words).toContain("accept: application/json");
      const named = words[0] === "--request" ? words[1] : "GET";
      expect(named).toBe(method);
      const at = words.indexOf("--data-raw");
      const data: unknown = at === -1 ? undefined : JSON.parse(words[at + 1] ?? "");
      expect(data).toEqual(request.body);
    }),
    { numRuns: 150 },
  );
});

test("nothing that a terminal obeys is in it, whatever is in the request", () => {
  fc.assert(
    fc.property(body, (parts) => {
      const request: WireRequest = { method: "POST", path: "", headers: {}, body: bodyOf(parts) };
      const text = curlCommand(request, { url: "https://h/x" }).replaceAll("\\\n", "");
      expect(unprintable.test(text)).toBe(false);
    }),
  );
});

test("curl takes no part of the URL for a pattern", () => {
  const request: WireRequest = { method: "GET", path: "", headers: {} };
  expect(wordsOf(curlCommand(request, { url: "https://h/x?a[]={1,2}" }))).toContain("--globoff");
  expect(wordsOf(curlCommand(request, { url: "https://h/x" }))).not.toContain("--globoff");
});
