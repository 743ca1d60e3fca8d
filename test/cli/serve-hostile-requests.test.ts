/** `serve --record --bodies`: no request ends the server, or keeps what comes after it from being recorded. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startServer } from "../../src/server/start.ts";
import { throwBytes } from "../support/broken-bytes.ts";
import { harComplaints } from "../support/har-complaints.ts";
import { scimClient } from "../support/scim-client.ts";
import { startServing } from "../support/serving.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface RecordedRequest {
  readonly request: { readonly method: string; readonly url: string };
}

async function entriesIn(file: string): Promise<readonly RecordedRequest[]> {
  const har = JSON.parse(await readFile(file, "utf8"));
  expect(harComplaints(har)).toEqual([]);
  return har.log.entries;
}

/** What a client wrote into its request line (RFC 9112 §3.2), and the URL as which it is recorded. */
const targets: readonly (readonly [what: string, line: string, url: string])[] = [
  ["asterisk form", "OPTIONS * HTTP/1.1", "ORIGIN/*"],
  [
    "absolute form",
    "GET http://other.example.com/scim?a=1 HTTP/1.1",
    "http://other.example.com/scim?a=[redacted]",
  ],
  [
    "absolute form with a password",
    "GET http://me:hush@h.example.com/x HTTP/1.1",
    "http://[redacted]@h.example.com/x",
  ],
  ["an empty first segment", "GET //evil.example.com/x HTTP/1.1", "ORIGIN//evil.example.com/x"],
  ["an impossible host as a path", "GET //h:99999/ HTTP/1.1", "ORIGIN//h:99999/"],
  ["broken percent-encoding", "GET /%zz/%/%e0%a4%a HTTP/1.1", "ORIGIN/%zz/%/%e0%a4%a"],
  ["backslashes", String.raw`GET /\..\x HTTP/1.1`, "ORIGIN/x"],
  ["TRACE", "TRACE / HTTP/1.1", "ORIGIN/"],
  ["PROPFIND", "PROPFIND /x HTTP/1.1", "ORIGIN/x"],
];

const fields: readonly (readonly [what: string, fields: readonly string[]])[] = [
  ["an upgrade", ["Connection: upgrade", "Upgrade: websocket"]],
  ["an unknown expectation", ["Expect: the-unexpected"]],
  ["fields twice", ["Cookie: a=1", "Cookie: b=2", "X-A: 1", "X-A: 2"]],
  ["names of every object", ["__proto__: x", "constructor: y", "toString: z"]],
  ["values that are no UTF-8", ["User-Agent: \u00FF\u00FE\u00C3(", "X-B: \u0080"]],
  ["a long field", [`X-Long: ${"x".repeat(60_000)}`]],
  ["too long a field", [`X-Long: ${"x".repeat(70_000)}`]],
  ["a body that nests", ["Content-Type: application/json", "Content-Length: 60000", "", "[".repeat(60_000)]],
];

describe("with or without the token, what was recorded before stays, and the next request is answered", () => {
  const withToken = [true, false] as const;
  const requests = [
    ...targets.map(([what, line]) => [what, line, []] as const),
    ...fields.map(([what, extra]) => [what, "POST /scim/v2/x/Users HTTP/1.1", extra] as const),
    ["CONNECT", "CONNECT other.example.com:443 HTTP/1.1", []] as const,
    ["an absolute form without a host", "GET http:// HTTP/1.1", []] as const,
    ["an absolute form with an impossible port", "GET http://h:99999/ HTTP/1.1", []] as const,
    ["another scheme", "GET urn:x:y HTTP/1.1", []] as const,
    ["no HTTP", "\u0016\u0003\u0001", []] as const,
  ];
  const cases = requests.flatMap((request) => withToken.map((has) => [...request, has] as const));
  test.each(cases)("%s: %s", async (_what, line, extra, hasToken) => {
    const file = join(await tempFolder(), "traffic.har");
    const serving = await startServing("--port", "0", "--org", "x", "--record", file, "--bodies");
    const client = scimClient(serving);
    await client.user("before@example.com");
    const credentials = hasToken ? [`Authorization: Bearer ${serving.token}`] : [];
    const head = [line, "Host: localhost", "Connection: close", ...credentials, ...extra, "", ""];
    const port = Number(new URL(serving.url).port);
    await throwBytes(port, Buffer.from(head.join("\r\n"), "latin1"), false);
    await client.user("after@example.com");
    expect(await serving.stop()).toBe(0);
    expect(serving.io.stderrText()).not.toContain("failed");
    const urls = (await entriesIn(file)).map(({ request }) => request.url);
    const posts = urls.filter((url) => url === `${serving.url}/Users`);
    expect(posts.length).toBeGreaterThanOrEqual(2);
  });

  test.each(targets)("%s: %s is recorded as %s", async (_what, line, url) => {
    const file = join(await tempFolder(), "traffic.har");
    const serving = await startServing("--port", "0", "--record", file);
    const { origin, port } = new URL(serving.url);
    await throwBytes(Number(port), Buffer.from(`${line}\r\nHost: h\r\nConnection: close\r\n\r\n`), false);
    await serving.stop();
    const [entry, ...others] = await entriesIn(file);
    expect(entry?.request.url).toBe(new URL(url.replace("ORIGIN", origin)).href);
    expect(others).toEqual([]);
    expect(await readFile(file, "utf8")).not.toContain("hush");
  });
});

describe("whoever watches a server cannot end it", () => {
  test.each(["onServed", "onExchange"] as const)(
    "what %s throws is a fault that is told",
    async (watcher) => {
      const faults: unknown[] = [];
      const told: string[] = [];
      const server = await startServer({
        onServed: () => void told.push("onServed"),
        onExchange: () => void told.push("onExchange"),
        onFault: (error) => {
          faults.push(error);
          throw new Error("and nobody listens");
        },
        [watcher]: () => {
          throw new Error("a watcher that fails");
        },
      });
      const client = scimClient(server);
      await client.get("/Users");
      expect((await client.get("/Users")).status).toBe(200);
      await server.close();
      expect(faults).toEqual([new Error("a watcher that fails"), new Error("a watcher that fails")]);
      const other = watcher === "onServed" ? "onExchange" : "onServed";
      expect(told).toEqual([other, other]);
    },
  );
});
