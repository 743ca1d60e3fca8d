/** How much of what was received is kept. */

import { describe, expect, test } from "vitest";
import type { RawExchange } from "../../src/server/log/received.ts";
import { RequestLog } from "../../src/server/log/request-log.ts";

const redaction = { base: "/scim/v2/o", secrets: ["the-token"] };

function anExchange(changes: Partial<RawExchange>): RawExchange {
  return {
    method: "POST",
    url: "/scim/v2/o/Users",
    requestHeaders: { host: "localhost", authorization: "Bearer the-token" },
    requestText: "",
    answer: { status: 200, mediaType: "application/scim+json", text: "{}" },
    startedAtMs: 0,
    durationMs: 1,
    ...changes,
  };
}

const paths = (log: RequestLog): readonly string[] => log.list().map(({ request }) => request.path);

describe("the oldest go first", () => {
  test("when there are too many", () => {
    const log = new RequestLog({ requests: 2, characters: 1000 }, redaction);
    for (const id of ["1", "2", "3"]) log.add(anExchange({ url: `/scim/v2/o/Users/${id}` }));
    expect(paths(log)).toEqual(["/Users/2", "/Users/3"]);
  });

  test("when their bodies are too long together", () => {
    const log = new RequestLog({ requests: 100, characters: 1000 }, redaction);
    for (const id of ["1", "2", "3"]) {
      log.add(
        anExchange({
          url: `/scim/v2/o/Users/${id}`,
          answer: { status: 200, mediaType: "application/scim+json", text: "x".repeat(400) },
        }),
      );
    }
    expect(paths(log)).toEqual(["/Users/2", "/Users/3"]);
  });
});

test("of one that is too long by itself the bodies are left out, and the others stay", () => {
  const log = new RequestLog({ requests: 100, characters: 1000 }, redaction);
  log.add(anExchange({ url: "/scim/v2/o/Users/1" }));
  log.add(
    anExchange({
      url: "/scim/v2/o/Users/2",
      answer: { status: 200, mediaType: "application/scim+json", text: "x".repeat(2000) },
    }),
  );
  expect(log.list()).toMatchObject([
    { request: { path: "/Users/1" } },
    { request: { path: "/Users/2" }, answer: { text: "[not kept: 2000 characters]" } },
  ]);
});

test("a body that is not a JSON object is left out: nobody could find a password in it", () => {
  const log = new RequestLog({ requests: 10, characters: 1000 }, redaction);
  log.add(anExchange({ requestText: '{"password": "hunter2hunter2"' }));
  log.add(anExchange({ requestText: '["hunter2hunter2"]' }));
  expect(JSON.stringify(log.list())).not.toContain("hunter2");
  expect(log.list().map(({ request }) => request.body)).toEqual([undefined, undefined]);
});
