/** `astro-scim replay`: recorded traffic, sent again elsewhere and compared. */

import { readFileSync } from "node:fs";
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { readFixture } from "../../src/fixture/read.ts";
import { startServer, type AstroServer, type StartServerOptions } from "../../src/server/start.ts";
import { fakeIo } from "../support/fake-io.ts";
import { replayShape } from "../support/json-shapes.ts";
import { startHttp, unusedPort } from "../support/loopback-server.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { startServing } from "../support/serving.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { terminal } from "../support/terminal.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const small = shippedFixture("okta-small.yaml");
const smallText = readFileSync(small, "utf8");
const { astro: smallSeed } = readFixture("small.yaml", smallText, { shipped: false });
const tenant = fileURLToPath(new URL("../replay/tenant.har", import.meta.url));

/** What the recorded tenant held before: bob. */
const bob = `
idp: okta
organization: cknaqyipv05731evsry6cj4n0
app: { integration: manual }
users: []
groups: []
astro:
  users: [{ email: bob@example.com }]
`;

async function astroWith(options: StartServerOptions = { seed: smallSeed }): Promise<AstroServer> {
  const astro = await startServer(options);
  onTestFinished(() => astro.close());
  return astro;
}

const at = ({ url, token }: Pick<AstroServer, "url" | "token">): readonly string[] => [
  "--url",
  url,
  "--token",
  token,
];

const recordings = new Map<string, Promise<string>>();

async function record(file: string): Promise<string> {
  const cwd = await tempFolder();
  await runCommand(["simulate", "okta", small, "--trace", file, "-q"], { cwd });
  return readFileSync(join(cwd, file), "utf8");
}

/** A folder with the recording of a rehearsal of `okta-small.yaml` in it. */
async function recorded(file: "t.har" | "t.ndjson"): Promise<string> {
  const recording = recordings.get(file) ?? record(file);
  recordings.set(file, recording);
  return tempFolder({ [file]: await recording });
}

const jsonOf = ({ stdout }: CommandResult) => replayShape.parse(JSON.parse(stdout));

describe("the recording of a rehearsal", () => {
  test.each(["t.har", "t.ndjson"] as const)("%s: a fresh server answers the same", async (file) => {
    const cwd = await recorded(file);
    const astro = await astroWith();
    const { status, stdout } = await runCommand(["replay", file, ...at(astro)], { cwd });
    expect(stdout).toMatch(
      /^\d+ requests sent again, [78] ids translated: every answer matches the recording\.\nNot sent again: \d+ reads of astro-scim itself\.\nNext: /,
    );
    expect(status).toBe(0);
    const { users, teams } = await astro.state();
    expect(users.map(({ userName }) => userName)).toContain("grace@example.com");
    expect(teams.map(({ name }) => name).toSorted()).toEqual([
      "airflow-admins",
      "data-platform",
      "local-team",
    ]);
  });

  test("without a target: at a local Astro, which has the recorded organization and what the fixture says", async () => {
    const cwd = await recorded("t.har");
    const { status, stdout, stderr } = await runCommand(["replay", "t.har", "--from", small], { cwd });
    expect(stderr).toMatch(
      /^Sending \d+ requests of t\.har, recorded at \S+, to a local Astro inside this process\.\n/,
    );
    expect(stdout).toMatch(
      /every answer matches the recording\.\nNot sent again: \d+ reads of astro-scim itself\.\nThis was a temporary [^\n]*\nNext: astro-scim serve \S+\nThen, in another terminal, with the API token of serve in ASTRO_SCIM_TOKEN: astro-scim replay t\.har --url \S+\n$/,
    );
    expect(status).toBe(0);
  });

  test("an Astro without what the recorded one held before: the differences, and how it can be given", async () => {
    const cwd = await recorded("t.har");
    const { status, stdout } = await runCommand(["replay", "t.har"], { cwd });
    expect(stdout).toContain(
      "entry 1  GET /Users?startIndex=1&count=2\n" +
        "  ~ totalResults: expected 2, got 0\n" +
        "  ~ itemsPerPage: expected 2, got 0\n" +
        "  ~ Resources[root@example.com]: missing\n" +
        "  ~ Resources[mary@example.com]: missing\n",
    );
    expect(stdout).toMatch(
      /give the local Astro the same with --from FIXTURE\.\nNext: astro-scim replay t\.har --verbose\n$/,
    );
    expect(status).toBe(1);
  });

  test("what serve --record keeps is a recording, too", async () => {
    const cwd = await tempFolder();
    const file = join(cwd, "served.har");
    const serving = await startServing(small, "--port", "0", "--record", file);
    await runCommand(["simulate", "okta", small, ...at(serving)], { cwd });
    await serving.stop();
    const { status, stdout } = await runCommand(["replay", file, ...at(await astroWith())], { cwd });
    expect(stdout).toMatch(/every answer matches the recording/);
    expect(status).toBe(0);
  });

  test("a server that behaves in another way: each answer that differs, as documented JSON", async () => {
    const cwd = await recorded("t.ndjson");
    const astro = await astroWith({ seed: smallSeed, behaviour: { deactivation: "keeps-memberships" } });
    const result = await runCommand(["replay", "t.ndjson", "--json", ...at(astro)], { cwd });
    const { status, differences, target, recording } = jsonOf(result);
    expect({ status, exit: result.status, target }).toEqual({
      status: "different",
      exit: 1,
      target: astro.url,
    });
    expect(recording).toMatchObject({ file: "t.ndjson", format: "ndjson" });
    expect(differences.length).toBeGreaterThan(0);
    // Ada was deactivated: here she stays in her Team.
    for (const { at: where } of differences) expect(where).toMatch(/(?:members|groups)\[/);
  });

  test("a server that fails: expected and got, with what it says", async () => {
    const cwd = await recorded("t.ndjson");
    const astro = await astroWith({ seed: smallSeed, faults: ["status=500,method=PUT,path=/Groups"] });
    const { status, stdout } = await runCommand(["replay", "t.ndjson", ...at(astro)], { cwd });
    expect(stdout).toMatch(/^line \d+ {2}PUT \/Groups\/\w+\n {2}~ status: expected 200, got 500: /m);
    expect(stdout).toMatch(/: \d+ differences? in \d+ answers?\.$/m);
    expect(status).toBe(1);
  });

  test("--verbose shows each request with the ids of the target", async () => {
    const cwd = await recorded("t.ndjson");
    const astro = await astroWith();
    const { stderr } = await runCommand(["replay", "t.ndjson", "--verbose", ...at(astro)], { cwd });
    const ids = (await astro.state()).users.map(({ id }) => id);
    expect(ids.filter((id) => stderr.includes(`/Users/${id}`)).length).toBeGreaterThan(1);
  });
});

describe("a HAR file of a real tenant's traffic", () => {
  test("foreign hosts, a path prefix, bodies in Base64 or not kept, ids of before: no difference", async () => {
    const cwd = await tempFolder({ "bob.yaml": bob });
    const result = await runCommand(["replay", tenant, "--json", "--from", "bob.yaml"], { cwd });
    const { differences, notSent, sent, recording, idsTranslated, bodiesNotRecorded } = jsonOf(result);
    expect(differences).toEqual([]);
    expect(recording.base).toBe("https://scim.example.com:8443/proxy/tenants/7/scim/v2");
    expect({ sent, idsTranslated, bodiesNotRecorded }).toEqual({
      sent: 9,
      idsTranslated: 3,
      bodiesNotRecorded: 1,
    });
    expect(notSent.map(({ number, reason }) => [number, reason])).toEqual([
      [1, "not-scim"],
      [2, "other-method"],
      [6, "rate-limited"],
      [11, "not-scim"],
      [14, "not-answered"],
    ]);
    expect(result.status).toBe(0);
  });

  test("what was left out is counted, with why", async () => {
    const cwd = await tempFolder({ "bob.yaml": bob });
    const { stdout } = await runCommand(["replay", tenant, "--from", "bob.yaml"], { cwd });
    expect(stdout).toContain(
      "Not sent again: 2 not SCIM; 1 HEAD, OPTIONS and the like; " +
        "1 answered 429 when recorded, and repeated by the sender; 1 never answered when recorded.\n",
    );
    expect(stdout).toContain("For 1 answer the body was not recorded: only the status was compared.\n");
  });

  test("Entra's flag travels where it was recorded, whatever the URL of the target says", async () => {
    const astro = await startWatchedAstro({ fixture: bob });
    await runCommand(["replay", tenant, ...astro.target]);
    const flagged = astro.requests.filter((line) => line.includes("aadOptscim062020"));
    // But for the look-up of an id, which is ours.
    expect([flagged.length, astro.requests.length]).toEqual([9, 10]);
    const cwd = await recorded("t.ndjson");
    const other = await startWatchedAstro({ fixture: smallText });
    const target = ["--url", `${other.url}?aadOptscim062020`, "--token", other.token];
    expect((await runCommand(["replay", "t.ndjson", ...target], { cwd })).status).toBe(0);
    expect(other.requests.filter((line) => line.includes("aadOptscim062020"))).toEqual([]);
  });

  test("no credential of it reaches the target, the output or a trace, and passwords are new ones", async () => {
    const cwd = await tempFolder();
    const seen: string[] = [];
    const astro = await startWatchedAstro({
      fixture: bob,
      complaint: "token-of-the-tenant",
      before: ({ headers, path, body }) => {
        seen.push(JSON.stringify(headers), path, body);
        return path.startsWith("/Groups") ? 500 : undefined;
      },
    });
    const argv = ["replay", tenant, "--verbose", "--trace", "again.har", ...astro.target];
    const { stdout, stderr } = await runCommand(argv, { cwd });
    const trace = readFileSync(join(cwd, "again.har"), "utf8");
    const [password] = astro.writtenBodies.flatMap((body) => JSON.parse(body).password ?? []);
    expect(password.length).toBeGreaterThan(12);
    for (const text of [...seen, stdout, stderr, trace]) {
      expect(text).not.toMatch(
        /eyJ-token-of-the-tenant|cookie-of-the-tenant|code-of-the-tenant|password-of-ada/,
      );
    }
    for (const text of [stdout, stderr, trace]) {
      expect(text).not.toContain(password);
      expect(text).not.toContain(astro.token);
    }
  });

  test("an id that another server may have given to somebody else is not written to", async () => {
    const cwd = await tempFolder();
    const exchange = (method: string, url: string, status: number): object => ({
      request: {
        method,
        url: `https://h/scim${url}`,
        headers: [{ name: "accept", value: "application/scim+json" }],
      },
      response: { status, content: { size: 0 } },
    });
    const entries = [
      exchange("DELETE", "/Users/17", 204),
      exchange("GET", "/Users/17", 404),
      exchange("DELETE", "/Users/cm2v7q0x4000108l5hk3e9wzt", 404),
    ];
    const folder = await tempFolder({ "short.har": JSON.stringify({ log: { entries } }) });
    const astro = await startWatchedAstro({ fixture: bob });
    const { status, stdout } = await runCommand(["replay", join(folder, "short.har"), ...astro.target], {
      cwd,
    });
    expect(astro.requests).toEqual(["GET /Users/17", "DELETE /Users/cm2v7q0x4000108l5hk3e9wzt"]);
    expect(stdout).toContain(
      "Not sent: an id in these requests is unknown and could belong to another resource on the target\n  ! entry 1  DELETE /Users/17\n",
    );
    expect(status).toBe(1);
  });
});

describe("safety", () => {
  const remote = ["--url", "https://scim.example.com/scim/v2/o", "--token", "x"];

  test("a target that is not on this machine is refused without --allow-remote", async () => {
    const { status, stderr } = await runCommand(["replay", tenant, ...remote]);
    expect(stderr).toMatch(/^Error: This would create test users on scim\.example\.com\./);
    expect(status).toBe(5);
  });

  test("with it, it asks; no is no, and nothing is sent", async () => {
    const io = terminal({ question: "Send 9 recorded requests", keys: "n\r" }, { columns: 400 });
    const { status, stderr } = await runCommand(["replay", tenant, ...remote, "--allow-remote"], { io });
    expect(stderr).toContain("5 of them writes, to organization o on scim.example.com?");
    expect(stderr).toContain("Error: Not confirmed; nothing was changed.\n");
    expect(status).toBe(1);
  });

  test("where nobody can be asked it is refused", async () => {
    const { status } = await runCommand(["replay", tenant, ...remote, "--allow-remote"]);
    expect(status).toBe(5);
  });

  test("--cleanup deletes what the replay created, and nothing else", async () => {
    const cwd = await recorded("t.har");
    const astro = await astroWith();
    const before = await astro.state();
    const { status, stderr } = await runCommand(["replay", "t.har", "--cleanup", ...at(astro)], { cwd });
    expect(stderr).toMatch(/^Cleaned up: 5 users and Teams that this run created were deleted\.$/m);
    const names = ({ users, teams }: typeof before) => [
      ...users.map(({ userName }) => userName),
      ...teams.map(({ name }) => name),
    ];
    expect(names(await astro.state()).toSorted()).toEqual(names(before).toSorted());
    expect(status).toBe(0);
  });

  test.each(["t.har", "t.ndjson"] as const)(
    "%s: one that ends within its last entry is sent up to there, which is said",
    async (file) => {
      const cwd = await recorded(file);
      const whole = readFileSync(join(cwd, file), "utf8");
      await writeFile(join(cwd, file), whole.slice(0, -200));
      const { status, stdout, stderr } = await runCommand(["replay", file, "--from", small], { cwd });
      const [, count] = /^(\d+) requests sent again/.exec(stdout) ?? [];
      expect(stderr).toContain(
        `${file} ends in the middle of its last entry; the ${count} requests before it can be sent again.\n`,
      );
      expect(status).toBe(0);
    },
  );

  test("--trace does not write over the recording", async () => {
    const cwd = await tempFolder();
    await copyFile(tenant, join(cwd, "t.har"));
    const { status, stderr } = await runCommand(["replay", "t.har", "--trace", "./t.har"], { cwd });
    expect(stderr).toMatch(/^Error: --trace would overwrite the recording t\.har\./);
    expect(readFileSync(join(cwd, "t.har"))).toEqual(readFileSync(tenant));
    expect(status).toBe(64);
  });

  test("--from is for the local Astro", async () => {
    const { status, stderr } = await runCommand([
      "replay",
      tenant,
      "--from",
      small,
      "--url",
      "http://127.0.0.1:1/s",
      "--token",
      "x",
    ]);
    expect(stderr).toMatch(/^Error: --from works only without a target/);
    expect(status).toBe(64);
  });
});

describe("targets that are no use, and ends before the end", () => {
  test("nobody there: exit status 3", async () => {
    const target = ["--url", `http://127.0.0.1:${await unusedPort()}/scim`, "--token", "x"];
    const { status, stderr } = await runCommand(["replay", tenant, ...target]);
    expect(stderr).toMatch(/^Error: GET \/Users: No server is listening on 127\.0\.0\.1:\d+/m);
    expect(status).toBe(3);
  });

  test.each<readonly [what: string, misbehaviour: number, status: number]>([
    ["401 to everything", 401, 4],
    ["403 to everything", 403, 4],
  ])("%s: not all of it is sent; exit status %i", async (_what, misbehaviour, expected) => {
    const astro = await startWatchedAstro({ fixture: bob, before: () => misbehaviour });
    const { status, stderr } = await runCommand(["replay", tenant, ...astro.target]);
    expect(stderr).toMatch(/^Error: .* refused the credentials: /m);
    expect(astro.requests.length).toBeLessThan(6);
    expect(status).toBe(expected);
  });

  test("a web site: exit status 3", async () => {
    const site = await startHttp((_request, response) =>
      response.writeHead(404).end("<html>not here</html>"),
    );
    onTestFinished(() => site.close());
    const { status, stderr } = await runCommand([
      "replay",
      tenant,
      "--url",
      `${site.url}/scim`,
      "--token",
      "x",
    ]);
    expect(stderr).toMatch(/^Error: .* is not a SCIM server: /m);
    expect(status).toBe(3);
  });

  test("a target that goes away: what was compared, what was not sent, exit status 3", async () => {
    const cwd = await recorded("t.ndjson");
    let isGone = false;
    const astro = await startWatchedAstro({
      fixture: smallText,
      before: ({ number }) => {
        isGone ||= number > 6;
        return isGone ? "cut" : undefined;
      },
    });
    const result = await runCommand(["replay", "t.ndjson", "--json", ...astro.target], { cwd });
    const { status, sent, notBegun, differences } = jsonOf(result);
    expect({ status, sent }).toEqual({ status: "unreachable", sent: 9 });
    expect(notBegun).toBeGreaterThan(5);
    expect(
      differences.map(({ at: where, expected, got }) => ({
        where,
        isStatus: typeof expected === "number",
        got,
      })),
    ).toEqual(Array.from({ length: 3 }, () => ({ where: "answer", isStatus: true, got: null })));
    expect(result.status).toBe(3);
  });

  test("Ctrl-C: the request in flight is finished, no other is sent; exit status 130", async () => {
    const cwd = await recorded("t.ndjson");
    const io = fakeIo({ cwd });
    const astro = await startWatchedAstro({
      fixture: smallText,
      before: ({ method }) => {
        if (method === "POST") io.interrupt();
        return undefined;
      },
    });
    const { status, stdout } = await runCommand(["replay", "t.ndjson", ...astro.target], { io });
    expect(astro.writes()).toEqual(["POST /Users"]);
    expect(stdout).toMatch(/^The replay was interrupted\. \d+ requests of the recording were not sent\.$/m);
    expect(stdout).toMatch(/\nNext: astro-scim replay t\.ndjson --url \S+\n$/);
    expect(status).toBe(130);
  });

  test("429 with Retry-After is waited for, as long as --max-wait allows", async () => {
    const cwd = await recorded("t.ndjson");
    const faults = ["status=429,retry-after=20,times=2,method=POST"];
    const patient = fakeIo({ cwd });
    const one = await runCommand(
      ["replay", "t.ndjson", ...at(await astroWith({ seed: smallSeed, faults }))],
      { io: patient },
    );
    expect({ status: one.status, sleeps: patient.waits }).toEqual({ status: 0, sleeps: [20_000, 20_000] });
    expect(one.stderr).toContain("Waiting 20 s before repeating POST /Users: the server answered 429\n");
    const hasty = fakeIo({ cwd });
    const target = at(await astroWith({ seed: smallSeed, faults }));
    const other = await runCommand(["replay", "t.ndjson", "--max-wait", "0", ...target], { io: hasty });
    expect(other.stdout).toMatch(/POST \/Users\n {2}~ status: expected 201, got 429/);
    expect({ status: other.status, sleeps: hasty.waits }).toEqual({ status: 1, sleeps: [] });
  });
});

describe("files that are no recording: nothing is contacted, exit status 64", () => {
  const whole = readFileSync(tenant, "utf8");
  test.each<readonly [what: string, text: string, message: RegExp]>([
    [
      "one that was cut off",
      whole.slice(0, 5000),
      /^Error: The recording r\.har is not JSON(?: at line \d+)?\.\n/,
    ],
    [
      "one that was edited",
      whole.replace('"status": 201', '"status": two'),
      /^Error: The recording r\.har is not JSON(?: at line \d+)?\.\n/,
    ],
    ["another JSON", "[]", /^Error: The recording r\.har is not a trace: line 1, at its top level: /],
    ["one that is not text", "\0\0", /^Error: The recording r\.har is not a text file\.\n/],
    [
      "one without SCIM",
      whole.replaceAll("/Users", "/people").replaceAll("/Groups", "/teams"),
      /^Error: The recording r\.har has no SCIM requests\.\n/,
    ],
  ])("%s", async (_what, text, message) => {
    const cwd = await tempFolder({ "r.har": text });
    const astro = await startWatchedAstro({ fixture: bob });
    const { status, stdout, stderr } = await runCommand(["replay", "r.har", ...astro.target], { cwd });
    expect(stderr).toMatch(message);
    expect({ status, stdout, requests: astro.requests }).toEqual({ status: 64, stdout: "", requests: [] });
  });

  test("one that is not there", async () => {
    const { status, stderr } = await runCommand(["replay", "none.har"], { cwd: await tempFolder() });
    expect(stderr).toMatch(/^Error: The recording none\.har cannot be read: there is no such file\.\n/);
    expect(status).toBe(64);
  });
});
