// Lists all users, once or in a warm process, and prints the CPU time of a listing: `node … ours|pool LIST URL UNCOUNTED COUNTED`.

import { Pool } from "undici";
import { connectManagement } from "../dist/assembly/sources/management-connection.js";
import { fixedToken } from "../dist/management/credentials/fixed-token.js";
import { listAppUsers } from "../dist/management/okta/app-users.js";
import { oktaDialect } from "../dist/management/okta/dialect.js";
import { listMembers } from "../dist/management/okta/groups.js";
import { programIo } from "../dist/world/io.js";

const [variant, list, url, uncounted, counted] = process.argv.slice(2);
const token = "00-benchmark-token";
const { read, close } = variant === "ours" ? ours() : plain();

await listings(Number(uncounted));
const before = process.cpuUsage();
await listings(Number(counted));
const { user, system } = process.cpuUsage(before);
await close();
process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1000 / Number(counted) })}\n`);

async function listings(count) {
  for (let listing = 0; listing < count; listing += 1) {
    const { length } = await read();
    if (length !== 10_000) throw new Error(`${length} users were read`);
  }
}

/** As the Okta source reads: credentials, read-only, hidden echoes, limits, retries, and each entry checked. */
function ours() {
  const run = {
    signal: new AbortController().signal,
    timeoutMs: 30_000,
    caPem: undefined,
    onExchange: undefined,
    onWait: () => {},
    onManagementWait: ({ request, why }) => {
      throw new Error(`${request} waits: ${why}`);
    },
    onProgress: () => {},
  };
  const authorizer = () => fixedToken("SSWS", token);
  const { api, close: end } = connectManagement(programIo(), run, {
    dialect: oktaDialect,
    baseUrl: url,
    authorizer,
  });
  const group = { id: "00g1", profile: { name: "Airflow" } };
  const readList =
    list === "app" ? () => listAppUsers(api, "0oa1", () => {}) : () => listMembers(api, group, () => {});
  return { read: readList, close: end };
}

/** The same pages, parsed; the next one is asked for before this one is parsed, for its link is in a header. */
function plain() {
  const pool = new Pool(url, { connections: 8 });
  const headers = { authorization: `SSWS ${token}`, accept: "application/json" };
  const start =
    list === "app" ? "/api/v1/apps/0oa1/users?limit=500&expand=user" : "/api/v1/groups/00g1/users?limit=200";
  const readAll = async () => {
    const entries = [];
    for (let path = start; path !== undefined;) {
      const answer = await pool.request({ method: "GET", path, headers });
      entries.push(...(await answer.body.json()));
      const next = /<([^>]*)>; rel="next"/.exec(answer.headers.link)?.[1];
      path = next?.slice(url.length);
    }
    return entries;
  };
  return { read: readAll, close: () => pool.close() };
}
