/** How much of what was received is kept. */

import { describe, expect, onTestFinished, test } from "vitest";
import type { LoggedRequest } from "../../src/server/log/logged-request.ts";
import { startServer, type StartServerOptions } from "../../src/server/start.ts";
import { scimClient } from "../support/scim-client.ts";
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

describe("a list is told of each request as it came", () => {
  async function listening(options: StartServerOptions = {}) {
    const received: LoggedRequest[] = [];
    const server = await startServer({
      organizationId: "o",
      token: "the-token",
      onReceived: (one) => received.push(one),
      ...options,
    });
    onTestFinished(() => server.close());
    return { server, client: scimClient(server), received };
  }

  test("with the faults that struck it, also where there was no answer", async () => {
    const { client, received } = await listening({
      faults: ["status=429,times=1", "cut=before-write,path=/Groups"],
    });
    await client.get("/Users");
    await client.get("/Users");
    await expect(client.get("/Groups")).rejects.toThrow(/ECONNRESET|closed/);
    await expect.poll(() => received).toHaveLength(3);
    expect(received.map(({ status, faults }) => ({ status, faults }))).toEqual([
      { status: 429, faults: [{ status: 429, times: 1 }] },
      { status: 200, faults: [] },
      { status: undefined, faults: [{ cut: "before-write", path: "/Groups" }] },
    ]);
  });

  test("its line and its exchange have no secrets, and it can be sent again as it was", async () => {
    const { client, received } = await listening();
    await client.post("/Users", { userName: "ada@example.com", title: "Keeper of the keys" });
    await expect.poll(() => received).toHaveLength(1);
    expect(received[0]?.exchange().request.headers["authorization"]).toBe("[redacted]");
    expect(received[0]?.original()).toMatchObject({
      method: "POST",
      requestText: '{"userName":"ada@example.com","title":"Keeper of the keys"}',
      isRedacted: false,
    });
  });

  test("a password is not kept: what is sent again has a placeholder", async () => {
    const { client, received } = await listening();
    await client.post("/Users", { userName: "ada@example.com", password: "hunter2" });
    await expect.poll(() => received).toHaveLength(1);
    expect(received[0]?.original()).toMatchObject({
      requestText: '{"userName":"ada@example.com","password":"[redacted]"}',
      isRedacted: true,
    });
  });

  test("what a developer asks of the server is a line, without its bodies", async () => {
    const { server, received } = await listening({ control: true });
    await fetch(`${server.controlUrl}/state`, { headers: { authorization: "Bearer the-token" } });
    await expect.poll(() => received).toHaveLength(1);
    const [request] = received;
    expect(request?.served()).toMatchObject({ method: "GET", url: "/_control/state", status: 200 });
    expect(request?.exchange().answer).toMatchObject({ text: expect.stringMatching(/^\[not kept: /) });
    expect(request?.original()).toBeUndefined();
  });
});
