// `serve` against a bare node:http server, the same on bare Fastify, and SCIMMY on Express: requests a second at 16
// connections, each server in a process of its own, one at a time, in interleaved rounds.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";
import { interleavedRounds, median, ratioOf } from "./rounds.mjs";
import { userNameOf, userOf } from "./servers/people.mjs";

const script = fileURLToPath(new URL("servers/process.mjs", import.meta.url));
const connections = 16;
const rounds = 7;
/** Rounds before those that count: the compiler of a server that has just started is still at work in them. */
const warmUp = 6;
const groupUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";
const patchUrn = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

const names = ["node:http", "fastify", "scimmy", "astro-scim"];

/** What must be reached of each: requests a second of `serve`, divided by the other's. */
const targets = {
  read: { "node:http": 0.65, fastify: 0.85, scimmy: 8 },
  miss: { "node:http": 0.65, fastify: 0.85, scimmy: 5 },
  list: { "node:http": 1, scimmy: 8 },
  ownRead: { "node:http": 0.65 },
  ownList: { "node:http": 0.65 },
  write: { "node:http": 0.5, fastify: 0.7, scimmy: 8 },
  make: { "node:http": 0.5, fastify: 0.7, scimmy: 5 },
};

/** A request to Astro's own API; the others have the one that comes nearest to it. */
function ofOwnApi({ name, pathname }, path, nearest) {
  if (name !== "astro-scim") return nearest;
  return { ...get(path), base: pathname.replace("/scim/v2/", "/v1/organizations/") };
}

/** Adding and removing one member, in turn, of a Team of so many. */
function teamOperation(size) {
  return [
    `PATCH member of a Team of ${size}`,
    "write",
    2000,
    ({ teams, ids }, n) => {
      const id = ids[(n >> 1) % 1000];
      const change =
        n % 2 === 0
          ? { op: "remove", path: `members[value eq "${id}"]` }
          : { op: "add", path: "members", value: [{ value: id }] };
      return patch(`/Groups/${teams[size]}`, change);
    },
    size,
  ];
}

/** Name, target, how many requests a round, the n-th request, and the size of the Team that it needs. */
const operations = [
  ["get by id", "read", 3000, ({ ids }, n) => get(`/Users/${ids[n % ids.length]}`)],
  ["userName eq, hit", "read", 3000, (_server, n) => get(lookUp(userNameOf((n * 37) % 1000)))],
  ["userName eq, miss", "miss", 3000, (_server, n) => get(lookUp(`nobody.${n}@example.com`))],
  ["list, count 100", "list", 400, () => get("/Users?startIndex=1&count=100")],
  [
    "Astro's own API: get by id",
    "ownRead",
    3000,
    (server, n) =>
      ofOwnApi(server, `/users/${server.ids[n % server.ids.length]}`, get(`/Users/id-${n % 1000}`)),
  ],
  [
    "Astro's own API: list, limit 100",
    "ownList",
    400,
    (server) => ofOwnApi(server, "/users?limit=100", get("/Users?startIndex=1&count=100")),
  ],
  [
    "PATCH displayName",
    "write",
    2000,
    ({ ids }, n) => patch(`/Users/${ids[n % ids.length]}`, replace("displayName", `Name ${n}`)),
  ],
  [
    "PUT",
    "write",
    2000,
    ({ ids }, n) => put(`/Users/${ids[n % ids.length]}`, { ...userOf(n % ids.length), title: `Title ${n}` }),
  ],
  [
    "create",
    "make",
    2000,
    (server, n) => post("/Users", { ...userOf(1e7 + server.created + n), password: "x" }, server),
  ],
  ["DELETE", "make", 2000, (server) => remove(`/Users/${server.madeIds.pop()}`)],
  teamOperation(10),
  teamOperation(1_000),
  teamOperation(50_000),
];

/** SCIMMY takes seconds for one member of a large Team, so it is left out there. */
const scimmyTeams = 10;

export async function compareServers(users) {
  const servers = {};
  for (const name of names) servers[name] = await startServer(name, users);
  const rows = [];
  try {
    for (const [name, kind, count, requestFor, teamSize = 0] of operations) {
      if (teamSize > users) continue;
      const compared = names.filter((server) => server !== "scimmy" || teamSize <= scimmyTeams);
      if (teamSize > 0) for (const server of compared) await makeTeam(servers[server], teamSize);
      const variants = Object.fromEntries(
        compared.map((server) => [
          server,
          () => requestsPerSecond(servers[server], share(count, server), requestFor),
        ]),
      );
      rows.push(...rowsOf(`${name} (${users} users)`, kind, await warmRounds(variants)));
    }
  } finally {
    for (const server of Object.values(servers)) await server.stop();
  }
  return rows;
}

async function warmRounds(variants) {
  const measured = await interleavedRounds(warmUp + rounds, variants);
  return Object.fromEntries(Object.entries(measured).map(([name, values]) => [name, values.slice(warmUp)]));
}

/** SCIMMY is slow enough to be measured by fewer. */
function share(count, server) {
  return server === "scimmy" ? Math.ceil(count / 8) : count;
}

function rowsOf(name, kind, measured) {
  const ours = measured["astro-scim"];
  return Object.keys(measured)
    .filter((other) => other !== "astro-scim")
    .map((other) => ({
      name: `${name}: serve : ${other}`,
      ...ratioOf(ours, measured[other]),
      atLeast: targets[kind][other],
      note: `${Math.round(median(ours))}/s`,
    }));
}

async function requestsPerSecond(server, count, requestFor) {
  let next = 0;
  const start = performance.now();
  const worker = async () => {
    while (next < count) {
      const n = next;
      next += 1;
      const { note, base = server.pathname, ...request } = requestFor(server, n);
      const { statusCode, body } = await server.pool.request({
        ...request,
        path: base + request.path,
        headers: { authorization: `Bearer ${server.token}`, "content-type": "application/scim+json" },
      });
      if (statusCode >= 300)
        throw new Error(`${request.method} ${request.path}: ${statusCode} ${await body.text()}`);
      if (note === undefined) await body.dump();
      else note(await body.json());
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  server.created += count;
  return count / ((performance.now() - start) / 1000);
}

async function startServer(name, users) {
  const child = fork(script, [name, String(users)], { stdio: "inherit" });
  const exited = once(child, "exit");
  const [{ url, token }] = await once(child, "message");
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const server = {
    name,
    users,
    pool,
    token,
    pathname: pathname === "/" ? "" : pathname,
    created: 0,
    madeIds: [],
    ids: [],
    teams: {},
  };
  server.ids = await idsOf(server, 1_000);
  server.stop = async () => {
    await pool.close();
    child.disconnect();
    await exited;
  };
  return server;
}

/** The first ids: those of the plain servers are counted, the local Astro makes up its own. */
async function idsOf(server, count) {
  const wanted = Math.min(count, server.users);
  if (server.name !== "astro-scim") return Array.from({ length: wanted }, (_, at) => `id-${at}`);
  const ids = [];
  while (ids.length < wanted) {
    const page = await send(
      server,
      get(`/Users?attributes=userName&startIndex=${ids.length + 1}&count=1000`),
    );
    ids.push(...page.Resources.map(({ id }) => id));
  }
  return ids.slice(0, wanted);
}

async function makeTeam(server, size) {
  const members = (await idsOf(server, Math.max(size, 1_000))).slice(0, size).map((value) => ({ value }));
  const group = { schemas: [groupUrn], displayName: `Team of ${size}`, members };
  const { id } = await send(server, { method: "POST", path: "/Groups", body: JSON.stringify(group) });
  server.teams[size] = id;
}

async function send({ pool, pathname, token }, request) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/scim+json" };
  const { body } = await pool.request({ ...request, path: pathname + request.path, headers });
  return body.json();
}

function get(path) {
  return { method: "GET", path };
}

function lookUp(userName) {
  return `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`;
}

function post(path, body, server) {
  return { method: "POST", path, body: JSON.stringify(body), note: ({ id }) => server.madeIds.push(id) };
}

function put(path, body) {
  return { method: "PUT", path, body: JSON.stringify(body) };
}

function patch(path, ...Operations) {
  return { method: "PATCH", path, body: JSON.stringify({ schemas: [patchUrn], Operations }) };
}

function replace(path, value) {
  return { op: "replace", path, value };
}

function remove(path) {
  return { method: "DELETE", path };
}
