/** `astro-scim api`: one request as it is written, to IAM or to SCIM. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { organizationId, startCompany, type Company } from "../support/company-on-astro.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

let company: Company;

beforeEach(async () => {
  company = await startCompany();
});

async function api(...words: readonly string[]) {
  const result = await company.run(["api", ...words]);
  return { ...result, body: result.stdout === "" ? undefined : (JSON.parse(result.stdout) as Body) };
}

// A test knows what it asked for.
// oxlint-disable-next-line typescript/no-explicit-any
type Body = any;

describe("where a path leads", () => {
  test.each<[string, (body: Body) => unknown, unknown]>([
    ["/users", ({ users }) => users.length, 5],
    ["users", ({ users }) => users.length, 5],
    ["/teams?limit=1", ({ teams }) => teams.length, 1],
    ["/", ({ id }) => id, organizationId],
    ["/organizations", ({ organizations }) => organizations.length, 1],
    ["/v1/organizations/{organizationId}/users", ({ users }) => users.length, 5],
    ["/iam/v1beta1/organizations/{organizationId}/teams", ({ teams }) => teams.length, 2],
    ["/Users", ({ totalResults }) => totalResults, 5],
    ["/Groups?filter=displayName%20eq%20%22analysts%22", ({ totalResults }) => totalResults, 1],
    ["/ServiceProviderConfig", ({ patch }) => patch.supported, true],
    [`/scim/v2/${organizationId}/Groups`, ({ totalResults }) => totalResults, 2],
  ])("%s", async (path, read, expected) => {
    const { status, body, stderr } = await api("GET", path);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(read(body)).toBe(expected);
  });

  test("a whole URL of the target", async () => {
    const { body } = await api("GET", `${company.server.apiUrl}/organizations`);
    expect(body.organizations[0].id).toBe(organizationId);
  });

  test.each([
    ["a URL of another server", "https://evil.example/v1/users", "so the token is not sent there"],
    ["a URL that only begins alike", "http://127.0.0.1:88889/", "so the token is not sent there"],
    ["a path that leads upwards", "/../../v1", "contains . or .."],
    ["the same, encoded", "/users/%2e%2e/teams", "contains . or .."],
    ["a fragment", "/users#x", "contains #"],
    ["a backslash", String.raw`/users\..\teams`, "contains a backslash"],
  ])("%s is refused before anything is sent", async (_what, path, said) => {
    const { status, stderr } = await api("GET", path);
    expect(status).toBe(64);
    expect(stderr).toContain(said);
    expect(company.server.requests().some(({ request }) => request.path.includes("evil"))).toBe(false);
  });
});

describe("fields", () => {
  test("are the query of GET, every value of a name", async () => {
    const { body } = await api(
      "GET",
      "/teams",
      "--field",
      "names=analysts",
      "--field",
      "names=data-platform",
    );
    expect(body.teams.length).toBe(2);
    const one = await api("GET", "/teams", "--field", "names=analysts", "--field", "limit=1");
    expect(one.body).toMatchObject({ totalCount: 1, limit: 1 });
  });

  test("are encoded", async () => {
    const filter = 'filter=userName eq "ada@example.com"';
    expect((await api("GET", "/Users", "--field", filter)).body.totalResults).toBe(1);
  });

  test("are the JSON body of a write: values by their type, lists and objects by their names", async () => {
    const typed = ["a=true", "b=null", "c=12", "d=1.5", "e[]=x", "e[]=y", "f[g]=h"];
    const words = ["api", "POST", "/teams", ...typed.flatMap((text) => ["--field", text]), "--curl"];
    const { stdout } = await company.run([...words, "--raw-field", "i=12"]);
    const [, data = ""] = /--data-raw '(.*)'/.exec(stdout) ?? [];
    expect(JSON.parse(data)).toEqual({
      a: true,
      b: null,
      c: 12,
      d: "1.5",
      e: ["x", "y"],
      f: { g: "h" },
      i: "12",
    });
  });

  test.each([
    ["no name", ["--field", "=x"], "--field takes NAME=VALUE"],
    ["no value", ["--field", "name"], '--field takes NAME=VALUE, not "name"'],
    ["an open bracket", ["--field", "a[b=1"], 'The name of the field "a[b" is not complete.'],
    ["a name twice", ["--field", "a=1", "--field", "a=2"], 'The field "a" was given before'],
    [
      "a value that is an object, too",
      ["--field", "a=1", "--field", "a[b]=2"],
      'The field "a[b]" was given before',
    ],
  ])("%s is wrong usage", async (_what, words, said) => {
    const { status, stderr } = await api("POST", "/teams", "--yes", ...words);
    expect(status).toBe(64);
    expect(stderr).toContain(said);
  });
});

describe("--paginate", () => {
  test("reads all pages of IAM and of SCIM as one list", async () => {
    const iam = await api("GET", "/users", "--paginate", "--field", "limit=2");
    expect(iam.body).toMatchObject({ totalCount: 5, offset: 0 });
    expect(iam.body.users.length).toBe(5);
    const scim = await api("GET", "/Users", "--paginate", "--field", "attributes=userName");
    expect(scim.body).toMatchObject({ totalResults: 5, startIndex: 1, itemsPerPage: 5 });
    expect(Object.keys(scim.body.Resources[0])).not.toContain("emails");
    const filtered = await api("GET", "/Groups", "--paginate", "--field", 'filter=displayName eq "analysts"');
    expect(filtered.body.totalResults).toBe(1);
  });

  test.each([
    [["POST", "/teams"], "--paginate works with GET only."],
    [["GET", "/users", "--field", "offset=5"], "so offset cannot be given"],
    [["GET", "/Schemas"], "--paginate works with /Users and /Groups"],
    [["GET", "/users", "--curl"], "--curl prints one request"],
  ])("%j is wrong usage", async (words, said) => {
    const { status, stderr } = await api(...words, "--paginate");
    expect(status).toBe(64);
    expect(stderr).toContain(said);
  });

  test("what is no list is an error", async () => {
    const { status, stderr } = await api("GET", "/", "--paginate");
    expect(status).toBe(3);
    expect(stderr).toContain("JSON that is not a page of a list");
    expect(stderr).toContain("Leave out --paginate to read one thing");
    expect(stderr).not.toContain("--api");
  });
});

describe("a write", () => {
  const body = ["--field", "inviteeEmail=new@example.com", "--field", "role=ORGANIZATION_MEMBER"];

  test("is not sent without a yes, where nobody can be asked", async () => {
    const { status, stdout, stderr } = await api("POST", "/invites", ...body);
    expect({ status, stdout }).toEqual({ status: 5, stdout: "" });
    expect(stderr).toContain("Add --yes to send it without confirmation, or --curl to print it only.");
  });

  test("is sent with --yes", async () => {
    const { status, body: answer } = await api("POST", "/invites", ...body, "--yes");
    expect(status).toBe(0);
    expect(answer.invitee.username).toBe("new@example.com");
    const deleted = await api("DELETE", `/invites/${answer.inviteId}`, "--yes");
    expect({ status: deleted.status, stdout: deleted.stdout }).toEqual({ status: 0, stdout: "" });
    expect(deleted.stderr).toContain("was answered 204, without a body");
  });

  test("needs its target named", async () => {
    const env = { ASTRO_SCIM_TOKEN: company.server.token };
    const { status, stderr } = await runCommand(["api", "POST", "/invites", ...body, "--yes"], { env });
    expect(status).toBe(64);
    expect(stderr).toContain("Commands that write need an explicit target");
  });

  test("does not leave this machine without --allow-remote", async () => {
    const words = ["api", "POST", "/teams", "--field", "name=x", "--org", organizationId, "--yes"];
    const { status, stderr } = await runCommand(words, { env: { ASTRO_SCIM_TOKEN: "t" } });
    expect(status).toBe(5);
    expect(stderr).toContain("This would change api.astronomer.io directly");
    expect(stderr).toContain("--allow-remote");
  });

  test("is refused by a readOnly profile, and a read is not", async () => {
    const cwd = await tempFolder({
      "config/astro-scim/astro-scim.yaml": `profiles: { local: { url: "${company.server.url}", readOnly: true } }`,
    });
    const env = { XDG_CONFIG_HOME: join(cwd, "config"), ASTRO_SCIM_TOKEN: company.server.token };
    const options = { cwd, env };
    const profile = ["--profile", "local"];
    expect((await runCommand(["api", "GET", "/users", ...profile], options)).status).toBe(0);
    const { status, stderr } = await runCommand(
      ["api", "POST", "/invites", ...body, "--yes", ...profile],
      options,
    );
    expect(status).toBe(5);
    expect(stderr).toContain("is marked readOnly");
  });

  test("a search by POST is a read", async () => {
    const search = ["--field", "schemas[]=urn:ietf:params:scim:api:messages:2.0:SearchRequest"];
    const { status, body: answer } = await api("POST", "/Users/.search", ...search);
    expect({ status, totalResults: answer.totalResults }).toEqual({ status: 0, totalResults: 5 });
  });
});

describe("--input", () => {
  test("a file, and standard input", async () => {
    const cwd = await tempFolder({
      "invite.json": '{"inviteeEmail":"a@example.com","role":"ORGANIZATION_MEMBER"}',
    });
    const fromFile = await company.run(["api", "POST", "/invites", "--yes", "--input", "invite.json"], {
      cwd,
    });
    expect(fromFile.status).toBe(0);
    const stdin = '{"inviteeEmail":"b@example.com","role":"ORGANIZATION_MEMBER"}';
    const fromStdin = await company.run(["api", "POST", "/invites", "--yes", "--input", "-"], { stdin });
    expect(fromStdin.status).toBe(0);
  });

  test.each([
    ["broken JSON", '{"name": "x",\n  "b": }', ["body.json is not JSON: unexpected token '}'."]],
    ["JSON that ends too early", '{"name": ', ["body.json is not JSON.", "at body.json:1:10"]],
    ["no object", "[1]", ["body.json does not contain a JSON object."]],
    ["nothing", "", ["body.json is not JSON."]],
  ])("%s is 64, and nothing is sent", async (_what, text, said) => {
    const cwd = await tempFolder({ "body.json": text });
    const before = (await company.iam.get("/users")).body.totalCount;
    const { status, stderr } = await company.run(
      ["api", "POST", "/invites", "--yes", "--input", "body.json"],
      { cwd },
    );
    expect(status).toBe(64);
    for (const part of said) expect(stderr).toContain(part);
    expect((await company.iam.get("/users")).body.totalCount).toBe(before);
  });

  test.each([
    [["GET", "/users", "--input", "x.json"], "GET has no body"],
    [
      ["POST", "/users", "--yes", "--input", "missing.json"],
      "The file missing.json can't be read: there is no such file.",
    ],
  ])("%j", async (words, said) => {
    const { status, stderr } = await api(...words);
    expect(status).toBe(64);
    expect(stderr).toContain(said);
  });
});

describe("an answer that is no success", () => {
  test.each([
    [["GET", "/users/clm9sq6s0000008kz7uvl7yz7"], 1, "404"],
    [["GET", "/teams", "--field", "limit=-1"], 1, "400"],
    [["GET", "/Users/nope"], 1, "404"],
    [["GET", "/nothing-here"], 1, "404"],
  ])("%j: its body on standard output, its message on standard error", async (words, status, code) => {
    const result = await api(...words);
    expect(result.status).toBe(status);
    expect(result.body).not.toBeUndefined();
    expect(result.stderr).toContain(`was answered ${code}`);
  });

  test("credentials that are refused are 4", async () => {
    const words = ["api", "GET", "/users", "--url", company.server.url, "--token", "wrong"];
    expect((await runCommand(words)).status).toBe(4);
  });

  test("no method, no request", async () => {
    const { status, stderr } = await api("FETCH", "/users");
    expect(status).toBe(64);
    expect(stderr).toContain("Use GET, POST, PUT, PATCH, DELETE");
  });

  test.each([
    [["/users"], "The method is missing.", "astro-scim api GET /users"],
    [["teams"], "The method is missing.", "astro-scim api GET /teams"],
    [["post"], "The path is missing.", "astro-scim api POST /users"],
    [[], "The method and path are missing.", "astro-scim api GET /users"],
  ])("%j: what is missing, and what to write", async (words, said, example) => {
    const { status, stderr } = await runCommand(["api", ...words]);
    expect(status).toBe(64);
    expect(stderr).toContain(`Error: ${said}\n`);
    expect(stderr).toContain(`Example: ${example}\n`);
  });

  test("a wrong method is named before a missing target", async () => {
    const { status, stderr } = await runCommand(["api", "/users", "GET"]);
    expect(status).toBe(64);
    expect(stderr).toContain('"/users" is not a method of these APIs.');
  });
});

describe("--curl", () => {
  test("prints the request, sends nothing, and needs no token", async () => {
    const words = ["api", "POST", "/teams", "--field", "name=it's", "--curl", "--org", organizationId];
    const env = { ASTRO_API_TOKEN: "set" };
    expect(await runCommand(words, { env })).toEqual({
      status: 0,
      stderr: "",
      stdout: [
        "curl --request POST \\",
        '  --header "Authorization: Bearer $ASTRO_API_TOKEN" \\',
        "  --header 'accept: application/json' \\",
        "  --header 'content-type: application/json' \\",
        String.raw`  --data-raw '{"name":"it'\''s"}' ` + "\\",
        `  https://api.astronomer.io/v1/organizations/${organizationId}/teams`,
        "",
      ].join("\n"),
    });
  });

  test("says that the variable must be set where it is not", async () => {
    const words = ["api", "GET", "/users", "--curl", "--org", organizationId];
    const { stderr } = await runCommand(words, { env: { ASTRO_SCIM_TOKEN: "other" } });
    expect(stderr).toBe(
      "ASTRO_API_TOKEN is not set here: set it to the API token before you run the command.\n",
    );
    expect((await runCommand([...words, "--quiet"])).stderr).toBe("");
  });

  test("keeps Entra's flag, and the query behind it", async () => {
    const url = `http://127.0.0.1:1/scim/v2/${organizationId}?aadOptscim062020`;
    const { stdout } = await runCommand([
      "api",
      "GET",
      "/Users",
      "--field",
      "count=2",
      "--curl",
      "--url",
      url,
    ]);
    expect(stdout).toContain(`'http://127.0.0.1:1/scim/v2/${organizationId}/Users?aadOptscim062020&count=2'`);
  });

  test("the token is nowhere, even where it is given", async () => {
    const { stdout, stderr } = await company.run(["api", "GET", "/users", "--curl"]);
    expect(stdout + stderr).not.toContain(company.server.token);
  });
});

test("--trace keeps the request without the token", async () => {
  const cwd = await tempFolder({});
  await company.run(["api", "GET", "/users", "--trace", "trace.ndjson"], { cwd });
  const trace = await readFile(join(cwd, "trace.ndjson"), "utf8");
  expect(trace).toContain(`/v1/organizations/${organizationId}/users`);
  expect(trace).not.toContain(company.server.token);
});
