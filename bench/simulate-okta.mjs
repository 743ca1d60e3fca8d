// `simulate okta` with the company fixture, beside a bare undici Pool that sends the very same requests.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "../dist/cli/main.js";
import { systemIo } from "../dist/cli/io.js";
import { readFixture } from "../dist/fixture/read.js";
import { startAstro } from "./astro.mjs";
import { connectTo } from "./client.mjs";
import { interleavedRounds, median, ratioOf } from "./rounds.mjs";

const world = systemIo();
const file = fileURLToPath(new URL("../fixtures/okta-company.yaml", import.meta.url));

export async function simulateOkta() {
  const { astro: seed, organization } = readFixture(file, await readFile(file, "utf8"), { shipped: true });
  const fresh = () => startAstro({ seed, organizationId: organization });
  const requests = await recordRequests(fresh);
  const measured = await interleavedRounds(9, {
    simulation: () => requestsPerSecond(fresh, (astro) => simulate(astro)),
    pool: () => requestsPerSecond(fresh, (astro) => replay(astro, requests)),
  });
  const note = `${requests.length} requests, ${Math.round(median(measured.simulation))}/s`;
  const name = "simulate okta : undici Pool, requests a second";
  return [{ name, ...ratioOf(measured.simulation, measured.pool), note }];
}

/** From the first answer to the last, by the server's clock: reading the fixture is not what is compared. */
async function requestsPerSecond(fresh, send) {
  const astro = await fresh();
  try {
    await send(astro);
    const { count, ms } = await astro.served();
    return (1000 * (count - 1)) / ms;
  } finally {
    await astro.stop();
  }
}

async function simulate({ url, token }, ...flags) {
  let said = "";
  const write = (text) => {
    said += text;
    return true;
  };
  const silent = { write, isTTY: false, columns: undefined };
  const io = { ...world, env: { ASTRO_SCIM_TOKEN: token }, stdout: silent, stderr: silent };
  const status = await main(["simulate", "okta", file, "--url", url, ...flags], io);
  if (status !== 0) throw new Error(`simulate okta ended with ${status}:\n${said}`);
}

/** The requests of one simulation with the status that each was answered with. */
async function recordRequests(fresh) {
  const folder = await mkdtemp(join(tmpdir(), "astro-scim-bench-"));
  const astro = await fresh();
  try {
    const trace = join(folder, "trace.ndjson");
    await simulate(astro, "--trace", trace);
    const lines = (await readFile(trace, "utf8")).trim().split("\n");
    return lines.map((line) => replayable(JSON.parse(line)));
  } finally {
    await astro.stop();
    await rm(folder, { recursive: true });
  }
}

function replayable({ request: { method, path, body }, answer }) {
  const headers = { accept: "application/scim+json", "content-type": "application/scim+json; charset=utf-8" };
  return {
    method,
    path,
    headers,
    body: body === null ? undefined : JSON.stringify(body),
    expected: answer.status,
  };
}

async function replay(astro, requests) {
  const client = connectTo(astro);
  try {
    for (const { expected, ...request } of requests) {
      const { status, text } = await client.send(request);
      if (status !== expected) {
        throw new Error(`${request.method} ${request.path} was answered ${status}, not ${expected}: ${text}`);
      }
    }
  } finally {
    await client.close();
  }
}
