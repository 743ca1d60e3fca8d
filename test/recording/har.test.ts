/** HAR 1.2: every field that the specification requires, with its type, and nothing secret. */

import { describe, expect, test } from "vitest";
import { harEntry, harFrame } from "../../src/recording/har.ts";
import type { Exchange } from "../../src/wire/exchange.ts";
import { harComplaints } from "../support/har-complaints.ts";

const answered: Exchange<string> = {
  request: {
    method: "POST",
    path: "/Users?attributes=userName",
    headers: { "content-type": "application/scim+json", authorization: "[redacted]" },
    body: { userName: "josé@example.com" },
  },
  answer: {
    kind: "response",
    status: 201,
    headers: { "content-type": "application/scim+json; charset=utf-8", location: "http://h/Users/1" },
    text: '{"userName":"josé@example.com"}',
    json: { userName: "josé@example.com" },
  },
  startedAt: new Date("2026-09-01T08:00:00.123Z"),
  durationMs: 12.5,
};
const url = "http://127.0.0.1:8888/scim/v2/o/Users?attributes=userName&aadOptscim062020";

const unanswered: Exchange<string> = {
  ...answered,
  request: { method: "GET", path: "/Users", headers: {} },
  answer: { kind: "no-response", reason: "reset", message: "the connection was closed before the answer" },
};

function archive(...entries: readonly object[]): string {
  const { head, between, tail } = harFrame({ name: "astro-scim", version: "0.1.0" });
  return head + entries.map((entry) => JSON.stringify(entry)).join(between) + tail;
}

describe("an archive is complete", () => {
  test.each<readonly [what: string, entries: readonly object[]]>([
    ["without entries", []],
    ["with one", [harEntry(answered, url)]],
    ["with several", [harEntry(answered, url), harEntry(unanswered, url), harEntry(answered, url)]],
  ])("%s", (_what, entries) => {
    const har: unknown = JSON.parse(archive(...entries));
    expect(harComplaints(har)).toEqual([]);
    expect(har).toMatchObject({
      log: { version: "1.2", creator: { name: "astro-scim", version: "0.1.0" }, entries },
    });
  });

  test("one entry is one line, so that a file can be cut between two", () => {
    const lines = archive(harEntry(answered, url), harEntry(unanswered, url)).trimEnd().split("\n");
    expect(lines).toHaveLength(4);
  });
});

test("an exchange, field by field; sizes are bytes and not characters", () => {
  expect(harEntry(answered, url)).toMatchObject({
    startedDateTime: "2026-09-01T08:00:00.123Z",
    time: 12.5,
    request: {
      method: "POST",
      url,
      queryString: [
        { name: "attributes", value: "userName" },
        { name: "aadOptscim062020", value: "" },
      ],
      postData: { mimeType: "application/scim+json", text: '{"userName":"josé@example.com"}' },
      bodySize: 32,
    },
    response: {
      status: 201,
      content: {
        size: 32,
        mimeType: "application/scim+json; charset=utf-8",
        text: '{"userName":"josé@example.com"}',
      },
      redirectURL: "http://h/Users/1",
    },
    timings: { send: 0, wait: 12.5, receive: 0 },
  });
});

test("an exchange without an answer has status 0, and says why", () => {
  expect(harEntry(unanswered, url)).toMatchObject({
    request: { bodySize: 0 },
    response: { status: 0, bodySize: -1 },
    comment: "the connection was closed before the answer",
  });
});
