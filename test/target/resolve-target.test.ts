import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { resolveTarget } from "../../src/target/resolve-target.ts";
import type { RemoteTarget, TargetContext, TargetFlags } from "../../src/target/resolve-target.ts";
import { jwt, organizationToken } from "../support/astro-token.ts";
import { fakeIo } from "../support/fake-io.ts";
import { tempFolder } from "../support/temp-folder.ts";

const org = "clmaxoarx000008l2c5ayb9pt";
const astro = `https://api.astronomer.io/scim/v2/${org}`;
const localAstro = `http://localhost:8888/scim/v2/${org}`;
const local = "http://127.0.0.1:8888/scim/v2/O";
const now = new Date("2026-01-15T09:00:00Z");

interface Setting {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly intent?: TargetContext["intent"];
  readonly withoutTarget?: TargetContext["withoutTarget"];
}

async function resolve(flags: TargetFlags, setting: Setting = {}) {
  const cwd = await tempFolder(setting.files);
  return resolveTarget(flags, {
    io: fakeIo({ cwd, env: { HOME: join(cwd, "home"), ...setting.env }, now }),
    intent: setting.intent ?? "write",
    withoutTarget: setting.withoutTarget ?? "in-process",
  });
}

const token = { env: { ASTRO_SCIM_TOKEN: "opaque-token" } };
const login = (more = "") => ({
  "home/.astro/config.yaml": `context: astronomer.io\ncontexts: {astronomer_io: {domain: astronomer.io, token: Bearer login${more}}}`,
});

describe("no target on the command line", () => {
  test.each<[string, Setting]>([
    ["nothing configured", {}],
    [
      "tokens in the environment don't choose a target",
      { env: { ASTRO_API_TOKEN: organizationToken(org), ASTRO_SCIM_TOKEN: "x" } },
    ],
    ["nor does a login", { files: login(`, organization: ${org}`) }],
    ["nor does a file of profiles", { files: { "astro-scim.yaml": `profiles: { prod: { org: ${org} } }` } }],
  ])("the in-process Astro: %s", async (_case, setting) => {
    expect(await resolve({}, setting)).toEqual({ kind: "in-process" });
  });

  const reading = { intent: "read", withoutTarget: "organization of the token" } as const;

  test.each<[string, TargetFlags, Setting, string]>([
    ["by the claim of ASTRO_SCIM_TOKEN", {}, { env: { ASTRO_SCIM_TOKEN: organizationToken(org) } }, astro],
    ["by the claim of ASTRO_API_TOKEN", {}, { env: { ASTRO_API_TOKEN: organizationToken(org) } }, astro],
    [
      "on ASTRO_API_TOKEN's own domain",
      {},
      { env: { ASTRO_API_TOKEN: organizationToken(org), ASTRO_DOMAIN: "astronomer-dev.io" } },
      `https://api.astronomer-dev.io/scim/v2/${org}`,
    ],
    ["by the astro CLI's context", {}, { files: login(`, organization: ${org}`) }, astro],
    ["by the claim of --token", { token: organizationToken(org) }, {}, astro],
    [
      "of a local Astro, which issued the token",
      {},
      { env: { ASTRO_API_TOKEN: organizationToken(org, { iss: "http://localhost:8888" }) } },
      localAstro,
    ],
    [
      "of a local Astro, by the domain of the astro CLI",
      {},
      { env: { ASTRO_API_TOKEN: organizationToken(org), ASTRO_DOMAIN: "localhost" } },
      localAstro,
    ],
    [
      "of a local Astro, by the astro CLI's context",
      {},
      {
        files: {
          "home/.astro/config.yaml": `context: localhost\ncontexts: {localhost: {domain: localhost, token: Bearer x, organization: ${org}}}`,
        },
      },
      localAstro,
    ],
  ])(
    "is enough for reading where the token names its organization: %s",
    async (_how, flags, setting, baseUrl) => {
      expect(await resolve(flags, { ...reading, ...setting })).toMatchObject({
        baseUrl,
        organizationId: baseUrl.slice(-25),
      });
    },
  );

  test("a token on the command line means a server also for commands that have an in-process Astro", async () => {
    const target = await resolve({ token: organizationToken(org) }, { intent: "read" });
    expect(target).toMatchObject({ kind: "remote", baseUrl: astro });
  });

  test("but not for writing: the target must be named", async () => {
    await expect(resolve({ token: organizationToken(org) })).rejects.toMatchObject({
      code: "usage",
      message: "Commands that write need an explicit target; a token alone is not enough.",
    });
  });

  test.each([
    ["an opaque token", "opaque"],
    ["a token without permissions", jwt({ sub: "somebody" })],
  ])("%s names no organization", async (_what, text) => {
    await expect(resolve({}, { ...reading, env: { ASTRO_SCIM_TOKEN: text } })).rejects.toMatchObject({
      code: "usage",
      hint: "Add --url, --org or --profile.",
    });
  });

  test.each(["http://localhost:8888", "http://127.0.0.1:8888", "http://[::1]:8888"])(
    "the domain localhost lets ASTRO_API_TOKEN go to %s",
    async (root) => {
      const env = { ASTRO_API_TOKEN: "of-the-local-astro", ASTRO_DOMAIN: "localhost" };
      expect(await resolve({ url: `${root}/scim/v2/O` }, { env })).toMatchObject({
        token: "of-the-local-astro",
      });
    },
  );

  test("of a local Astro the organization has to be named, where its token is opaque", async () => {
    const env = { ASTRO_API_TOKEN: "opaque", ASTRO_DOMAIN: "localhost" };
    await expect(resolve({}, { ...reading, env })).rejects.toMatchObject({
      code: "usage",
      hint: "Add --domain localhost and --org with the organization that the local Astro has.",
    });
    const named = await resolve({ org, domain: "localhost" }, { ...reading, env });
    expect(named).toMatchObject({ baseUrl: localAstro, token: "opaque" });
  });

  test("ASTRO_SCIM_URL names the target where none is named, for reading", async () => {
    const env = { ASTRO_SCIM_URL: local, ASTRO_SCIM_TOKEN: "t" };
    expect(await resolve({}, { ...reading, env })).toMatchObject({ baseUrl: local, organizationId: "O" });
    expect(await resolve({ org }, { ...reading, env })).toMatchObject({ baseUrl: astro });
    expect(await resolve({}, { intent: "read", env })).toEqual({ kind: "in-process" });
    await expect(resolve({}, { ...reading, intent: "write", env })).rejects.toMatchObject({ code: "usage" });
  });

  test.each([
    "http://localhost:9999",
    "http://127.0.0.1:8889",
    "https://api.astronomer.io",
    "https://localhost:8888",
  ])("and not to %s", async (root) => {
    const env = { ASTRO_API_TOKEN: "of-the-local-astro", ASTRO_DOMAIN: "localhost" };
    await expect(resolve({ url: `${root}/scim/v2/O` }, { env })).rejects.toMatchObject({ code: "usage" });
  });

  describe("local.core of the astro CLI says where the Astro on this machine is", () => {
    const env = { ASTRO_API_TOKEN: organizationToken(org), ASTRO_DOMAIN: "localhost" };
    const core = (address: string) => `local:\n  core: ${address}\n`;
    const home = "home/.astro/config.yaml";
    const project = ".astro/config.yaml";

    test.each<[string, Readonly<Record<string, string>>, string]>([
      ["of the user", { [home]: core("http://localhost:9999") }, "http://localhost:9999"],
      ["with a slash at its end", { [home]: core("http://127.0.0.1:9999/") }, "http://127.0.0.1:9999"],
      ["in capitals", { [home]: "LOCAL: { Core: http://localhost:9999 }" }, "http://localhost:9999"],
      [
        "of the working folder first",
        { [home]: core("http://localhost:9999"), [project]: core("http://localhost:7777") },
        "http://localhost:7777",
      ],
      ["of no file", {}, "http://localhost:8888"],
      ["of a file that has none", { [home]: "context: localhost\n" }, "http://localhost:8888"],
      ["of a damaged file", { [home]: "{{{" }, "http://localhost:8888"],
    ])("%s", async (_what, files, root) => {
      expect(await resolve({}, { ...reading, env, files })).toMatchObject({
        baseUrl: `${root}/scim/v2/${org}`,
      });
      const named = { org, domain: "localhost" };
      expect(await resolve(named, { env, files })).toMatchObject({ baseUrl: `${root}/scim/v2/${org}` });
      expect(await resolve({ url: `${root}/scim/v2/O` }, { env, files })).toMatchObject({ kind: "remote" });
    });

    test("a token that a local Astro issued goes there, too", async () => {
      const issued = organizationToken(org, { iss: "astro-scim local server" });
      const files = { [home]: core("http://localhost:9999") };
      expect(await resolve({}, { ...reading, env: { ASTRO_SCIM_TOKEN: issued }, files })).toMatchObject({
        baseUrl: `http://localhost:9999/scim/v2/${org}`,
      });
    });

    test.each(["https://evil.example.com", "http://10.0.0.1:8888", "ftp://localhost", "nonsense"])(
      "%s is not on this machine, and gets no token",
      async (address) => {
        const files = { [project]: core(address) };
        await expect(resolve({}, { ...reading, env, files })).rejects.toMatchObject({ code: "usage" });
      },
    );

    test("another domain has nothing to do with it", async () => {
      const files = { [home]: core("http://localhost:9999") };
      expect(await resolve({ org }, { env: token.env, files })).toMatchObject({ baseUrl: astro });
    });
  });

  test("an organization in a claim that can't be one is not made part of a URL", async () => {
    const env = { ASTRO_SCIM_TOKEN: organizationToken("../../evil") };
    await expect(resolve({}, { ...reading, env })).rejects.toMatchObject({ code: "usage" });
  });
});

describe("a named target", () => {
  test("--url", async () => {
    expect(await resolve({ url: `${local}/` }, token)).toEqual({
      kind: "remote",
      baseUrl: local,
      organizationId: "O",
      token: "opaque-token",
      tokenSource: "ASTRO_SCIM_TOKEN",
      isLoopback: true,
      isPublicAstro: false,
      profile: undefined,
      notes: [],
    } satisfies RemoteTarget);
  });

  test.each<[string, TargetFlags, Partial<RemoteTarget>]>([
    ["--org", { org }, { baseUrl: astro, organizationId: org, isLoopback: false, isPublicAstro: true }],
    [
      "--org with --domain",
      { org, domain: "astronomer-dev.io" },
      { baseUrl: `https://api.astronomer-dev.io/scim/v2/${org}`, isPublicAstro: false },
    ],
    [
      "--org with the domain localhost",
      { org, domain: "localhost" },
      { baseUrl: localAstro, isLoopback: true, isPublicAstro: false },
    ],
    [
      "--profile with org",
      { profile: "prod" },
      { baseUrl: astro, profile: expect.objectContaining({ name: "prod", readOnly: true }) },
    ],
    ["--profile with url", { profile: "local" }, { baseUrl: local, isLoopback: true }],
    [
      "another server",
      { url: "https://scim.example.com/tenant" },
      { organizationId: undefined, isPublicAstro: false, isLoopback: false },
    ],
  ])("%s", async (_how, flags, expected) => {
    const files = {
      "astro-scim.yaml": `profiles: { prod: { org: ${org}, readOnly: true }, local: { url: "${local}" } }`,
    };
    expect(await resolve(flags, { ...token, files })).toMatchObject(expected);
  });

  test.each<[string, TargetFlags, string]>([
    ["--url and --org", { url: local, org }, "--url and --org cannot be used together: each names a target."],
    [
      "--org and --profile",
      { org, profile: "p" },
      "--org and --profile cannot be used together: each names a target.",
    ],
    [
      "all three",
      { url: local, org, profile: "p" },
      "--url and --org and --profile cannot be used together: each names a target.",
    ],
    ["--domain alone", { domain: "astronomer.io" }, "--domain needs --org."],
    ["--domain and --url", { domain: "astronomer.io", url: local }, "--domain needs --org."],
  ])("%s contradict each other", async (_what, flags, message) => {
    await expect(resolve(flags, token)).rejects.toMatchObject({ code: "usage", message });
  });

  test.each<[string, Setting]>([
    ["--url", {}],
    ["a profile", { files: { "astro-scim.yaml": "profiles: { p: { url: 'http://h.example/scim' } }" } }],
  ])(
    "plain HTTP to another machine is refused, by %s, and before a token is looked for",
    async (how, setting) => {
      const flags = how === "--url" ? { url: "http://h.example/scim" } : { profile: "p" };
      await expect(resolve({ ...flags, tokenFile: "missing" }, setting)).rejects.toMatchObject({
        code: "refused",
      });
    },
  );
});

describe("what a token says of itself", () => {
  const expired = organizationToken(org, { exp: now.getTime() / 1000 - 60 });

  test("one that has expired is refused before anything is sent", async () => {
    await expect(resolve({ org, token: expired })).rejects.toMatchObject({
      code: "unauthorized",
      message: "The token from --token has expired (2026-01-15T08:59:00.000Z).",
    });
  });

  test("on loopback it is only said", async () => {
    const target = await resolve({ url: local, token: expired });
    expect(target).toMatchObject({ notes: expect.arrayContaining([expect.stringContaining("has expired")]) });
  });

  test("one of another organization is said", async () => {
    const target = await resolve({ org: "clother", token: organizationToken(org) });
    expect(target).toMatchObject({
      notes: [`The token from --token is for organization ${org}, but the target is clother.`],
    });
  });

  describe.each([
    ["Workspace", ["workspaceId:w"]],
    ["Workspace", [`organizationId:${org}`, "workspaceId:w"]],
    ["Deployment", ["workspaceId:w", "deploymentId:d"]],
  ])("a %s token with %j", (kind, permissions) => {
    const narrow = jwt({ permissions });
    const message = `The token from --token is a ${kind} API token: it gives no access to the organization's users and Teams.`;

    test.each([
      ["with the organization", { org }],
      ["without a target", {}],
    ])("is explained before anything is sent, %s", async (_how, flags) => {
      await expect(
        resolve({ ...flags, token: narrow }, { intent: "read", withoutTarget: "organization of the token" }),
      ).rejects.toMatchObject({
        code: "unauthorized",
        message,
        hint: expect.stringContaining("Organization API token") as string,
      });
    });

    test("on loopback and to other servers it is only said", async () => {
      for (const url of [local, "https://scim.example.com/v2"]) {
        expect(await resolve({ url, token: narrow })).toMatchObject({
          notes: expect.arrayContaining([message]) as string[],
        });
      }
    });
  });

  test("one of this organization needs no word", async () => {
    expect(
      await resolve({ org, token: organizationToken(org, { exp: now.getTime() / 1000 + 60 }) }),
    ).toMatchObject({ notes: [] });
  });
});
