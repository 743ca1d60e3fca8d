/** Which entries of a recording are sent again, where their SCIM base is, and what of them is never sent. */

import { describe, expect, test } from "vitest";
import { AppError } from "../../src/ground/errors.ts";
import { parseRecording } from "../../src/replay/recording/parse-recording.ts";
import { chooseExchanges, type Recording } from "../../src/replay/recording/recording.ts";

interface Entry {
  readonly method?: string;
  readonly url: string;
  readonly status?: number;
  readonly sent?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly mediaType?: string;
  readonly at?: string;
}

function har(...entries: readonly Entry[]): string {
  return JSON.stringify({
    log: {
      entries: entries.map((entry, index) => ({
        startedDateTime: entry.at ?? new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
        request: {
          method: entry.method ?? "GET",
          url: entry.url,
          headers: Object.entries(entry.headers ?? {}).map(([name, value]) => ({ name, value })),
          ...(entry.sent === undefined ? {} : { postData: { text: JSON.stringify(entry.sent) } }),
        },
        response: {
          status: entry.status ?? 200,
          headers: [{ name: "Content-Type", value: entry.mediaType ?? "application/scim+json" }],
          content: { text: "{}" },
        },
      })),
    },
  });
}

const choose = (text: string, base?: string): Recording =>
  chooseExchanges("r.har", parseRecording("r.har", text), base);
const pathsOf = ({ exchanges }: Recording): readonly string[] => exchanges.map(({ request }) => request.path);

describe("the SCIM base is what stands before the endpoints of RFC 7644 §3.2", () => {
  test.each<readonly [url: string, base: string, path: string]>([
    ["https://h/scim/v2/org/Users", "https://h/scim/v2/org", "/Users"],
    ["https://h/Users/1", "https://h", "/Users/1"],
    ["http://h:8080/a/b/Groups/x%20y", "http://h:8080/a/b", "/Groups/x%20y"],
    [
      "https://h/v2/Users?filter=userName%20eq%20%22a%22",
      "https://h/v2",
      "/Users?filter=userName%20eq%20%22a%22",
    ],
    ["https://h/v2/ServiceProviderConfig", "https://h/v2", "/ServiceProviderConfig"],
    ["https://h/v2/Users/.search", "https://h/v2", "/Users/.search"],
    ["https://h/tenants/Users/scim/Groups", "https://h/tenants/Users/scim", "/Groups"],
    ["https://h/v2/Bulk", "https://h/v2", "/Bulk"],
  ])("%s", (url, base, path) => {
    const recording = choose(har({ url }));
    expect({ base: recording.base, paths: pathsOf(recording) }).toEqual({ base, paths: [path] });
  });

  test("Entra's flag travels where it was recorded; a query key that nobody knows may be a secret", () => {
    const url = "https://h/v2/Users?aadOptscim062020&count=2&api_key=s3cret&startIndex=1";
    expect(pathsOf(choose(har({ url })))).toEqual(["/Users?aadOptscim062020&count=2&startIndex=1"]);
  });

  test("requests beside SCIM's are left out and counted; their queries are not told", () => {
    const recording = choose(
      har(
        { url: "https://login.example.com/oauth2/token?code=s3cret", mediaType: "application/json" },
        { url: "https://h/v2/Users" },
        { url: "https://h/iam/v1/organizations/o/users", mediaType: "application/json" },
        { url: "https://h/v2/Users/1/photo", mediaType: "image/png" },
        { url: "https://h/v2/Users", method: "OPTIONS" },
      ),
    );
    expect(recording.notSent).toEqual([
      { number: 1, method: "GET", path: "https://login.example.com/oauth2/token", reason: "not-scim" },
      { number: 3, method: "GET", path: "https://h/iam/v1/organizations/o/users", reason: "not-scim" },
      { number: 4, method: "GET", path: "https://h/v2/Users/1/photo", reason: "not-scim" },
      { number: 5, method: "OPTIONS", path: "/Users", reason: "other-method" },
    ]);
  });

  test("of several bases the one that speaks SCIM", () => {
    const text = har(
      { url: "https://h/odata/Users", mediaType: "application/json" },
      { url: "https://h/scim/Users" },
    );
    expect(choose(text).base).toBe("https://h/scim");
  });

  const two = har(
    { url: "https://a/scim/Users" },
    { url: "https://b/scim/Users" },
    { url: "https://b/scim/Groups" },
  );
  test("where several do, they are listed, and one must be chosen", () => {
    expect(() => choose(two)).toThrow(
      new AppError(
        "invalid-file",
        "The recording r.har has requests to several SCIM servers:\n  https://a/scim  1\n  https://b/scim  2",
        { hint: "Choose one of them: --base https://a/scim", isList: true },
      ),
    );
  });

  test.each<readonly [base: string, paths: readonly string[], reasons: readonly string[]]>([
    ["https://b/scim", ["/Users", "/Groups"], ["other-base"]],
    ["https://b/scim/?aadOptscim062020", ["/Users", "/Groups"], ["other-base"]],
    ["/scim", ["/Users", "/Users", "/Groups"], []],
  ])("--base %s", (base, paths, reasons) => {
    const recording = choose(two, base);
    expect(pathsOf(recording)).toEqual(paths);
    expect(recording.notSent.map(({ reason }) => reason)).toEqual(reasons);
  });

  test.each(["scim", "ftp://h/scim", ""])("--base %j is none", (base) => {
    expect(() => choose(two, base)).toThrow(/^--base must be the start of the recorded URLs, or its path\.$/);
  });

  test("a recording without a SCIM request says so", () => {
    expect(() => choose(har({ url: "https://h/api/v1/users" }))).toThrow(
      /^The recording r\.har has no SCIM requests\.$/,
    );
  });
});

describe("what has no answer to compare with is not sent", () => {
  const url = "https://h/scim/Users";
  const ada = { userName: "ada" };
  const post = (status: number): Entry => ({ method: "POST", url, sent: ada, status });
  test.each<readonly [what: string, entries: readonly Entry[], reasons: readonly (string | undefined)[]]>([
    ["never answered", [{ url, status: 0 }, { url }], ["not-answered", undefined]],
    ["429: nothing was done (RFC 6585 §4)", [post(429), post(201)], ["rate-limited", undefined]],
    ["5xx, and repeated by the sender", [post(503), post(201)], ["repeated-later", undefined]],
    ["5xx, and not repeated: it is what shall be compared", [post(201), post(503)], [undefined, undefined]],
    [
      "the same path with another body is no repetition",
      [post(500), { ...post(201), sent: {} }],
      [undefined, undefined],
    ],
    [
      "a body that is not a JSON object",
      [{ ...post(201), sent: "text" }, { url }],
      ["incomplete", undefined],
    ],
    [
      "a filter from which a secret was taken",
      [{ url: `${url}?filter=[redacted]` }, { url }],
      ["incomplete", undefined],
    ],
    ["HEAD", [{ url, method: "HEAD" }, { url }], ["other-method", undefined]],
  ])("%s", (_what, entries, reasons) => {
    const { notSent, exchanges } = choose(har(...entries));
    const byNumber = new Map(notSent.map(({ number, reason }) => [number, reason]));
    expect(entries.map((_entry, index) => byNumber.get(index + 1))).toEqual(reasons);
    expect(exchanges).toHaveLength(entries.length - notSent.length);
  });
});

describe("headers", () => {
  test("only what a client of SCIM chooses itself is sent again, names as they were written", () => {
    const headers = {
      ":authority": "h",
      Authorization: "Bearer s3cret-token",
      authorization: "[redacted]",
      Cookie: "session=s3cret",
      Host: "h",
      "X-Api-Key": "s3cret",
      "Content-Length": "0",
      ACCEPT: "application/scim+json",
      "content-type": "application/scim+json; charset=utf-8",
      "User-Agent": "Okta SCIM Client 1.0.0",
      "If-Match": 'W/"1"',
      "Accept-Encoding": "gzip, deflate",
    };
    const [exchange] = choose(har({ url: "https://h/scim/Users", headers })).exchanges;
    expect(exchange?.request.headers).toEqual({
      ACCEPT: "application/scim+json",
      "content-type": "application/scim+json; charset=utf-8",
      "User-Agent": "Okta SCIM Client 1.0.0",
      "If-Match": 'W/"1"',
      "Accept-Encoding": "gzip, deflate",
    });
  });

  test("codings without number, with blanks that a search would divide in every way", () => {
    const value = `${"gzip;          , ".repeat(1000)}zstd`;
    const text = har({ url: "https://h/scim/Users", headers: { "accept-encoding": value } });
    expect(choose(text).exchanges[0]?.request.headers).toEqual({});
  });

  test.each(["zstd", "gzip, zstd", "*"])(
    "a content coding that we cannot undo is not asked for: %s",
    (value) => {
      const text = har({ url: "https://h/scim/Users", headers: { "accept-encoding": value } });
      expect(choose(text).exchanges[0]?.request.headers).toEqual({});
    },
  );

  test.each(["a\r\nX-Injected: 1", "a\u0000", "naïve\u2028"])(
    "a value that no header can have: %j",
    (value) => {
      const text = har({ url: "https://h/scim/Users", headers: { "user-agent": value } });
      expect(choose(text).exchanges[0]?.request.headers).toEqual({});
    },
  );

  test("credentials are known, so that an echo of them is not told", () => {
    const headers = { Authorization: "Bearer s3cret-token", Cookie: "session=s3cret-session" };
    const { secrets } = choose(har({ url: "https://h/scim/Users", headers }));
    expect(secrets).toEqual(expect.arrayContaining(["s3cret-token", "s3cret-session"]));
  });
});

describe("a trace", () => {
  const line = (path: string, body: unknown = {}): string =>
    JSON.stringify({
      schemaVersion: 1,
      startedAt: "2026-01-01T00:00:00.000Z",
      durationMs: 1,
      request: { method: "GET", path, headers: {}, body: null },
      answer: { status: 200, headers: {}, body },
    });

  test("its paths are below the base, which its answers name", () => {
    const meta = { location: "http://127.0.0.1:1/scim/v2/org/Users/1" };
    const recording = choose(line("/Users/1", { id: "1", meta }));
    expect(recording.base).toBe("http://127.0.0.1:1/scim/v2/org");
    expect(pathsOf(recording)).toEqual(["/Users/1"]);
  });

  test.each([
    "/../admin",
    "/Users/../../admin",
    "/Users/%2e%2e/%2E%2E/admin",
    "http://evil/Users/x/y",
    "//evil/Users",
  ])("a path that leads elsewhere is not sent: %s", (path) => {
    const { exchanges, notSent } = choose(`${line(path)}\n${line("/Users")}`);
    expect(exchanges.map(({ number }) => number)).toEqual([2]);
    expect(notSent).toHaveLength(1);
  });
});
