/** Each failure is planted by itself, and found under its own name; where nothing is planted, nothing is found. */

import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startServer, type AstroServer, type StartServerOptions } from "../../src/server/start.ts";
import { jwt, organizationToken } from "../support/astro-token.ts";
import { caFile, startFront, type Front } from "../support/checked-server.ts";
import { fakeIo, type FakeIo } from "../support/fake-io.ts";
import { checkShape } from "../support/json-shapes.ts";
import { startTcp, unusedPort } from "../support/loopback-server.ts";
import { runCommand } from "../support/run-command.ts";
import { scimClient } from "../support/scim-client.ts";

let astro: AstroServer;

async function filled(options: StartServerOptions = {}): Promise<AstroServer> {
  const server = await startServer(options);
  const client = scimClient(server);
  const ada = await client.user("ada@example.com", { externalId: "00u1" });
  await client.user("grace@example.com", { externalId: "00u2" });
  await client.team("data-platform", ada);
  await client.team("interns", ada);
  return server;
}

beforeAll(async () => {
  astro = await filled();
});

afterAll(() => astro.close());

interface Checked {
  readonly status: number;
  /** What is no pass and no "does not apply", by id; skipped ones apart. */
  readonly found: Readonly<Record<string, string>>;
  readonly skipped: readonly string[];
  readonly details: Readonly<Record<string, string>>;
}

/** The clocks of this machine and of the local Astro agree. */
function ioNow(env: Readonly<Record<string, string>> = {}): FakeIo {
  return fakeIo({ now: new Date(), cwd: process.cwd(), env });
}

async function checked(
  words: readonly string[],
  { io = ioNow() }: { readonly io?: FakeIo } = {},
): Promise<Checked> {
  const { status, stdout, stderr } = await runCommand(["check", "--json", ...words], { io });
  if (stdout === "") throw new Error(stderr);
  const { checks, exitStatus } = checkShape.parse(JSON.parse(stdout));
  expect(exitStatus).toBe(status);
  return {
    status,
    found: Object.fromEntries(
      checks
        .filter(({ result }) => ["fail", "warning", "unknown"].includes(result))
        .map(({ id, result }) => [id, result]),
    ),
    skipped: checks.filter(({ result }) => result === "skipped").map(({ id }) => id),
    details: Object.fromEntries(checks.map(({ id, detail }) => [id, detail])),
  };
}

const withToken = (): readonly string[] => ["--token", astro.token];

describe("where nothing is planted", () => {
  test("nothing is found, and nothing is written", async () => {
    const front = await startFront(astro, {});
    const result = await checked(["--url", front.url, ...withToken()]);
    expect(result).toMatchObject({ status: 0, found: {}, skipped: [] });
    expect(front.arrived.map(({ method }) => method)).not.toContain("POST");
  });

  test("nor over TLS, or through Entra's Tenant URL", async () => {
    const front = await startFront(astro, {}, { cert: "server.pem" });
    const url = `${front.url}?aadOptscim062020`;
    expect(await checked(["--url", url, "--ca", caFile(), ...withToken()])).toMatchObject({ found: {} });
  });
});

describe("the way to the server", () => {
  test.each<[string, () => Promise<readonly string[]> | readonly string[]]>([
    ["url-form", () => ["--url", "https://api.astronomer.io/scim/v2/ORG/Users"]],
    ["url-form", () => ["--url", "http://scim.example.test/scim/v2/ORG"]],
    ["url-form", () => ["--url", "https://scim.example.test/scim/v2/ORG?aadOptScim062020"]],
    ["dns", () => ["--url", "https://nobody.invalid/scim/v2/ORG"]],
    ["connection", async () => ["--url", `http://127.0.0.1:${await unusedPort()}/scim/v2/ORG`]],
    ["tls", async () => ["--url", (await startFront(astro, {}, { cert: "server.pem" })).url]],
    [
      "tls",
      async () => [
        "--url",
        (await startFront(astro, {})).url.replace("http://127.0.0.1", "https://localhost"),
      ],
    ],
    [
      "certificate-expiry",
      async () => ["--ca", caFile(), "--url", (await startFront(astro, {}, { cert: "expired.pem" })).url],
    ],
  ])("%s fails alone, with exit status 3", async (id, words) => {
    const { status, found, skipped } = await checked([...(await words()), "--token", "any-token"]);
    expect({ status, found }).toEqual({
      status: 3,
      found: expect.objectContaining({ [id]: "fail" }),
    });
    expect(Object.values(found).filter((result) => result === "fail")).toHaveLength(1);
    expect(skipped).toContain("scim-endpoint");
  });

  test("a certificate that ends soon is a warning", async () => {
    const { url } = await startFront(astro, {}, { cert: "server.pem" });
    const io = fakeIo({ now: new Date("2119-12-25T00:00:00Z"), cwd: process.cwd() });
    const { found, details } = await checked(["--ca", caFile(), "--url", url, ...withToken()], { io });
    expect(found["certificate-expiry"]).toBe("warning");
    expect(details["certificate-expiry"]).toBe("7 days left, until 2120-01-01");
  });

  test("a proxy by HTTPS_PROXY is a warning, and one that refuses is the failed connection", async () => {
    const { port } = await startFront(astro, {}, { cert: "server.pem" });
    const url = `https://scim.example.test${new URL(astro.url).pathname}`;
    const words = ["--ca", caFile(), "--url", url, ...withToken()];
    const proxy = `http://127.0.0.1:${await startTunnel(port)}`;
    const through = await checked(words, { io: ioNow({ HTTPS_PROXY: proxy }) });
    expect(through).toMatchObject({ status: 0, found: { proxy: "warning" } });
    const refusing = `http://127.0.0.1:${await startTunnel(port, "407 Proxy Authentication Required")}`;
    const refused = await checked(words, { io: ioNow({ HTTPS_PROXY: refusing }) });
    expect(refused).toMatchObject({ status: 3, found: { connection: "fail" } });
    expect(refused.details["connection"]).toContain("407");
  });
});

/** A proxy that leads every tunnel to one port of this machine. */
async function startTunnel(targetPort: number, refuseWith?: string): Promise<number> {
  const proxy = createServer();
  proxy.on("connect", (_request, client: Socket) => {
    if (refuseWith !== undefined) return client.end(`HTTP/1.1 ${refuseWith}\r\n\r\n`);
    const upstream = connect(targetPort, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    client.on("error", () => upstream.destroy());
    upstream.on("error", () => client.destroy());
    return undefined;
  });
  const { port, close } = await startTcp((socket) => proxy.emit("connection", socket));
  onTestFinished(close);
  return port;
}

const html = { status: 200, headers: { "content-type": "text/html" }, text: "<!doctype html><p>Log in</p>" };
const isList = (path: string, resource: string): boolean =>
  new RegExp(`/${resource}\\?startIndex=`).test(path);
const page = (path: string): string => new URLSearchParams(path.split("?")[1]).get("startIndex") ?? "";
const filterIn = (path: string): string => new URLSearchParams(path.split("?")[1]).get("filter") ?? "";

/** A server that lies in one way; what is found, with which exit status. */
const lies: readonly (readonly [
  what: string,
  front: Front,
  found: Record<string, string>,
  status: number,
])[] = [
  ["a web page with 200", { instead: () => html }, { "scim-endpoint": "fail" }, 3],
  ["a web page with 403", { instead: () => ({ ...html, status: 403 }) }, { "scim-endpoint": "fail" }, 3],
  [
    "a redirect",
    { instead: () => ({ status: 302, headers: { location: "https://sso" } }) },
    { "scim-endpoint": "fail" },
    3,
  ],
  ["JSON that is no list", { instead: () => ({ json: { hello: 1 } }) }, { "scim-endpoint": "fail" }, 3],
  [
    "nothing at this path",
    { instead: () => ({ status: 404, text: "not found" }) },
    { "scim-endpoint": "fail" },
    3,
  ],
  ["a server that fails", { instead: () => ({ status: 500 }) }, { "scim-endpoint": "fail" }, 3],
  [
    "a proxy's header",
    {
      changed: () => ({
        headers: { "content-type": "application/scim+json", via: "1.1 corp-proxy (squid)" },
      }),
    },
    // Without the header of the local Astro nothing tells that there is an IAM API, except the token.
    { proxy: "warning" },
    0,
  ],
  [
    "a token that was deleted",
    { instead: () => ({ status: 401, json: { status: "401" } }) },
    { "token-accepted": "fail" },
    4,
  ],
  [
    "a refusal that nothing explains",
    {
      instead: ({ path }) =>
        path.includes("/scim/")
          ? { status: 403, json: { status: "403", detail: "address not allowed" } }
          : undefined,
    },
    { "token-accepted": "fail" },
    4,
  ],
  [
    "bare arrays in discovery",
    { instead: ({ path }) => (path.endsWith("/Schemas") ? { json: [] } : undefined) },
    { discovery: "fail" },
    1,
  ],
  [
    "a list that ignores startIndex",
    {
      changed: ({ path }, { json }) =>
        isList(path, "Users") && page(path) === "2"
          ? { json: { ...json, Resources: [firstUser] } }
          : undefined,
    },
    { paging: "fail" },
    1,
  ],
  [
    "counters that are strings",
    {
      changed: ({ path }, { json }) =>
        isList(path, "Groups") && path.endsWith("count=1")
          ? { json: { ...json, startIndex: String(json.startIndex) } }
          : undefined,
    },
    { paging: "fail" },
    1,
  ],
  [
    "itemsPerPage that echoes the count",
    {
      changed: ({ path }, { json }) =>
        isList(path, "Users") && json.Resources.length === 0
          ? { json: { ...json, itemsPerPage: 1 } }
          : undefined,
    },
    { paging: "warning" },
    0,
  ],
  [
    "a filter by userName that is ignored",
    {
      changed: ({ path }, { json }) =>
        filterIn(path) === 'userName eq "ada@example.com"'
          ? { json: { ...json, totalResults: 2, Resources: [firstUser, { ...firstUser, id: "other" }] } }
          : undefined,
    },
    { "filter-user-name": "fail" },
    1,
  ],
  [
    "a filter that minds case",
    {
      changed: ({ path }, { json }) =>
        filterIn(path) === 'userName eq "ADA@EXAMPLE.COM"'
          ? { json: { ...json, totalResults: 0, Resources: [] } }
          : undefined,
    },
    { "user-name-case": "fail" },
    1,
  ],
  [
    "a filter by displayName that is refused",
    {
      instead: ({ path }) =>
        filterIn(path).startsWith('displayName eq "data') ||
        filterIn(path).startsWith('displayName eq "interns')
          ? { status: 400, json: { status: "400", scimType: "invalidFilter" } }
          : undefined,
    },
    { "filter-group-name": "fail" },
    1,
  ],
  [
    "a filter by externalId that is refused",
    {
      instead: ({ path }) =>
        filterIn(path).startsWith("externalId") ? { status: 400, json: { status: "400" } } : undefined,
    },
    { "filter-external-id": "warning" },
    0,
  ],
  [
    "a filter by member that finds nothing",
    {
      changed: ({ path }, { json }) =>
        filterIn(path).startsWith("id eq")
          ? { json: { ...json, totalResults: 0, Resources: [] } }
          : undefined,
    },
    { "filter-member": "warning" },
    0,
  ],
  [
    "404 for a name that nobody has",
    {
      instead: ({ path }) =>
        /userName\+eq\+%22[0-9a-f-]{36}%22/.test(path) ? { status: 404, json: { status: "404" } } : undefined,
    },
    { "entra-probe": "fail" },
    1,
  ],
  [
    "a gateway that demands a User-Agent",
    {
      instead: ({ headers }) => (headers["user-agent"] === undefined ? { ...html, status: 403 } : undefined),
    },
    { "entra-probe": "fail" },
    1,
  ],
  [
    "a server whose clock is an hour ahead",
    {
      changed: (_request, { headers }) => ({
        headers: { ...headers, date: new Date(Date.now() + 3_600_000).toUTCString() },
      }),
    },
    { "clock-skew": "fail" },
    1,
  ],
  [
    "users without a userName",
    {
      changed: ({ path }, { json }) =>
        isList(path, "Users")
          ? { json: { ...json, Resources: json.Resources.map(({ id }: { id: string }) => ({ id })) } }
          : undefined,
    },
    { "filter-user-name": "fail", "user-name-case": "fail", "filter-external-id": "unknown" },
    1,
  ],
  [
    "a list of Teams that is a web page",
    { instead: ({ path }) => (isList(path, "Groups") && path.endsWith("count=2") ? html : undefined) },
    { "filter-group-name": "fail", "filter-member": "warning" },
    1,
  ],
  [
    "a filter whose totalResults is 0, whatever it finds",
    {
      changed: ({ path }, { json }) =>
        filterIn(path) === 'userName eq "ada@example.com"'
          ? { json: { ...json, totalResults: 0 } }
          : undefined,
    },
    { "filter-user-name": "fail" },
    1,
  ],
  [
    "eq that finds a part of a userName",
    {
      changed: ({ path }, { json }) =>
        filterIn(path) === 'userName eq "da@example.com"'
          ? { json: { ...json, totalResults: 1, Resources: [firstUser] } }
          : undefined,
    },
    { "filter-user-name": "fail" },
    1,
  ],
  [
    "a list whose totalResults is 0, whatever it holds",
    {
      changed: ({ path }, { json }) =>
        isList(path, "Users") ? { json: { ...json, totalResults: 0 } } : undefined,
    },
    { paging: "fail" },
    1,
  ],
  [
    "a list that ends before its totalResults",
    {
      changed: ({ path }, { json }) =>
        isList(path, "Users") ? { json: { ...json, totalResults: 500 } } : undefined,
    },
    { paging: "fail" },
    1,
  ],
  [
    "a configuration without PATCH",
    {
      changed: ({ path }, { json }) =>
        path.endsWith("/ServiceProviderConfig")
          ? { json: { ...json, patch: { supported: false } } }
          : undefined,
    },
    { discovery: "fail" },
    1,
  ],
  ["a limit of requests", { instead: once429() }, { "rate-limits": "warning" }, 0],
];

const firstUser = { id: "1", userName: "ada@example.com" };

/** The first request is refused once. */
function once429(): NonNullable<Front["instead"]> {
  let refused = false;
  return ({ path }) => {
    if (refused || !path.includes("/ServiceProviderConfig")) return undefined;
    refused = true;
    return { status: 429, headers: { "retry-after": "1" } };
  };
}

describe("a server that lies", () => {
  test.each(lies)("%s", async (_what, front, found, status) => {
    const { url } = await startFront(astro, withFirstUser(front));
    const result = await checked(["--url", url, ...withToken()]);
    expect({ found: result.found, status: result.status }).toEqual({ found, status });
  });

  test("a slow one", async () => {
    const io = ioNow();
    // Inside this process the clock of the command can be moved while it waits.
    const instead = async (): Promise<undefined> => {
      await io.timers.wait(2500, new AbortController().signal);
    };
    const { url } = await startFront(astro, { instead });
    const { found, status, details } = await checked(["--url", url, ...withToken()], { io });
    expect({ found, status }).toEqual({ found: { latency: "warning" }, status: 0 });
    expect(details["latency"]).toMatch(/^p50 2\.5 s, p95 2\.5 s/);
  });
});

/** Lies that repeat the first page know it only once it was answered. */
function withFirstUser(front: Front): Front {
  return {
    ...front,
    changed: (request, told) => {
      if (isList(request.path, "Users") && page(request.path) === "1")
        Object.assign(firstUser, told.json.Resources[0]);
      return front.changed?.(request, told);
    },
  };
}

describe("the token", () => {
  const organization = (): string => astro.organizationId;

  test.each<[string, () => readonly string[], Record<string, string>]>([
    ["token-present", () => [], { "token-present": "fail" }],
    [
      "token-organization",
      () => ["--token", organizationToken("cmotherorganization000000")],
      { "token-organization": "fail" },
    ],
    [
      "token-organization, of a Workspace",
      () => [
        "--token",
        jwt({ permissions: [`organizationId:${organization()}`, "workspaceId:cmworkspace"] }),
      ],
      { "token-organization": "fail" },
    ],
    [
      "token-expiry",
      () => ["--token", organizationToken(organization(), { exp: 1_700_000_000 })],
      { "token-expiry": "fail" },
    ],
  ])("%s fails, with exit status 4", async (_what, token, found) => {
    const result = await checked(["--url", astro.url, ...token()]);
    expect({ status: result.status, found: result.found }).toEqual({ status: 4, found });
  });

  test("one that ends soon is a warning", async () => {
    const io = fakeIo({ now: new Date(Date.now() + 360 * 86_400_000), cwd: process.cwd() });
    const { found } = await checked(["--url", astro.url, ...withToken()], { io });
    expect(found["token-expiry"]).toBe("warning");
  });

  test("one that is not of an Organization Owner fails for that alone", async () => {
    const strict = await startServer({ behaviour: { tokenRole: "member" } });
    onTestFinished(() => strict.close());
    const { found, status } = await checked(["--url", strict.url, "--token", strict.token]);
    expect({ found, status }).toEqual({ found: { "token-owner": "fail" }, status: 4 });
  });

  test.each(["forbidden", "not-found"] as const)(
    "SCIM that is switched off fails for that alone, with exit status 1: %s",
    async (scimDisabled) => {
      const off = await startServer({
        seed: { users: [], teams: [], organization: { isScimEnabled: false } },
        behaviour: { scimDisabled },
      });
      onTestFinished(() => off.close());
      const { found, status } = await checked(["--url", off.url, "--token", off.token]);
      expect({ found, status }).toEqual({ found: { "scim-enabled": "fail" }, status: 1 });
    },
  );
});
