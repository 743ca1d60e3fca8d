/** The HTTP server of emulators, with a small API of its own. */

import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { EmulatedApi, EmulatedRequest } from "../../../src/emulators/http/emulated-api.ts";
import {
  startEmulator,
  type Emulator,
  type StartEmulatorOptions,
} from "../../../src/emulators/http/start.ts";
import { HttpError } from "../../../src/ground/http-error.ts";

/** Answers with what the routes saw. */
const echo = ({ params, query, body, path, origin, headers }: EmulatedRequest) => ({
  status: 200,
  headers: { link: [`<${origin}/a>; rel="self"`, `<${origin}/b>; rel="next"`] },
  body: {
    path,
    params,
    query: [...query].map(([name, value]) => `${name}=${value}`),
    body: body ?? null,
    accept: headers["accept"] ?? null,
  },
});

const things: EmulatedApi = {
  routes: [
    { method: "GET", path: "/things/:id", handle: echo },
    { method: "PUT", path: "/things/:id", handle: echo },
    { method: "POST", path: "/things", handle: echo },
    { method: "GET", path: "/things/special", handle: () => ({ status: 200, body: { special: true } }) },
    { method: "GET", path: "/things(key=':key')", handle: echo },
    { method: "DELETE", path: "/things/:id/$ref", handle: () => ({ status: 204 }) },
    {
      method: "GET",
      path: "/refused",
      handle: () => {
        throw new HttpError(403, "not for you");
      },
    },
    {
      method: "GET",
      path: "/broken",
      handle: () => {
        throw new TypeError("a mistake in a handler");
      },
    },
  ],
  admit: ({ headers }, route) =>
    headers["authorization"] === "Bearer secret"
      ? undefined
      : { status: 401, body: { error: `no token for ${route ?? "nothing"}` } },
  errorAnswer: (status, message) => ({ status, body: { error: message } }),
};

async function start(options: Partial<StartEmulatorOptions> = {}): Promise<Emulator> {
  const emulator = await startEmulator({ api: things, ...options });
  onTestFinished(() => emulator.close());
  return emulator;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

async function send(
  { url }: Emulator,
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: "Bearer secret", ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? undefined : JSON.parse(text),
    headers: response.headers,
  };
}

describe("routes", () => {
  test.each<readonly [method: string, path: string, status: number, body: unknown]>([
    ["GET", "/things/7?a=1&b=x%20y", 200, { params: { id: "7" }, query: ["a=1", "b=x y"] }],
    ["GET", "/things/a%2Fb", 200, { params: { id: "a/b" } }],
    ["GET", "/things/7/", 200, { params: { id: "7" } }],
    ["GET", "/things/special", 200, { special: true }],
    ["GET", "/things(key='k%201')", 200, { params: { key: "k 1" } }],
    ["GET", "/nothing", 404, { error: "there is no /nothing" }],
    ["GET", "/things/7/more", 404, {}],
    ["GET", "/things/%ZZ", 400, {}],
    ["POST", "/things/7", 405, { error: "POST is not allowed here" }],
    ["OPTIONS", "/things/7", 405, {}],
    ["GET", "/refused", 403, { error: "not for you" }],
    ["GET", "/broken", 500, { error: "the emulator failed" }],
  ])("%s %s is answered %i", async (method, path, status, body) => {
    const answer = await send(await start(), method, path);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject(body as object);
  });

  test("405 names the methods that there are", async () => {
    const answer = await send(await start(), "PATCH", "/things/7");
    expect(answer.headers.get("allow")).toBe("GET, PUT");
  });

  test("an answer without a body has none", async () => {
    const answer = await send(await start(), "DELETE", "/things/7/$ref");
    expect(answer.status).toBe(204);
    expect(answer.body).toBeUndefined();
    expect(answer.headers.get("content-type")).toBeNull();
  });

  test("one header can have several values", async () => {
    const { url, ...emulator } = await start();
    const answer = await send({ url, ...emulator }, "GET", "/things/7");
    expect(answer.headers.get("link")).toBe(`<${url}/a>; rel="self", <${url}/b>; rel="next"`);
  });

  test("a failing handler is reported, and its words do not reach the client", async () => {
    const faults: unknown[] = [];
    const answer = await send(await start({ onFault: (fault) => faults.push(fault) }), "GET", "/broken");
    expect(JSON.stringify(answer.body)).not.toContain("mistake");
    expect(faults).toEqual([new TypeError("a mistake in a handler")]);
  });
});

describe("admission", () => {
  test.each<readonly [path: string, route: string]>([
    ["/things/7", "/things/:id"],
    ["/nothing", "nothing"],
  ])("%s without a token is refused before anything else", async (path, route) => {
    const answer = await send(await start(), "PUT", path, {
      headers: { authorization: "", "content-type": "application/json" },
      body: "{",
    });
    expect(answer).toMatchObject({ status: 401, body: { error: `no token for ${route}` } });
  });
});

describe("bodies", () => {
  test.each<readonly [name: string, type: string, text: string, status: number, body: unknown]>([
    ["JSON", "application/json", '{"a":[1]}', 200, { a: [1] }],
    ["JSON with parameters", "application/json; charset=utf-8; odata.metadata=full", "[]", 200, []],
    ["a JSON type", "application/scim+json", "1", 200, 1],
    ["a form", "application/x-www-form-urlencoded", "a=1&b=x+y", 200, { a: "1", b: "x y" }],
    ["nothing", "application/json", "", 200, null],
  ])("%s", async (_name, type, text, status, body) => {
    const answer = await send(await start(), "POST", "/things", {
      headers: { "content-type": type },
      body: text,
    });
    expect(answer).toMatchObject({ status, body: { body } });
  });

  test.each<readonly [name: string, type: string, text: string, status: number]>([
    ["malformed JSON", "application/json", '{"client_secret":"x"', 400],
    ["another type", "text/xml", "<a/>", 415],
    ["a body that is too large", "application/json", JSON.stringify("x".repeat(2_000)), 413],
  ])("%s is refused in the form of the provider", async (_name, type, text, status) => {
    const emulator = await start({ limits: { maxBodyBytes: 1_000 } });
    const answer = await send(emulator, "POST", "/things", { headers: { "content-type": type }, body: text });
    expect(answer).toMatchObject({ status, body: { error: expect.any(String) } });
    expect(JSON.stringify(answer.body)).not.toContain("client_secret");
  });

  test("a URL that is too long is refused", async () => {
    const emulator = await start({ limits: { maxUrlLength: 100 } });
    expect((await send(emulator, "GET", `/things/${"x".repeat(100)}`)).status).toBe(414);
  });

  test("what is no HTTP is refused in the form of the provider", async () => {
    const { port } = await start();
    const socket = net.connect(port, "127.0.0.1");
    socket.end("hello\r\n\r\n");
    let text = "";
    socket.on("data", (data: Buffer) => (text += data.toString()));
    await once(socket, "close");
    expect(text).toMatch(/^HTTP\/1\.1 400 .*\{"error":"[^"]+"\}$/s);
  });
});

describe("faults", () => {
  test("the nth request of a path fails, and no other", async () => {
    const emulator = await start({
      faults: [
        {
          path: "/things/*",
          method: "GET",
          from: 2,
          times: 1,
          effect: { kind: "status", status: 429, headers: { "Retry-After": "3" } },
        },
      ],
    });
    const statuses: number[] = [];
    for (const path of ["/things/1", "/nothing", "/things/2", "/things/3"]) {
      statuses.push((await send(emulator, "GET", path)).status);
    }
    expect(statuses).toEqual([200, 404, 429, 200]);
  });

  test("a status comes with the headers of the fault", async () => {
    const emulator = await start({
      faults: [
        { effect: { kind: "status", status: 429, message: "slow down", headers: { "Retry-After": "3" } } },
      ],
    });
    const answer = await send(emulator, "GET", "/things/1");
    expect(answer).toMatchObject({ status: 429, body: { error: "slow down" } });
    expect(answer.headers.get("retry-after")).toBe("3");
  });

  test.each<readonly [when: "before-request" | "before-answer" | "in-answer", carriedOut: number]>([
    ["before-request", 0],
    ["before-answer", 1],
    ["in-answer", 1],
  ])("the connection is cut %s", async (when, carriedOut) => {
    let count = 0;
    const counting: EmulatedApi = {
      ...things,
      routes: [
        {
          method: "POST",
          path: "/things",
          handle: () => {
            count += 1;
            return { status: 201, body: { long: "x".repeat(1_000) } };
          },
        },
      ],
    };
    const emulator = await start({ api: counting, faults: [{ effect: { kind: "cut", when } }] });
    await expect(send(emulator, "POST", "/things")).rejects.toThrow(TypeError);
    expect(count).toBe(carriedOut);
  });

  test("a truncated body is a whole answer for HTTP, and no JSON", async () => {
    const emulator = await start({ faults: [{ effect: { kind: "truncate" } }] });
    await expect(send(emulator, "GET", "/things/7")).rejects.toThrow(SyntaxError);
  });

  test("a proxy answers in the place of the provider", async () => {
    const emulator = await start({
      faults: [{ effect: { kind: "text", status: 200, contentType: "text/html", text: "<html>" } }],
    });
    const response = await fetch(`${emulator.url}/things/7`);
    expect(await response.text()).toBe("<html>");
    expect(response.headers.get("content-type")).toBe("text/html");
  });

  test("the answer can be changed", async () => {
    const emulator = await start();
    emulator.faults.set([
      { query: "a=1", effect: { kind: "change", change: (answer) => ({ ...answer, body: { less: true } }) } },
    ]);
    expect((await send(emulator, "GET", "/things/7?a=1")).body).toEqual({ less: true });
    expect((await send(emulator, "GET", "/things/7?a=2")).body).toMatchObject({ query: ["a=2"] });
    emulator.faults.clear();
    expect((await send(emulator, "GET", "/things/7?a=1")).body).toMatchObject({ query: ["a=1"] });
  });

  test("a delay ends when the emulator is closed", async () => {
    const emulator = await start({ faults: [{ effect: { kind: "delay", ms: 3_600_000 } }] });
    const answer = send(emulator, "GET", "/things/7");
    await expect.poll(() => emulator.requests().length).toBe(1);
    await emulator.close();
    expect((await answer).status).toBe(200);
  });
});

describe("the requests that were received", () => {
  test("are listed without secrets", async () => {
    const emulator = await start();
    await send(emulator, "POST", "/things?top=2", {
      headers: { ConsistencyLevel: "eventual", Cookie: "session=secret" },
      body: '{"client_secret":"secret"}',
    });
    expect(emulator.requests()).toEqual([
      {
        number: 1,
        at: expect.any(Date),
        method: "POST",
        path: "/things",
        query: "top=2",
        headers: expect.objectContaining({ consistencylevel: "eventual" }),
        status: 415,
      },
    ]);
    expect(JSON.stringify(emulator.requests())).not.toContain("secret");
  });

  test("are bounded in number: the oldest go first", async () => {
    const emulator = await start({ keepRequests: 2 });
    for (const id of ["1", "2", "3"]) await send(emulator, "GET", `/things/${id}`);
    expect(emulator.requests().map(({ number, path }) => `${number} ${path}`)).toEqual([
      "2 /things/2",
      "3 /things/3",
    ]);
  });

  test("a hook runs before each of them", async () => {
    const seen: string[] = [];
    const emulator = await start({
      beforeRequest: async ({ number, path }) => {
        await Promise.resolve();
        seen.push(`${number} ${path}`);
      },
    });
    await send(emulator, "GET", "/things/1");
    await send(emulator, "GET", "/things/2");
    expect(seen).toEqual(["1 /things/1", "2 /things/2"]);
  });

  test("a hook that fails ends in 500", async () => {
    const emulator = await start({
      beforeRequest: () => {
        throw new Error("in a test");
      },
    });
    expect((await send(emulator, "GET", "/things/1")).status).toBe(500);
  });
});

test("links lead to where the client found the emulator", async () => {
  const { port } = await start();
  const headers = { authorization: "Bearer secret", host: "idp.example.com:8080" };
  const request = http.get({ host: "127.0.0.1", port, path: "/things/7", headers });
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  response.resume();
  expect(response.headers["link"]).toContain("<http://idp.example.com:8080/a>");
});

test("closing twice is safe, and frees the port", async () => {
  const emulator = await start();
  await emulator.close();
  await emulator.close();
  await expect(fetch(emulator.url)).rejects.toThrow("fetch failed");
  const again = await start({ port: emulator.port });
  expect(again.port).toBe(emulator.port);
});

test("a port that is taken is an error, and the first emulator goes on", async () => {
  const emulator = await start();
  await expect(startEmulator({ api: things, port: emulator.port })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
  expect((await send(emulator, "GET", "/things/7")).status).toBe(200);
});

test("an IPv6 loopback address is local, too", async () => {
  const { url, isLocal } = await start({ host: "::1" });
  expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect(isLocal).toBe(true);
});
