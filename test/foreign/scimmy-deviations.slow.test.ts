// Where SCIMMY departs from the RFC, each measured, and what our commands make of it where they meet it.
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { runCommand, type CommandResult } from "../support/run-command.ts";
import { scimClient, type Answer, type ScimClient } from "../support/scim-client.ts";
import { startScimmy, type Scimmy } from "../support/start-scimmy.ts";
import { tempFolder } from "../support/temp-folder.ts";

let scimmy: Scimmy;
let client: ScimClient;

beforeEach(async () => {
  scimmy = await startScimmy();
  client = scimClient(scimmy);
});

afterEach(() => scimmy.close());

describe("Deviation: its filters mind the case of what is not caseExact (RFC 7643 §4.1.1, RFC 7644 §3.4.2.2)", () => {
  test.each([
    ["userName", "/Users", "Ada@Example.com", "ada@example.com"],
    ["displayName", "/Groups", "Data Platform", "data platform"],
  ])("%s", async (attribute, endpoint, name, otherCase) => {
    await client.post(endpoint, { [attribute]: name });
    expect(await namesFound(endpoint, attribute, name)).toEqual([name]);
    expect(await namesFound(endpoint, attribute, otherCase)).toEqual([]);
  });

  test("Okta takes the account for missing and is refused; diff knows it, resync puts it right", async () => {
    await client.user("ADA@example.com");
    const directory = await fixture({
      users: "[{ email: ada@example.com, firstName: Ada, lastName: King }]",
    });
    const simulated = await run("simulate", "okta", directory);
    expect(simulated.status).toBe(1);
    expect(simulated.stdout).toContain(
      "✗ user ada@example.com: 409 Conflict: userName is taken\n      Okta shows: Push new user to external application FAILURE: Conflict. " +
        "Errors reported by remote server: userName is taken",
    );
    expect((await run("diff", directory)).stdout).toMatch(
      /~ ada@example.com .*\n(?: {6}.*\n)* {6}name.givenName +is not set/,
    );
    expect(await run("resync", "ada@example.com", "--from", directory, "--yes")).toMatchObject({ status: 0 });
    expect(await run("diff", directory)).toMatchObject({ status: 0 });
    expect((await client.get("/Users")).body.totalResults).toBe(1);
  });
});

describe("Deviation: a filter is not read as JSON strings are (RFC 7644 §3.4.2.2)", () => {
  const quoted = 'The "core" team';

  test("an escaped quotation mark is answered 400 invalidFilter", async () => {
    await client.team(quoted);
    const answer = await filtered("/Groups", "displayName", quoted);
    expect(answer).toMatchObject({ status: 400, body: { scimType: "invalidFilter" } });
  });

  test("an escaped backslash stands for two, so that nothing is found", async () => {
    await client.team(String.raw`core\edge`);
    expect(await namesFound("/Groups", "displayName", String.raw`core\edge`)).toEqual([]);
  });

  test("Okta cannot push a group with such a name; push-group reads all Teams in the filter's stead", async () => {
    const directory = await fixture({
      users: "[{ email: ada@example.com, firstName: Ada, lastName: King }]",
      groups: `[{ name: '${quoted}', members: [ada@example.com], push: true }]`,
    });
    const simulated = await run("simulate", "okta", directory);
    expect(simulated.status).toBe(1);
    expect(simulated.stdout).toContain(
      `Okta shows: Unable to update Group Push mapping target App group ${quoted}: ` +
        `Error while searching for group ${quoted}: Bad Request.`,
    );
    expect(await run("push-group", quoted, "--from", directory, "--yes")).toMatchObject({ status: 0 });
    expect(await run("diff", directory)).toMatchObject({ status: 0 });
  });
});

describe("Deviation: pages (RFC 7644 §3.4.2, §3.4.2.4)", () => {
  beforeEach(async () => {
    for (const name of ["ada", "grace", "linus"]) await client.user(`${name}@example.com`);
  });

  test("itemsPerPage is the count that was asked for, not the number of resources on the page", async () => {
    const { body } = await client.get("/Users?startIndex=3&count=2");
    expect(body).toMatchObject({ itemsPerPage: 2, totalResults: 3 });
    expect(body.Resources).toHaveLength(1);
  });

  test("a page past the end is the first one again", async () => {
    const [first, past] = [
      await client.get("/Users?count=2"),
      await client.get("/Users?startIndex=4&count=2"),
    ];
    expect(past.body).toMatchObject({ startIndex: 4, totalResults: 3 });
    expect(past.body.Resources).toEqual(first.body.Resources);
  });

  test("diff counts everybody once", async () => {
    const { stdout } = await run("diff", await fixture({}), "--json");
    expect(JSON.parse(stdout)).toMatchObject({ compared: { heldUsers: 3 } });
  });
});

describe("Deviation: answers", () => {
  test("a member who is there already is there twice after 'add' (RFC 7644 §3.5.2.1)", async () => {
    const ada = await client.user("ada@example.com");
    const team = await client.team("core", ada);
    await client.patch(`/Groups/${team}`, { op: "add", path: "members", value: [{ value: ada }] });
    expect(await memberIds(team)).toEqual([ada, ada]);
  });

  test("the answer to a POST has no Location (RFC 7644 §3.3)", async () => {
    const { status, headers } = await client.post("/Users", { userName: "ada@example.com" });
    expect(status).toBe(201);
    expect(headers["location"]).toBeUndefined();
  });

  test("a body without schemas is accepted (RFC 7643 §3)", async () => {
    expect(await client.post("/Users", { userName: "ada@example.com" })).toMatchObject({ status: 201 });
  });

  test("401 does not say how to authenticate (RFC 9110 §15.5.2)", async () => {
    const { status, headers } = await scimClient({ url: scimmy.url, token: "another" }).get("/Users");
    expect(status).toBe(401);
    expect(headers["www-authenticate"]).toBeUndefined();
  });
});

describe("allowed, and otherwise than on Astro", () => {
  test("PATCH is answered with the whole Team, and with 204 where it changed nothing (RFC 7644 §3.5.2)", async () => {
    const ada = await client.user("ada@example.com");
    const team = await client.team("core", ada);
    const remove = { op: "remove", path: `members[value eq "${ada}"]` };
    const statuses = [
      await client.patch(`/Groups/${team}`, remove),
      await client.patch(`/Groups/${team}`, remove),
    ];
    expect(statuses.map(({ status }) => status)).toEqual([200, 204]);
  });

  test("whoever is deactivated or deleted stays in the Teams; anybody's id can be a member", async () => {
    const [ada, grace] = [await client.user("ada@example.com"), await client.user("grace@example.com")];
    const team = await client.team("core", ada, grace, "nobody");
    await client.patch(`/Users/${ada}`, { op: "replace", path: "active", value: false });
    await client.delete(`/Users/${grace}`);
    expect(await memberIds(team)).toEqual([ada, grace, "nobody"]);
  });

  test("a Team without members lists none or an empty list, as it came to be (RFC 7643 §2.5: the same)", async () => {
    const ada = await client.user("ada@example.com");
    const [emptied, cleared] = [await client.team("emptied", ada), await client.team("cleared", ada)];
    await client.patch(`/Groups/${emptied}`, { op: "replace", path: "members", value: [] });
    await client.patch(`/Groups/${cleared}`, { op: "remove", path: "members" });
    expect((await client.get(`/Groups/${emptied}`)).body).toMatchObject({ members: [] });
    expect((await client.get(`/Groups/${cleared}`)).body).not.toHaveProperty("members");
  });

  test("there are no versions: ETag is the text's, If-Match is not looked at (RFC 7644 §3.14: optional)", async () => {
    const id = await client.user("ada@example.com");
    const whole = await client.get(`/Users/${id}`);
    const part = await client.get(`/Users/${id}?attributes=userName`);
    expect(whole.body.meta).not.toHaveProperty("version");
    expect(whole.headers["etag"]).not.toBe(part.headers["etag"]);
    const put = { body: { userName: "ada@example.com" }, headers: { "if-match": 'W/"of another time"' } };
    expect(await client.send("PUT", `/Users/${id}`, put)).toMatchObject({ status: 200 });
  });
});

function filtered(endpoint: string, attribute: string, name: string): Promise<Answer> {
  return client.get(`${endpoint}?filter=${encodeURIComponent(`${attribute} eq ${JSON.stringify(name)}`)}`);
}

async function namesFound(endpoint: string, attribute: string, name: string): Promise<readonly string[]> {
  const { body } = await filtered(endpoint, attribute, name);
  return body.Resources.map((resource: Record<string, string>) => resource[attribute]);
}

async function memberIds(team: string): Promise<readonly string[]> {
  return (await client.get(`/Groups/${team}`)).body.members.map((member: { value: string }) => member.value);
}

async function fixture({
  users = "[]",
  groups = "[]",
}: {
  users?: string;
  groups?: string;
}): Promise<string> {
  const text = `idp: okta\norganization: cm2v7q0x4000108l5hk3e9wzt\nusers: ${users}\ngroups: ${groups}\n`;
  return join(await tempFolder({ "directory.yaml": text }), "directory.yaml");
}

function run(...argv: string[]): Promise<CommandResult> {
  return runCommand([...argv, "--url", scimmy.url], { env: { ASTRO_SCIM_TOKEN: scimmy.token } });
}
