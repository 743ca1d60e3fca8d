/** `astro-scim serve` for who develops a client: faults, recording, bodies, the control endpoint. */

import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { harComplaints } from "../support/har-complaints.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";
import { startServing, type Serving } from "../support/serving.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { ownerOnly } from "../support/owner-only.ts";

const controlOf = ({ url, token }: Serving): ScimClient =>
  scimClient({ url: `${new URL(url).origin}/_control`, token });

describe("--fault", () => {
  test("strikes, can be given several times, and is announced", async () => {
    const faults = ["--fault", "status=429,retry-after=2,path=/Users", "--fault", "status=503,every=2"];
    const serving = await startServing("--port", "0", ...faults);
    expect(serving.io.stdoutText()).toContain("\n  faults         2, with seed 1\n");
    const client = scimClient(serving);
    const answer = await client.get("/Users");
    expect([answer.status, answer.headers["retry-after"]]).toEqual([429, "2"]);
    expect((await client.get("/Schemas")).status).toBe(503);
    expect(serving.io.stdoutText()).toMatch(/GET {4}\/Users {2}429 .*a fault that is set on this server\n/);
  });

  test("a connection that it cuts is one line, too", async () => {
    const serving = await startServing("--port", "0", "--fault", "cut=after-write");
    await expect(scimClient(serving).get("/Schemas")).rejects.toThrow(/ECONNRESET|closed/);
    await expect.poll(() => serving.io.stdoutText()).toMatch(/GET {4}\/Schemas {2}cut /);
  });

  test("--seed chooses which requests of a share are struck", async () => {
    const struckWith = async (seed: string): Promise<string> => {
      const words = ["--port", "0", "--quiet", "--fault", "status=503,rate=0.5", "--seed", seed];
      const client = scimClient(await startServing(...words));
      const statuses: number[] = [];
      for (let n = 0; n < 16; n += 1) statuses.push((await client.get("/ServiceProviderConfig")).status);
      return statuses.join(" ");
    };
    expect(await struckWith("7")).toBe(await struckWith("7"));
    expect(await struckWith("7")).not.toBe(await struckWith("8"));
  });

  test("the faults of a fixture are there, too", async () => {
    const folder = await tempFolder({
      "f.yaml": "idp: okta\nastro:\n  faults:\n    - { status: 503, path: /Users }\n",
    });
    const client = scimClient(await startServing(join(folder, "f.yaml"), "--port", "0"));
    expect((await client.get("/Users")).status).toBe(503);
    expect((await client.get("/Groups")).status).toBe(200);
  });

  test.each<readonly [spec: string, told: string]>([
    ["stauts=429", 'Fault "stauts=429": Unknown key "stauts".\nDid you mean "status"?'],
    [
      "status=often",
      'Fault "status=often": "status" cannot be "often".\nIt must be a status from 400 to 599.',
    ],
    ["429", 'Fault "429": "429" is not key=value.'],
  ])("%s is wrong usage", async (spec, told) => {
    const { status, stderr } = await runCommand(["serve", "--port", "0", "--fault", spec]);
    expect(status).toBe(64);
    expect(stderr).toContain(told);
  });
});

describe("--record", () => {
  const har = async (file: string) => JSON.parse(await readFile(file, "utf8"));

  test("keeps every exchange as HAR 1.2, without token and password, readable by its owner only", async () => {
    const file = join(await tempFolder(), "traffic.har");
    const serving = await startServing("--port", "0", "--record", file);
    expect(serving.io.stdoutText()).toContain(`\n  recording      ${file}\n`);
    const client = scimClient(serving);
    const password = "correct horse battery staple";
    await client.post("/Users", { userName: "ada@example.com", password });
    await client.get(`/Users?filter=${encodeURIComponent('userName eq "ada@example.com"')}&aadOptscim062020`);
    await scimClient({ url: serving.url, token: "a-foreign-token" }).get("/Users");
    await controlOf(serving).get("/state");
    expect(await serving.stop()).toBe(0);

    const text = await readFile(file, "utf8");
    for (const secret of [password, serving.token, "a-foreign-token"]) expect(text).not.toContain(secret);
    const recorded = await har(file);
    expect(harComplaints(recorded)).toEqual([]);
    expect(recorded.log.creator.name).toBe("astro-scim");
    expect(recorded.log.entries).toMatchObject([
      {
        request: {
          method: "POST",
          url: `${serving.url}/Users`,
          postData: { text: '{"userName":"ada@example.com","password":"[redacted]"}' },
        },
        response: { status: 201 },
      },
      {
        request: {
          queryString: [
            { name: "filter", value: 'userName eq "ada@example.com"' },
            { name: "aadOptscim062020", value: "" },
          ],
        },
        response: { status: 200 },
      },
      { response: { status: 401 } },
    ]);
    expect((await stat(file)).mode & 0o777).toBe(ownerOnly);
  });

  test("is a complete archive from the start, and after each exchange", async () => {
    const file = join(await tempFolder(), "traffic.har");
    const serving = await startServing("--port", "0", "--quiet", "--record", file);
    const count = async (): Promise<number> => (await har(file)).log.entries.length;
    const client = scimClient(serving);
    for (const expected of [1, 2, 3]) {
      await client.get("/ServiceProviderConfig");
      await expect.poll(count).toBe(expected);
      expect(harComplaints(await har(file))).toEqual([]);
    }
  });

  test("many requests at once are all there", async () => {
    const file = join(await tempFolder(), "traffic.har");
    const serving = await startServing("--port", "0", "--quiet", "--record", file);
    const client = scimClient(serving);
    const names = Array.from({ length: 100 }, (_, at) => `user.${at}@example.com`);
    await Promise.all(names.map((name) => client.user(name)));
    await serving.stop();
    const entries: readonly { request: { postData: { text: string } } }[] = (await har(file)).log.entries;
    const kept = new Set(entries.map(({ request }) => JSON.parse(request.postData.text).userName));
    expect(entries).toHaveLength(100);
    expect(kept).toEqual(new Set(names));
  });

  test("tells of a connection that a fault cut", async () => {
    const file = join(await tempFolder(), "traffic.har");
    const serving = await startServing("--port", "0", "--record", file, "--fault", "cut=before-write");
    await expect(scimClient(serving).get("/Users")).rejects.toThrow(/ECONNRESET|closed/);
    await expect.poll(async () => (await har(file)).log.entries).toMatchObject([{ response: { status: 0 } }]);
    expect(harComplaints(await har(file))).toEqual([]);
  });

  test.each<readonly [what: string, file: string]>([
    ["a folder that is not there", "/nowhere/at/all.har"],
    ["a folder", "/"],
  ])("%s is wrong usage, before anything is served", async (_what, file) => {
    const { status, stdout, stderr }: CommandResult = await runCommand([
      "serve",
      "--port",
      "0",
      "--record",
      file,
    ]);
    expect(status).toBe(64);
    expect(stdout).toBe("");
    expect(stderr).toContain(`The recording ${file} cannot be written: `);
  });
});

describe("--bodies", () => {
  test("prints what was sent and what was answered, without passwords", async () => {
    const serving = await startServing("--port", "0", "--bodies");
    await scimClient(serving).post("/Users", { userName: "ada@example.com", password: "correct horse" });
    const printed = serving.io.stdoutText();
    expect(printed).toContain(
      '\n  > {"userName":"ada@example.com","password":"[redacted]"}\n  < {"schemas":[',
    );
    expect(printed).not.toContain("correct horse");
  });

  test("what could move the cursor is escaped", async () => {
    const serving = await startServing("--port", "0", "--bodies");
    await scimClient(serving).post("/Users", { userName: "ada@example.com", title: "\u009b31m" });
    expect(serving.io.stdoutText()).toContain("\\u{9b}31m");
  });

  test("with --quiet: wrong usage", async () => {
    const { status } = await runCommand(["serve", "--port", "0", "--bodies", "--quiet"]);
    expect(status).toBe(64);
  });
});

describe("the control endpoint", () => {
  test("tells of the last requests", async () => {
    const serving = await startServing("--port", "0", "--quiet");
    await scimClient(serving).get("/Users");
    const { body } = await controlOf(serving).get("/requests");
    expect(body.requests).toMatchObject([{ request: { method: "GET", path: "/Users" } }]);
  });

  test("is not there with --no-control", async () => {
    const serving = await startServing("--port", "0", "--json", "--no-control");
    expect(JSON.parse(serving.io.stdoutText())).toMatchObject({ controlUrl: null });
    expect((await controlOf(serving).get("/requests")).status).toBe(404);
  });
});
