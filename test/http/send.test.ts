import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Writable } from "node:stream";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";

import { afterEach, describe, expect, test } from "vitest";

import { createInflationBudget } from "../../src/http/decode-body.ts";
import { createSender } from "../../src/http/send.ts";
import type { Sender, SenderOptions } from "../../src/http/send.ts";
import type { WireAnswer, WireRequest } from "../../src/wire/exchange.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { longEnoughMs } from "../support/long-enough.ts";
import { startHttp, startTcp, unusedPort } from "../support/loopback-server.ts";
import type { LoopbackServer } from "../support/loopback-server.ts";
import { withPatience } from "../support/with-patience.ts";

const token = "token-that-must-not-be-seen-anywhere";
const json = { totalResults: 1, note: "Zoë" };
const jsonBytes = Buffer.from(JSON.stringify(json));
const read: WireRequest = { method: "GET", path: "/Users", headers: {} };
const write: WireRequest = {
  method: "POST",
  path: "/Users",
  headers: {},
  body: { userName: "ada@example.com" },
};

const open: (Sender | LoopbackServer)[] = [];

afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

async function serve(listener: RequestListener): Promise<LoopbackServer> {
  const server = await startHttp(listener);
  open.push(server);
  return server;
}

function senderTo(baseUrl: string, options: Partial<SenderOptions> = {}): Sender {
  const sender = createSender({
    baseUrl,
    token,
    timeoutMs: longEnoughMs,
    timers: systemWorld().timers,
    connections: 4,
    signal: new AbortController().signal,
    ...options,
  });
  open.push(sender);
  return sender;
}

function answerWith(status: number, headers: Readonly<Record<string, string>>, body: string | Buffer = "") {
  return (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Writes without end, a little at a time, until the other side has gone. */
function drip(to: Writable, piece: string | Buffer = " "): void {
  const timer = setInterval(() => to.write(piece), 5);
  to.on("close", () => clearInterval(timer));
}

function pairs(rawHeaders: readonly string[]): string[][] {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1]!]] : []));
}

describe("what stands on the wire", () => {
  async function sent(request: WireRequest, options: Partial<SenderOptions> = {}, base = "/scim/v2/O") {
    let seen: { line: string; headers: string[]; body: string } | undefined;
    const server = await serve((incoming, response) => {
      let body = "";
      incoming.on("data", (chunk: Buffer) => (body += chunk.toString()));
      incoming.on("end", () => {
        seen = { line: `${incoming.method} ${incoming.url}`, headers: incoming.rawHeaders, body };
        response.end();
      });
    });
    await senderTo(server.url + base, options).send(request);
    return { ...seen!, host: `127.0.0.1:${server.port}` };
  }

  test("nothing is added to a request's headers but host, connection, length and the token; order and case stay", async () => {
    const { host, headers, line, body } = await sent({
      ...write,
      headers: { Accept: "application/scim+json", "content-type": "application/scim+json", "X-b": "1" },
    });
    expect(line).toBe("POST /scim/v2/O/Users");
    expect(body).toBe('{"userName":"ada@example.com"}');
    expect(pairs(headers)).toEqual([
      ["host", host],
      ["connection", "keep-alive"],
      ["Accept", "application/scim+json"],
      ["content-type", "application/scim+json"],
      ["X-b", "1"],
      ["Authorization", `Bearer ${token}`],
      ["content-length", "30"],
    ]);
  });

  test("the length counts bytes, not characters", async () => {
    const { headers } = await sent({ ...write, body: { a: "Zoë" } });
    expect(headers).toContain("12");
  });

  test("DELETE has a Content-Type where the request says so, and no length", async () => {
    const { headers } = await sent({
      method: "DELETE",
      path: "/Users/1",
      headers: { "Content-Type": "a/b" },
    });
    expect(headers).toContain("Content-Type");
    expect(headers.map((name) => name.toLowerCase())).not.toContain("content-length");
  });

  test("Entra's flag stays in the URL", async () => {
    const { line } = await sent({ ...read, path: "/Users?count=2" }, {}, "/scim/v2/O?aadOptscim062020");
    expect(line).toBe("GET /scim/v2/O/Users?aadOptscim062020&count=2");
  });

  test.each([
    ["our own User-Agent where the request brings none", {}, { userAgent: "astro-scim/1" }, "astro-scim/1"],
    ["the request's User-Agent where it brings one", { "user-agent": "okta" }, { userAgent: "x" }, "okta"],
    ["none where there is none", {}, {}, undefined],
  ])("%s", async (_rule, headers, options, expected) => {
    const { headers: list } = await sent({ ...read, headers }, options);
    const at = list.findIndex((name) => name.toLowerCase() === "user-agent");
    expect(at === -1 ? undefined : list[at + 1]).toBe(expected);
  });

  test("a request can't bring an Authorization of its own", async () => {
    const { headers } = await sent({ ...read, headers: { authorization: "Basic x" } });
    expect(headers.filter((name) => name.toLowerCase() === "authorization")).toEqual(["Authorization"]);
    expect(headers).toContain(`Bearer ${token}`);
  });

  test("connections are kept and used again, as many as allowed", async () => {
    const server = await serve((_request, response) => response.end());
    const { send } = senderTo(server.url, { connections: 2 });
    await Promise.all(Array.from({ length: 12 }, async () => send(read)));
    expect(server.connections()).toBe(2);
  });

  test("a request that can't be written is the caller's mistake and thrown", async () => {
    const server = await serve((_request, response) => response.end());
    await expect(senderTo(server.url).send({ ...read, path: "/not encoded" })).rejects.toThrow(
      "invalid request path",
    );
  });
});

describe("answers", () => {
  const tooLarge = Buffer.alloc(64 * 1024 * 1024 + 1);
  const corrupt = gzipSync(jsonBytes).subarray(0, 15);
  const half = gzipSync(Buffer.alloc(33 * 1024 * 1024), { level: 0 });
  const brackets = `[${"[],".repeat(2_100_000)}[]]`;
  test.each([
    ["plain JSON", answerWith(200, {}, jsonBytes), { status: 200, json }],
    ["JSON whatever its content type", answerWith(200, { "content-type": "text/html" }, jsonBytes), { json }],
    ["a byte order mark", answerWith(200, {}, `\uFEFF${JSON.stringify(json)}`), { json }],
    ["gzip", answerWith(200, { "content-encoding": "gzip" }, gzipSync(jsonBytes)), { json }],
    [
      "gzip of an error",
      answerWith(403, { "Content-Encoding": "GZIP" }, gzipSync(jsonBytes)),
      { status: 403, json },
    ],
    ["deflate", answerWith(200, { "content-encoding": "deflate" }, deflateSync(jsonBytes)), { json }],
    [
      "deflate without the zlib header",
      answerWith(200, { "content-encoding": "deflate" }, deflateRawSync(jsonBytes)),
      { json },
    ],
    ["br", answerWith(200, { "content-encoding": "br" }, brotliCompressSync(jsonBytes)), { json }],
    [
      "two codings, undone in reverse",
      answerWith(200, { "content-encoding": "gzip, br" }, brotliCompressSync(gzipSync(jsonBytes))),
      { json },
    ],
    ["HTML", answerWith(200, {}, "<html>Sign in</html>"), { text: "<html>Sign in</html>", json: undefined }],
    ["an empty body", answerWith(200, {}), { text: "", json: undefined }],
    ["no body", answerWith(204, {}), { status: 204, text: "", json: undefined }],
    ["no body, but said to be compressed", answerWith(200, { "content-encoding": "gzip" }), { text: "" }],
    ["bytes that are not UTF-8", answerWith(200, {}, Buffer.from([0x61, 0xff])), { text: "a\uFFFD" }],
    [
      "header names in lower case",
      answerWith(200, { "X-Request-ID": "r" }),
      { headers: expect.objectContaining({ "x-request-id": "r" }) },
    ],
  ])("%s", async (_rule, listener, expected) => {
    const server = await serve(listener);
    expect(await senderTo(server.url).send(read)).toMatchObject({ kind: "response", ...expected });
  });

  test.each([
    ["damaged gzip", { "content-encoding": "gzip" }, corrupt, "with damaged gzip data"],
    [
      "an unknown coding",
      { "content-encoding": "zstd" },
      jsonBytes,
      "in a content coding that is not supported",
    ],
    ["many codings", { "content-encoding": "gzip,gzip,gzip" }, jsonBytes, "with too many content codings"],
    ["a compression bomb", { "content-encoding": "gzip" }, gzipSync(tooLarge), "with more than 64 MiB"],
    [
      "a compression bomb whose layers are too large together",
      { "content-encoding": "gzip, gzip" },
      gzipSync(half, { level: 1 }),
      "with more than 64 MiB",
    ],
    ["a body that is too large", {}, tooLarge, "with more than 64 MiB"],
    ["JSON that is short as text and long in memory", {}, brackets, "with JSON that has too many values"],
  ])("%s is no answer", async (_rule, headers: Record<string, string>, body, message) => {
    const server = await serve(answerWith(200, headers, body));
    expect(await senderTo(server.url).send(read)).toEqual({
      kind: "no-response",
      reason: "other",
      message: expect.stringMatching(new RegExp(`^127\\.0\\.0\\.1:\\d+ answered ${message}\\.$`)),
    });
  });

  test.each(["identity", "gzip"])(
    "RFC 9110 §15.2: interim answers before an answer (%s) are not the answer",
    async (coding) => {
      const server = await serve((_request, response) => {
        response.writeEarlyHints({ link: "</Users>; rel=preload", "content-encoding": "br" });
        response.writeProcessing();
        response.writeHead(200, { "content-encoding": coding });
        response.end(coding === "gzip" ? gzipSync(jsonBytes) : jsonBytes);
      });
      expect(await senderTo(server.url).send(read)).toMatchObject({ status: 200, json });
    },
  );

  test("a compressed answer in many small pieces, more than are held at a time", async () => {
    const long = { text: "ada".repeat(400_000) };
    const bytes = gzipSync(JSON.stringify(long), { level: 0 });
    const server = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      for (let at = 0; at < bytes.length; at += 1000) response.write(bytes.subarray(at, at + 1000));
      response.end();
    });
    expect(await senderTo(server.url).send(read)).toMatchObject({ json: long });
  });

  test.each([
    ["gzip", 10],
    ["gzip", 2000],
    ["br", 1],
  ])("bytes after the end of %s data, %i at a time, do not keep the connection", async (coding, count) => {
    const bytes = coding === "br" ? brotliCompressSync(jsonBytes) : gzipSync(jsonBytes);
    const server = await serve((request, response) => {
      if (request.method === "POST") return void response.end("{}");
      response.writeHead(200, { "content-encoding": coding }).write(bytes);
      drip(response, Buffer.alloc(count));
    });
    const { send } = senderTo(server.url, { connections: 1 });
    expect(await send(read)).toMatchObject({ status: 200, json });
    expect(await send(write)).toMatchObject({ status: 200 });
  });

  test("what is inflated is counted over all answers of a run", async () => {
    const server = await serve(answerWith(200, { "content-encoding": "gzip" }, gzipSync(jsonBytes)));
    const inflation = createInflationBudget(jsonBytes.length * 2);
    const [one, other] = [senderTo(server.url, { inflation }), senderTo(server.url, { inflation })];
    expect(await one.send(read)).toMatchObject({ json });
    expect(await other.send(read)).toMatchObject({ json });
    expect(await one.send(read)).toMatchObject({
      reason: "other",
      message: expect.stringMatching(/ of compressed data in this run\.$/),
    });
  });

  test.each([
    ["an unknown coding", { "content-encoding": "zstd" }],
    ["damaged data", { "content-encoding": "gzip" }],
  ])("an endless answer with %s does not keep its connection", async (_rule, headers) => {
    const server = await serve((_request, response) => drip(response.writeHead(200, headers)));
    const { send } = senderTo(server.url, { connections: 1, timeoutMs: longEnoughMs });
    expect(await send(read)).toMatchObject({ reason: "other" });
    expect(await send(read)).toMatchObject({ reason: "other" });
  });

  test("a redirect is an answer like any other; the token goes nowhere else", async () => {
    let redirectedTo = 0;
    const elsewhere = await serve((_request, response) => {
      redirectedTo += 1;
      response.end();
    });
    const server = await serve(answerWith(307, { location: `${elsewhere.url}/login` }));
    const answer = await senderTo(server.url).send(write);
    expect(answer).toMatchObject({
      kind: "response",
      status: 307,
      headers: { location: `${elsewhere.url}/login` },
    });
    expect(redirectedTo).toBe(0);
  });
});

describe("the time of a request", () => {
  // RFC 1951 §3.2.4: stored, of length 0, and not the last one.
  const emptyDeflateBlock = Buffer.from([0, 0, 0, 0xff, 0xff]);
  const keepWriting = (text: string) => (request: IncomingMessage) => drip(request.socket, text);
  test.each<[string, RequestListener, string]>([
    [
      "an answer that begins and goes no further",
      (_request, response) => response.writeHead(200).write(" "),
      "finish its answer",
    ],
    ["an answer that drips", (_request, response) => drip(response.writeHead(200)), "finish its answer"],
    [
      "a compressed answer that drips",
      (_request, response) => {
        response.writeHead(200, { "content-encoding": "gzip" }).write(gzipSync(jsonBytes).subarray(0, 10));
        drip(response, emptyDeflateBlock);
      },
      "finish its answer",
    ],
    [
      "headers that drip",
      (request) => {
        request.socket.write("HTTP/1.1 200 OK\r\nX-Slow: ");
        drip(request.socket, "a");
      },
      "answer",
    ],
    ["news without end that the answer is coming", keepWriting("HTTP/1.1 103 Early Hints\r\n\r\n"), "answer"],
  ])("%s: it ends when the time is over", async (_rule, listener, what) => {
    const server = await serve(listener);
    for (const request of [read, write]) {
      // On a slow machine the answer does not even begin in so short a time.
      const answer = await withPatience(
        (timeoutMs) => senderTo(server.url, { timeoutMs }).send(request),
        (given) => JSON.stringify(given).includes(`did not ${what}`),
      );
      expect(answer).toEqual({
        kind: "no-response",
        reason: "timeout",
        message: expect.stringMatching(
          `^127\\.0\\.0\\.1:${server.port} did not ${what} within [0-9.]+ m?s\\.$`,
        ),
      });
    }
  });

  test("begins when it is sent: who waits behind a slow one is not late", async () => {
    const tryWith = async (timeoutMs: number): Promise<readonly WireAnswer[]> => {
      let requests = 0;
      const server = await serve((_request, response) => {
        requests += 1;
        if (requests > 2) response.end();
      });
      const { send } = senderTo(server.url, { connections: 1, timeoutMs });
      return Promise.all([send(read), send(read), send(read)]);
    };
    const answers = await withPatience(tryWith, ([, , third]) => third?.kind === "response");
    expect(answers).toMatchObject([{ reason: "timeout" }, { reason: "timeout" }, { status: 200 }]);
  });

  test("a server that takes the connection and never speaks TLS", async () => {
    const server = await startTcp(() => {});
    open.push(server);
    const answer = await senderTo(`https://127.0.0.1:${server.port}`, { timeoutMs: 200 }).send(read);
    expect(answer).toMatchObject({
      reason: "timeout",
      message: `127.0.0.1:${server.port} did not answer within 200 ms.`,
    });
  });
});

describe("no answer", () => {
  test.each<[string, RequestListener, { readonly reason: string; readonly message?: unknown }]>([
    [
      "a server that says nothing",
      () => {},
      { reason: "timeout", message: expect.stringContaining("within 200 ms") },
    ],
    [
      "a server that begins and then says nothing",
      (_request, response) => response.writeHead(200, { "content-length": "10" }).write("{"),
      { reason: "timeout" },
    ],
    ["a connection cut before the answer", (request) => request.socket.destroy(), { reason: "reset" }],
    [
      "a connection cut in the middle of the body",
      (request, response) => {
        response.writeHead(200, { "content-length": "10" }).write("{", () => request.socket.destroy());
      },
      { reason: "reset" },
    ],
  ])("%s", async (_rule, listener, expected) => {
    const server = await serve(listener);
    const timeoutMs = expected.reason === "timeout" ? 200 : longEnoughMs;
    const answer = await senderTo(server.url, { timeoutMs }).send(write);
    expect(answer).toMatchObject({
      kind: "no-response",
      message: expect.stringContaining(`127.0.0.1:${server.port}`),
      ...expected,
    });
  });

  test("nothing listens", async () => {
    const port = await unusedPort();
    expect(await senderTo(`http://127.0.0.1:${port}`).send(write)).toEqual({
      kind: "no-response",
      reason: "refused",
      message: `No server is listening on 127.0.0.1:${port}: the connection was refused.`,
    });
  });

  test("something that is not HTTP", async () => {
    const server = await startTcp((socket) => socket.write("SSH-2.0-OpenSSH_9.6\r\n"));
    open.push(server);
    expect(await senderTo(server.url).send(read)).toEqual({
      kind: "no-response",
      reason: "other",
      message: `127.0.0.1:${server.port} answered with something that is not HTTP.`,
    });
  });
});

describe("an interrupt", () => {
  const patiently = ({ signal }: AbortController) => ({ signal });

  test("nothing more is sent", async () => {
    let requests = 0;
    const server = await serve((_request, response) => {
      requests += 1;
      response.end();
    });
    const controller = new AbortController();
    const { send } = senderTo(server.url, patiently(controller));
    await send(read);
    controller.abort();
    expect(await send(write)).toMatchObject({ kind: "no-response", reason: "aborted" });
    expect(requests).toBe(1);
  });

  test("a read under way is given up", async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    expect(await senderTo(server.url, patiently(controller)).send(read)).toMatchObject({ reason: "aborted" });
  });

  test("a read whose body is under way is given up", async () => {
    const controller = new AbortController();
    const server = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "10" }).write("{", () => controller.abort());
    });
    expect(await senderTo(server.url, patiently(controller)).send(read)).toMatchObject({ reason: "aborted" });
  });

  test("a read that is still connecting is given up", async () => {
    const controller = new AbortController();
    const server = await startTcp(() => controller.abort());
    open.push(server);
    const patience = { signal: controller.signal, timeoutMs: longEnoughMs };
    const sender = senderTo(`https://127.0.0.1:${server.port}`, patience);
    expect(await sender.send(read)).toMatchObject({ reason: "aborted" });
    await sender.close();
  });

  test.each([read, write])("a $method that waits for its turn is not sent", async (second) => {
    const controller = new AbortController();
    let requests = 0;
    const server = await serve((_request, response) => {
      requests += 1;
      controller.abort();
      response.writeHead(201).end();
    });
    const { send } = senderTo(server.url, { ...patiently(controller), connections: 1 });
    const answers = await Promise.all([send(write), send(second)]);
    expect(answers).toMatchObject([{ status: 201 }, { reason: "aborted" }]);
    expect(requests).toBe(1);
  });

  test("a write under way is waited for, so that one knows whether it happened", async () => {
    const controller = new AbortController();
    const server = await serve((_request, response) => {
      controller.abort();
      response.writeHead(201).end();
    });
    expect(await senderTo(server.url, patiently(controller)).send(write)).toMatchObject({ status: 201 });
  });

  test("many reads at once wait on one signal without a warning of the runtime", async () => {
    const warnings: string[] = [];
    const listen = (warning: Error) => warnings.push(warning.name);
    process.on("warning", listen);
    const server = await serve((_request, response) => response.end());
    const { send } = senderTo(server.url, { connections: 32 });
    await Promise.all(Array.from({ length: 64 }, async () => send(read)));
    await new Promise(setImmediate);
    process.off("warning", listen);
    expect(warnings).toEqual([]);
  });
});

describe("plain HTTP", () => {
  test.each([
    "http://scim.example.com/scim/v2",
    "http://10.0.0.1/scim",
    "http://0.0.0.0:8888",
    "http://127.0.0.1.example.com",
  ])("%s is refused before anything is sent", (baseUrl) => {
    expect(() => senderTo(baseUrl)).toThrow(expect.objectContaining({ code: "refused" }));
  });
});
