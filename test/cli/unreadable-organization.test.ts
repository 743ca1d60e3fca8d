/** Organizations that `users`, `teams` and `api` cannot read: one clear sentence each, an exit status, and never a part of a list. */

import { describe, expect, onTestFinished, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { organizationToken, jwt } from "../support/astro-token.ts";
import { organizationId, startCompany } from "../support/company-on-astro.ts";
import { fakeIo } from "../support/fake-io.ts";
import { teamsShape } from "../support/json-shapes.ts";
import { unusedPort } from "../support/loopback-server.ts";
import { runCommand } from "../support/run-command.ts";
import { seededWorld } from "../support/seeded-world.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { scimServerWith, type Arrived, type Reply } from "../support/scim-server-with.ts";

const other = "clmaxoarx000008l2c5ayb9zz";
const commands = [["users"], ["teams"], ["users", "show", "ada@example.com"], ["teams", "show", "analysts"]];

interface Unreadable {
  readonly what: string;
  /** The token that the server admits, where it is not a made-up one. */
  readonly serverToken?: string;
  readonly flags: (server: { readonly url: string; readonly token: string }) => readonly string[];
  readonly status: number;
  readonly said: readonly string[];
}

const expired = organizationToken(organizationId, { exp: Date.parse("2025-12-01T00:00:00Z") / 1000 });
const ofWorkspace = jwt({
  permissions: ["apiTokenId:clm8q7f6q000008lcgyougpsk", "workspaceId:clm8t5u4q000008jq4qoc3036"],
});

const unreadable: readonly Unreadable[] = [
  {
    what: "another organization than the token's",
    flags: ({ url, token }) => ["--url", url.replace(organizationId, other), "--token", token],
    status: 4,
    said: [`belongs to organization ${organizationId}, not to ${other}`],
  },
  {
    what: "an unknown organization",
    serverToken: "opaque",
    flags: ({ url, token }) => ["--url", url.replace(organizationId, other), "--token", token],
    status: 4,
    said: ["does not allow this token to do that", "Check the organization ID"],
  },
  {
    what: "a token of another organization",
    flags: ({ url }) => ["--url", url, "--token", organizationToken(other)],
    status: 4,
    said: ["refused the token", `belongs to organization ${other}, not to ${organizationId}`],
  },
  {
    what: "an expired token",
    serverToken: expired,
    flags: ({ url }) => ["--url", url, "--token", expired],
    status: 4,
    said: ["refused the token", "expired at 2025-12-01T00:00:00.000Z"],
  },
  {
    what: "a Workspace token",
    serverToken: ofWorkspace,
    flags: ({ url }) => ["--url", url, "--token", ofWorkspace],
    status: 4,
    said: ["is a Workspace API token", "Use an Organization API token"],
  },
  {
    what: "a wrong token",
    flags: ({ url }) => ["--url", url, "--token", "wrong"],
    status: 4,
    said: ["refused the token: GET /", "Check the token"],
  },
];

async function start(token: string | undefined): Promise<AstroServer> {
  const server = await startServer({
    world: seededWorld(),
    organizationId,
    ...(token === undefined ? {} : { token }),
  });
  onTestFinished(() => server.close());
  return server;
}

describe.each(unreadable)("$what", ({ serverToken, flags, status, said }) => {
  test.each(commands.map((words) => ({ words })))("$words", async ({ words }) => {
    const server = await start(serverToken);
    const argv = [...words, ...flags(server)];
    const result = await runCommand(argv);
    expect({ status: result.status, stdout: result.stdout }).toEqual({ status, stdout: "" });
    for (const part of said) expect(result.stderr).toContain(part);
  });

  test("the server's request ID is always shown", async () => {
    const server = await start(serverToken);
    const { stderr } = await runCommand(["users", ...flags(server)]);
    expect(stderr).toMatch(/\(request \w+\)/);
  });
});

describe("IAM is down while SCIM works", () => {
  test("users is an error and not a list without roles; --api scim reads it", async () => {
    const { server, run } = await startCompany();
    server.faults.set(["status=503,path=/users"]);
    const { status, stdout, stderr } = await run(["users"]);
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toContain("GET /users was answered 503");
    expect(stderr).toContain("With --api scim users and Teams are read over SCIM, without roles.");
    expect((await run(["users", "--api", "scim"])).status).toBe(0);
  });
});

test("nobody there", async () => {
  const url = `http://127.0.0.1:${await unusedPort()}/scim/v2/${organizationId}`;
  const { status, stderr } = await runCommand(["users", "--url", url, "--token", "t"]);
  expect(status).toBe(3);
  expect(stderr).toContain("Check the host and port, and that the server is running.");
  expect(stderr).not.toContain("--api scim");
});

test("a host name that does not resolve has no SCIM either", async () => {
  const url = `https://astro.invalid/scim/v2/${organizationId}`;
  const { status, stderr } = await runCommand([
    "users",
    "--url",
    url,
    "--token",
    organizationToken(organizationId),
  ]);
  expect(status).toBe(3);
  expect(stderr).toContain("astro.invalid");
  expect(stderr).not.toContain("--api scim");
});

test("the astro CLI's context localhost without a login", async () => {
  const cwd = await tempFolder({
    ".astro/config.yaml": "context: localhost\ncontexts: { localhost: { domain: localhost } }\n",
  });
  const { status, stderr } = await runCommand(["users"], { cwd, env: { HOME: cwd } });
  expect(status).toBe(64);
  expect(stderr).toContain("The astro CLI's context localhost has no login");
  expect(stderr).toContain(
    "For a local Astro, set ASTRO_API_TOKEN to the API token that astro-scim serve prints.",
  );
});

test("no target, and no token that names one", async () => {
  const { status, stderr } = await runCommand(["users"]);
  expect(status).toBe(64);
  expect(stderr).toContain("There is no target, and no API token that names one.");
  expect(stderr).toContain("astro-scim serve");
});

/** A server with Teams in number, at the path of IAM. */
async function serving(reply: (request: Arrived) => Reply): Promise<readonly string[]> {
  const server = await scimServerWith(reply, "");
  onTestFinished(() => server.close());
  return ["--url", `${server.target}/scim/v2/${organizationId}`, "--token", "t"];
}

const manyTeams = Array.from({ length: 10_000 }, (_, number) => ({
  id: `clma5ftgk000008mhgev${String(number).padStart(5, "0")}`,
  name: `team-${number}`,
  organizationId,
  organizationRole: "ORGANIZATION_MEMBER",
  isIdpManaged: true,
  createdAt: "2025-11-22T04:37:12Z",
  updatedAt: "2025-11-22T04:37:12Z",
}));

function page({ query }: Arrived): Reply {
  const offset = Number(query.get("offset"));
  const limit = Number(query.get("limit"));
  const teams = manyTeams.slice(offset, offset + limit);
  return { status: 200, json: { teams, limit, offset, totalCount: manyTeams.length } };
}

describe("10,000 Teams", () => {
  test("are all listed", async () => {
    const target = await serving(page);
    const { stdout } = await runCommand(["teams", "--json", ...target]);
    expect(teamsShape.parse(JSON.parse(stdout)).teams.length).toBe(10_000);
  });

  test("the nearest name is found among them", async () => {
    const target = await serving(page);
    const { status, stderr } = await runCommand(["teams", "show", "taem-4711", ...target]);
    expect(status).toBe(1);
    expect(stderr).toContain("Did you mean team-4711");
  });

  test("a page that fails in the middle leaves no shorter list", async () => {
    const target = await serving((request) =>
      request.query.get("offset") === "5000"
        ? { status: 500, json: { message: "oops", requestId: "clz9x", statusCode: 500 } }
        : page(request),
    );
    for (const format of ["table", "json", "ndjson", "csv"]) {
      const { status, stdout, stderr } = await runCommand(["teams", "-o", format, ...target]);
      expect(status).toBe(3);
      expect(stdout).not.toContain("team-1");
      expect(stderr).toContain("GET /teams was answered 500: oops (request clz9x)");
    }
  });
});

test("Ctrl-C between two pages ends with 130, and lists nothing", async () => {
  const io = fakeIo();
  const target = await serving((request) => {
    if (request.query.get("offset") === "2000") io.interrupt();
    return page(request);
  });
  const { status, stdout } = await runCommand(["teams", ...target], { io });
  expect({ status, stdout }).toEqual({ status: 130, stdout: "" });
});

describe("a SCIM server without an IAM API", () => {
  const user = { id: "1", userName: "ada@example.com", active: true, name: { formatted: "Ada" } };
  const list = (...Resources: object[]): Reply => ({
    status: 200,
    json: { totalResults: Resources.length, Resources },
  });
  const scimOnly = ({ path }: Arrived): Reply => {
    if (path.endsWith("/Users")) return list(user);
    if (path.endsWith("/Groups")) return list({ id: "g", displayName: "team", members: [{ value: "1" }] });
    return path.endsWith("/Groups/g")
      ? { status: 200, json: { id: "g", displayName: "team", members: [{ value: "1" }] } }
      : { status: 404, text: "<html>not found</html>" };
  };

  test("is read over SCIM, which is said", async () => {
    const { status, stdout, stderr } = await runCommand(["users", ...(await serving(scimOnly))]);
    expect(status).toBe(0);
    expect(stdout).toContain("ada@example.com");
    expect(stderr).toContain("Read over SCIM");
    expect(stderr).toContain("this server does not say that it has an IAM API");
  });

  test("and --api iam says that there is none", async () => {
    const { status, stderr } = await runCommand(["users", "--api", "iam", ...(await serving(scimOnly))]);
    expect(status).toBe(3);
    expect(stderr).toContain("There is no IAM API of Astro at http://127.0.0.1");
  });

  test("a server whose address is not Astro's is not asked for IAM at all", async () => {
    const server = await scimServerWith(scimOnly, "");
    onTestFinished(() => server.close());
    const target = ["--url", `${server.target}/tenant`, "--token", "t"];
    expect((await runCommand(["teams", "show", "team", ...target])).status).toBe(0);
    expect(server.arrived.filter(({ path }) => path.includes("/v1/"))).toEqual([]);
    const { status, stderr } = await runCommand(["users", "--api", "iam", ...target]);
    expect(status).toBe(64);
    expect(stderr).toContain("has no IAM API");
  });
});

test("a token that the server repeats is not shown", async () => {
  const target = await serving(({ headers }) => ({
    status: 403,
    json: { message: `no: ${String(headers["authorization"])}`, requestId: "clz9x", statusCode: 403 },
  }));
  const secret = "a-secret-token-of-some-length";
  const words = [...target.slice(0, -1), secret];
  for (const command of [["users"], ["api", "GET", "/users"]]) {
    const { status, stdout, stderr } = await runCommand([...command, ...words]);
    expect(status).toBe(4);
    expect(stdout + stderr).not.toContain(secret);
    expect(stderr).toContain("[redacted]");
  }
});

describe("a token that says itself why it is refused", () => {
  const workspaceToken = jwt({ permissions: ["workspaceId:clm8t5u4q000008jq4qoc3036"] });

  test.each([
    ["of a Workspace", workspaceToken, "is a Workspace API token"],
    [
      "of another organization",
      organizationToken("clma5g8q6000108mh88g27k1y"),
      "belongs to organization clma5g",
    ],
    ["that has expired", organizationToken(organizationId, { exp: 1_000_000_000 }), "expired at 2001-09-09"],
  ])("%s: diff and the repairs say it, as users does", async (_what, token, said) => {
    const { server } = await startCompany();
    const fixture = `idp: okta\norganization: ${organizationId}\nusers: [{ email: ada@example.com, firstName: A, lastName: K }]\n`;
    const cwd = await tempFolder({ "own.yaml": fixture });
    const target = ["--url", server.url, "--token", token];
    for (const words of [
      ["users"],
      ["diff", "own.yaml"],
      ["diff", "own.yaml", "--api", "iam"],
      ["resync", "--all", "--dry-run", "--from", "own.yaml"],
    ]) {
      const { status, stderr } = await runCommand([...words, ...target], { cwd });
      expect({ words, status }).toEqual({ words, status: 4 });
      expect(stderr.split("\n").at(-2)).toContain(said);
    }
  });
});

describe("requests that Astro refuses", () => {
  test("a limit out of range", async () => {
    const { run } = await startCompany();
    const { status, stderr } = await run(["api", "GET", "/users", "--field", "limit=2000"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^Error: GET \/v1\/organizations\/\w+\/users was answered 400: .* \(request \w+\)\.$/m,
    );
  });

  test("an id that is no cuid", async () => {
    const { run } = await startCompany();
    const { status, stderr } = await run(["api", "GET", "/users/42"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/was answered 40[04]: /);
  });
});

describe("an unknown organization is the same error in diff and in users", () => {
  test.each([
    { foreignOrganization: "forbidden", status: 4, said: "does not allow this token to do that" },
    { foreignOrganization: "not-found", status: 3, said: `has no organization ${other} for this token` },
  ] as const)("with foreignOrganization=$foreignOrganization", async ({ status, said, ...behaviour }) => {
    const server = await startServer({ world: seededWorld(), organizationId, token: "opaque", behaviour });
    onTestFinished(() => server.close());
    const flags = ["--url", server.url.replace(organizationId, other), "--token", "opaque"];
    for (const words of [["diff", "fixtures/okta-small.yaml"], ["users"]]) {
      const result = await runCommand([...words, ...flags]);
      expect(result.status).toBe(status);
      expect(result.stderr).toContain(`${new URL(server.url).origin} ${said}`);
      expect(result.stderr).toContain("Check the organization ID");
    }
  });
});
