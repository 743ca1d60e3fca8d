/** A request as curl: what a shell makes of it. */

import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { curlCommand } from "../../../src/cli/live/model/curl.ts";
import { liveRequests, rawExchange } from "../../support/live-requests.ts";
import type { RawExchange } from "../../../src/server/log/received.ts";

function curlOf(changes: Partial<RawExchange>): string {
  const [request] = liveRequests([changes]);
  if (request === undefined) throw new TypeError("no request");
  return curlCommand("http://127.0.0.1:8888", request.logged.exchange()).join("\n");
}

/** The words that a POSIX shell passes to curl. */
function wordsInShell(command: string): readonly string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}\n`;
  const env = { ASTRO_SCIM_TOKEN: "token-of-the-shell" };
  return execFileSync("sh", ["-c", script], { env, encoding: "utf8" }).split("\0").slice(0, -1);
}

test("it can be read, and names the token by its variable", () => {
  const patch = {
    method: "PATCH",
    url: "/scim/v2/o/Users/7?attributes=userName",
    requestHeaders: {
      host: "127.0.0.1:8888",
      authorization: "Bearer the-token",
      "content-type": "application/scim+json",
      "accept-encoding": "gzip",
      cookie: "a=b",
      "content-length": "33",
    },
    requestText: '{"Operations":[{"op":"replace","value":{"title":"it\'s"}}]}',
  };
  expect(curlOf(patch))
    .toBe(`curl --globoff --request PATCH 'http://127.0.0.1:8888/scim/v2/o/Users/7?attributes=userName' \\
  --header "Authorization: Bearer $ASTRO_SCIM_TOKEN" \\
  --header 'content-type: application/scim+json' \\
  --data-raw '{
  "Operations": [
    {
      "op": "replace",
      "value": {
        "title": "it'\\''s"
      }
    }
  ]
}'`);
});

describe("what is not as it was is said first", () => {
  test.each<readonly [string, Partial<RawExchange>, string]>([
    ["a password", { requestText: '{"password":"hunter2"}' }, "# Secrets are left out: [redacted] stands"],
    ["an unknown query key", { url: "/scim/v2/o/Users?code=hunter2" }, "# Secrets are left out: [redacted]"],
    [
      "a body that is no object",
      { requestText: "hunter2", requestHeaders: { "content-length": "7" } },
      "# The body is left out:",
    ],
  ])("%s", (_what, changes, comment) => {
    const command = curlOf(changes);
    expect(command.startsWith(comment)).toBe(true);
    expect(command).not.toContain("hunter2");
    expect(wordsInShell(command)).toContain("--globoff");
  });

  test("nothing of a request that is whole", () => {
    expect(curlOf({ requestText: '{"userName":"ada"}' })).toMatch(/^curl /);
  });
});

test("HEAD is asked as curl asks it", () => {
  expect(wordsInShell(curlOf({ method: "HEAD" }))).toContain("--head");
});

test("whatever the body and the headers hold, the shell passes them on and runs nothing", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("$(id)", "`id`", "'; id; '", "\\", "$HOME", "\u001B[2J", "\u202E", "a\nb", "!x", '"'),
  );
  fc.assert(
    fc.property(text, fc.stringMatching(/^[\x20-\x7e]{0,20}$/), (value, header) => {
      const body = { title: value, [value]: 1 };
      const command = curlOf({
        method: "POST",
        requestText: JSON.stringify(body),
        requestHeaders: { accept: header },
      });
      expect(command.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202A-\u202E]/u);
      const words = wordsInShell(command);
      expect(words).toContain("Authorization: Bearer token-of-the-shell");
      expect(JSON.parse(words.at(-1) ?? "")).toEqual(JSON.parse(JSON.stringify(body)));
    }),
    { numRuns: 40 },
  );
});

test("what came is not changed by being shown", () => {
  const raw = rawExchange({ requestText: '{"userName":"ada"}' });
  curlOf(raw);
  expect(raw.requestText).toBe('{"userName":"ada"}');
});
