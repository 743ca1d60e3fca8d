import { describe, expect, test } from "vitest";

import type { Action } from "../../../src/directory/action.ts";
import {
  documentedEntraSettings,
  type EntraAppSettings,
  type EntraMapping,
} from "../../../src/directory/entra-app-settings.ts";
import type { ProfileValue } from "../../../src/directory/directory.ts";
import { resolveEntraFidelity } from "../../../src/fidelity/resolve.ts";
import type { JsonValue } from "../../../src/ground/json.ts";
import type { WireRequest } from "../../../src/wire/exchange.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import { probes, rehearseEntra } from "../../support/entra-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

const { users } = documentedEntraSettings;
const ada = "ada@example.com";
const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const coreGroup = "urn:ietf:params:scim:schemas:core:2.0:Group";

interface Rehearsed {
  readonly switches: Readonly<Record<string, string>>;
  readonly actions?: readonly Action[];
  readonly settings?: Partial<EntraAppSettings>;
  readonly profile?: Readonly<Record<string, ProfileValue>>;
}

/** What is sent for the actions; for the initial cycle where there are none. */
async function requestsOf({
  switches,
  actions,
  settings,
  profile = {},
}: Rehearsed): Promise<readonly WireRequest[]> {
  const requests: WireRequest[] = [];
  const server = tinyScim({ endsMemberships: false });
  const directory = aDirectory({
    users: [anEntraUser(ada, { profile })],
    groups: [aGroup("Data", [ada])],
    assignedGroups: ["Data"],
  });
  const entra = rehearseEntra(
    directory,
    (request) => {
      requests.push(request);
      return server.send(request);
    },
    { ...settings, fidelity: resolveEntraFidelity(switches) },
  );
  await entra.begin();
  for (const step of actions ?? []) {
    requests.length = 0;
    await entra.act(step);
  }
  return requests.filter(({ method, path }) => !probes.includes(`${method} ${path}`));
}

async function bodiesOf(rehearsed: Rehearsed): Promise<readonly JsonValue[]> {
  return (await requestsOf(rehearsed)).flatMap(({ body }) => body ?? []);
}

async function linesOf(rehearsed: Rehearsed): Promise<readonly string[]> {
  return (await requestsOf(rehearsed)).map(({ method, path }) => `${method} ${path}`);
}

const rename: Action = { kind: "update-user", user: ada, profile: { displayName: "A" } };
const block: Action = { kind: "block-user", user: ada };
const deleted: readonly Action[] = [{ kind: "soft-delete-user", user: ada }];
const byPrincipalName: Partial<EntraAppSettings> = {
  users: {
    ...users,
    mappings: users.mappings.map((row) =>
      row.target === "userName"
        ? { ...row, source: { kind: "direct", attribute: "userPrincipalName" } }
        : row,
    ),
  },
};

function alsoMapped(target: string, source: EntraMapping["source"]): Partial<EntraAppSettings> {
  return { users: { ...users, mappings: [...users.mappings, { target, source, applies: "always" }] } };
}

describe("POST", () => {
  test.each<[name: string, value: string, changes: JsonValue]>([
    ["entraUserSchemas", "enterprise", { schemas: [core, enterprise] }],
    ["entraUserSchemas", "core", { schemas: [core] }],
    ["entraEmptyRoles", "send", { roles: [] }],
  ])("of a user, %s %s", async (name, value, changes) => {
    expect((await bodiesOf({ switches: { [name]: value } }))[0]).toMatchObject(changes as object);
  });

  test("of a user has no roles without the switch", async () => {
    expect((await bodiesOf({ switches: {} }))[0]).not.toHaveProperty("roles");
  });

  test.each<[value: string, schemas: readonly string[]]>([
    ["core", [coreGroup]],
    ["adscim", [coreGroup, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"]],
  ])("of a group, entraGroupSchemas %s", async (entraGroupSchemas, schemas) => {
    expect((await bodiesOf({ switches: { entraGroupSchemas } }))[1]).toMatchObject({ schemas });
  });
});

describe("headers", () => {
  test.each<[name: string, value: string, headers: Record<string, string>]>([
    ["entraVersionHeader", "5.0", { ADSCIMVersion: "5.0" }],
    ["entraVersionHeader", "none", {}],
    ["entraAcceptHeader", "any", { ADSCIMVersion: "5.0", Accept: "*/*" }],
  ])("of a GET, %s %s", async (name, value, headers) => {
    expect((await requestsOf({ switches: { [name]: value } }))[0]?.headers).toEqual(headers);
  });
});

describe("PATCH", () => {
  const operations = async (rehearsed: Rehearsed): Promise<unknown> =>
    ((await bodiesOf(rehearsed))[0] as { Operations: unknown }).Operations;

  test.each<[value: string, verb: string]>([
    ["presence", "replace"],
    ["replace", "replace"],
    ["add", "add"],
  ])("entraPatchVerb %s", async (entraPatchVerb, op) => {
    expect(await operations({ switches: { entraPatchVerb }, actions: [rename] })).toEqual([
      { op, value: { displayName: "A" } },
    ]);
  });

  test.each<[value: string, operation: JsonValue]>([
    ["pathless", { op: "replace", value: { displayName: "A" } }],
    ["path", { op: "replace", path: "displayName", value: "A" }],
  ])("entraSingleAttribute %s", async (entraSingleAttribute, operation) => {
    expect(await operations({ switches: { entraSingleAttribute }, actions: [rename] })).toEqual([operation]);
  });

  test.each<[value: string, expected: readonly JsonValue[]]>([
    ["merged", [{ op: "replace", value: { userName: `idada${ada}`, active: false } }]],
    [
      "own",
      [
        { op: "replace", path: "active", value: false },
        { op: "replace", value: { userName: `idada${ada}` } },
      ],
    ],
  ])("entraActiveAmongOthers %s", async (entraActiveAmongOthers, expected) => {
    const settings = byPrincipalName;
    expect(await operations({ switches: { entraActiveAmongOthers }, actions: deleted, settings })).toEqual(
      expected,
    );
  });

  test.each<[value: string, active: JsonValue]>([
    ["text", "False"],
    ["json", false],
  ])("entraLegacyBooleans %s", async (entraLegacyBooleans, active) => {
    const settings = { flag: false };
    expect(await operations({ switches: { entraLegacyBooleans }, actions: [block], settings })).toEqual([
      { op: "Replace", path: "active", value: active },
    ]);
  });

  test.each<[value: string, expected: readonly JsonValue[]]>([
    [
      "each",
      [
        { op: "Replace", path: "userName", value: `idada${ada}` },
        { op: "Replace", path: "active", value: "False" },
      ],
    ],
    ["merged", [{ op: "Replace", value: { userName: `idada${ada}`, active: "False" } }]],
  ])("entraLegacyAttributes %s", async (entraLegacyAttributes, expected) => {
    const settings = { ...byPrincipalName, flag: false };
    expect(await operations({ switches: { entraLegacyAttributes }, actions: deleted, settings })).toEqual(
      expected,
    );
  });

  test.each<[value: string, sent: number]>([
    ["schema", 0],
    ["exact", 1],
  ])("entraTextCompare %s: another capital letter", async (entraTextCompare, sent) => {
    const capital: Action = { ...rename, profile: { displayName: "ADA" } };
    expect(await bodiesOf({ switches: { entraTextCompare }, actions: [capital] })).toHaveLength(sent);
  });

  // Microsoft: Reference for writing expressions (Switch): the trap that IIF is advised against.
  test.each<[value: string, expected: JsonValue]>([
    ["off", { displayName: "A", title: "Boss" }],
    ["on", { displayName: "A" }],
  ])("entraSwitchNull %s: a Switch whose source did not change", async (entraSwitchNull, expected) => {
    const settings = alsoMapped("title", {
      kind: "expression",
      text: 'Switch([department], , "Data", "Boss")',
    });
    const server = tinyScim();
    const entra = rehearseEntra(
      aDirectory({ users: [anEntraUser(ada, { profile: { department: "Data" } })] }),
      (request) => server.send(request.method === "POST" ? withoutTitle(request) : request),
      { ...settings, fidelity: resolveEntraFidelity({ entraSwitchNull, entraPatchVerb: "replace" }) },
    );
    const sent: WireRequest[] = [];
    await entra.begin();
    const watched = rehearseEntra(
      entra.directory,
      (request) => {
        sent.push(request);
        return server.send(request);
      },
      { ...settings, fidelity: resolveEntraFidelity({ entraSwitchNull, entraPatchVerb: "replace" }) },
    );
    watched.remember(entra.memory);
    await watched.act(rename);
    expect(sent.at(-1)?.body).toMatchObject({ Operations: [{ op: "replace", value: expected }] });
  });
});

function withoutTitle(request: WireRequest): WireRequest {
  const { title: _, ...body } = request.body ?? {};
  return { ...request, body };
}

describe("reading before writing", () => {
  const looked = `GET /Users?filter=userName+eq+%22ada%40example.com%22`;
  test.each<[name: string, value: string, actions: readonly Action[], lines: readonly string[]]>([
    ["entraReadBeforeUpdate", "get", [rename], ["GET /Users/Users-1", "PATCH /Users/Users-1"]],
    ["entraReadBeforeUpdate", "none", [rename], ["PATCH /Users/Users-1"]],
    [
      "entraEnableLookUp",
      "filter",
      [block, { kind: "unblock-user", user: ada }],
      [looked, "PATCH /Users/Users-1"],
    ],
    [
      "entraEnableLookUp",
      "id",
      [block, { kind: "unblock-user", user: ada }],
      ["GET /Users/Users-1", "PATCH /Users/Users-1"],
    ],
    [
      "entraReadBeforeMembers",
      "get",
      [{ kind: "remove-member", group: "Data", user: ada }],
      ["GET /Groups/Groups-2?excludedAttributes=members", "PATCH /Groups/Groups-2"],
    ],
    [
      "entraReadBeforeMembers",
      "none",
      [{ kind: "remove-member", group: "Data", user: ada }],
      ["PATCH /Groups/Groups-2"],
    ],
  ])("%s %s", async (name, value, actions, lines) => {
    expect(await linesOf({ switches: { [name]: value }, actions })).toEqual(lines);
  });
});

describe("how many at a time", () => {
  test("entraParallelRequests: the same requests, however many objects are under way", async () => {
    const directory = aDirectory({
      users: Array.from({ length: 9 }, (_, index) => anEntraUser(`u${index}@x.io`)),
    });
    const counts: number[] = [];
    for (const entraParallelRequests of [1, 4]) {
      let open = 0;
      let most = 0;
      const server = tinyScim();
      const entra = rehearseEntra(
        directory,
        async (request) => {
          open += 1;
          most = Math.max(most, open);
          const answer = await server.send(request);
          await Promise.resolve();
          open -= 1;
          return answer;
        },
        { fidelity: resolveEntraFidelity({ entraParallelRequests }) },
      );
      await entra.begin();
      expect(server.state().users.size).toBe(9);
      counts.push(most);
    }
    expect(counts).toEqual([1, 4]);
  });
});
