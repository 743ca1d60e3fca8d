import { describe, expect, test } from "vitest";

import type { Action } from "../../../src/directory/action.ts";
import { documentedEntraSettings, type EntraAppSettings } from "../../../src/directory/entra-app-settings.ts";
import { resolveEntraFidelity } from "../../../src/fidelity/resolve.ts";
import type { JsonValue } from "../../../src/ground/json.ts";
import type { WireRequest } from "../../../src/wire/exchange.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import { probes, rehearseEntra, type EntraRehearsal } from "../../support/entra-rehearsal.ts";
import { tinyScim, type TinyScim } from "../../support/tiny-scim.ts";

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

const ada = anEntraUser("ada@example.com", { profile: { displayName: "Ada" } });
const start = aDirectory({
  users: [ada],
  groups: [aGroup("Data Eng", ["ada@example.com"])],
  assignedUsers: ["ada@example.com"],
  assignedGroups: ["Data Eng"],
});

interface Watched {
  readonly entra: EntraRehearsal;
  readonly server: TinyScim;
  /** What was sent since the last time it was asked. */
  readonly sent: () => readonly string[];
  /** The body of each write since the last time. */
  readonly bodies: () => readonly JsonValue[];
}

function watch(settings: Partial<EntraAppSettings> = {}): Watched {
  const requests: WireRequest[] = [];
  const server = tinyScim({ endsMemberships: false });
  const entra = rehearseEntra(
    start,
    (request) => {
      requests.push(request);
      return server.send(request);
    },
    settings,
  );
  const all = (): readonly WireRequest[] => requests.splice(0);
  return {
    entra,
    server,
    sent: () => all().map(({ method, path }) => `${method} ${path}`),
    bodies: () => all().flatMap(({ body }) => body ?? []),
  };
}

const ops = (...operations: readonly JsonValue[]): JsonValue => ({
  schemas: [patchOp],
  Operations: operations,
});

const rename: Action = {
  kind: "update-user",
  user: "ada@example.com",
  profile: { displayName: "Ada K.", mail: "ada.k@example.com" },
};

describe("the conversation of Astro's documented configuration", () => {
  test("an initial cycle: probes, match, create, match the group, create it empty, add the members", async () => {
    const { entra, sent } = watch();
    await entra.begin();
    expect(sent()).toEqual([
      ...probes,
      "GET /Users?filter=userName+eq+%22ada%40example.com%22",
      "POST /Users",
      "GET /Groups?excludedAttributes=members&filter=displayName+eq+%22Data+Eng%22",
      "POST /Groups",
      "PATCH /Groups/Groups-2",
    ]);
  });

  test.each<[name: string, flag: boolean, members: JsonValue]>([
    ["flagged", true, ops({ op: "add", path: "members", value: [{ value: "Users-1" }] })],
    ["legacy", false, ops({ op: "Add", path: "members", value: [{ value: "Users-1" }] })],
  ])(
    "its bodies, %s: active is a boolean in a POST, a group is created empty",
    async (_name, flag, members) => {
      const { entra, bodies } = watch({ flag });
      await entra.begin();
      expect(bodies()).toEqual([
        {
          schemas: [core, enterprise],
          userName: "ada@example.com",
          active: true,
          displayName: "Ada",
          meta: { resourceType: "User" },
        },
        {
          schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
          displayName: "Data Eng",
          members: [],
          meta: { resourceType: "Group" },
        },
        members,
      ]);
    },
  );

  test("an unchanged directory: the probes, and nothing else", async () => {
    const { entra, sent } = watch();
    await entra.begin();
    sent();
    await entra.begin();
    expect(sent()).toEqual(probes);
    await entra.act();
    expect(sent()).toEqual(probes);
  });

  // Microsoft: Known issues and resolutions with SCIM 2.0 protocol compliance, "Flags to alter the SCIM behavior".
  test.each<[what: string, action: Action, lines: readonly string[], flagged: JsonValue, legacy: JsonValue]>([
    [
      "several attributes change",
      rename,
      ["GET /Users/Users-1", "PATCH /Users/Users-1"],
      ops({ op: "replace", value: { userName: "ada.k@example.com", displayName: "Ada K." } }),
      ops(
        { op: "Replace", path: "userName", value: "ada.k@example.com" },
        { op: "Replace", path: "displayName", value: "Ada K." },
      ),
    ],
    [
      "one attribute changes",
      { ...rename, profile: { displayName: "Ada K." } },
      ["GET /Users/Users-1", "PATCH /Users/Users-1"],
      ops({ op: "replace", value: { displayName: "Ada K." } }),
      ops({ op: "Replace", path: "displayName", value: "Ada K." }),
    ],
    [
      "sign-in is blocked",
      { kind: "block-user", user: "ada@example.com" },
      ["GET /Users/Users-1", "PATCH /Users/Users-1"],
      ops({ op: "replace", path: "active", value: false }),
      ops({ op: "Replace", path: "active", value: "False" }),
    ],
    [
      "the group is renamed",
      { kind: "rename-group", group: "Data Eng", name: "Data Platform" },
      ["GET /Groups/Groups-2?excludedAttributes=members", "PATCH /Groups/Groups-2"],
      ops({ op: "replace", value: { displayName: "Data Platform" } }),
      ops({ op: "Replace", path: "displayName", value: "Data Platform" }),
    ],
    [
      "a member leaves the group, and stays assigned",
      { kind: "remove-member", group: "Data Eng", user: "ada@example.com" },
      ["GET /Groups/Groups-2?excludedAttributes=members", "PATCH /Groups/Groups-2"],
      ops({ op: "remove", path: 'members[value eq "Users-1"]' }),
      ops({ op: "Remove", path: "members", value: [{ value: "Users-1" }] }),
    ],
  ])("%s", async (_what, action, lines, flagged, legacy) => {
    for (const [flag, body] of [
      [true, flagged],
      [false, legacy],
    ] as const) {
      const { entra, sent, bodies } = watch({ flag });
      await entra.begin();
      sent();
      await entra.press(action);
      expect(sent()).toEqual([]);
      await entra.act();
      expect(sent()).toEqual([...probes, ...lines]);
      const again = watch({ flag });
      await again.entra.begin();
      again.bodies();
      await again.entra.act(action);
      expect(again.bodies()).toEqual([body]);
      expect(bodies()).toEqual([]);
    }
  });

  test("a blocked user who may sign in again is looked up, and enabled by the stored id", async () => {
    const { entra, sent } = watch();
    await entra.begin();
    await entra.act({ kind: "block-user", user: "ada@example.com" });
    sent();
    await entra.act({ kind: "unblock-user", user: "ada@example.com" });
    expect(sent()).toEqual([
      ...probes,
      "GET /Users?filter=userName+eq+%22ada%40example.com%22",
      "PATCH /Users/Users-1",
    ]);
  });

  // Microsoft: How provisioning works, De-provisioning.
  test("a deleted user is disabled, and deleted 30 days later, the cycles in between unsent", async () => {
    const { entra, sent, server } = watch();
    await entra.begin();
    sent();
    await entra.act({ kind: "soft-delete-user", user: "ada@example.com" });
    expect(sent()).toEqual([...probes, "GET /Users/Users-1", "PATCH /Users/Users-1"]);
    expect(server.user("ada@example.com")).toMatchObject({ active: false });
    await entra.elapse(29 * 86_400_000);
    expect(sent()).toEqual([]);
    await entra.elapse(2 * 86_400_000);
    expect(sent()).toEqual([...probes, "DELETE /Users/Users-1"]);
    expect(entra.events).toContainEqual(expect.objectContaining({ kind: "idle-cycles" }));
  });

  test("a purged user is deleted by the next cycle", async () => {
    const { entra, sent } = watch();
    await entra.begin();
    sent();
    await entra.act(
      { kind: "soft-delete-user", user: "ada@example.com" },
      { kind: "purge-user", user: "ada@example.com" },
    );
    expect(sent()).toEqual([...probes, "DELETE /Users/Users-1"]);
  });

  test("a user who left the scope is disabled once; a later deletion sends nothing", async () => {
    const { entra, sent } = watch();
    await entra.begin();
    await entra.act({ kind: "remove-member", group: "Data Eng", user: "ada@example.com" });
    sent();
    await entra.act({ kind: "unassign-user", user: "ada@example.com" });
    expect(sent()).toEqual([...probes, "GET /Users/Users-1", "PATCH /Users/Users-1"]);
    await entra.act({ kind: "soft-delete-user", user: "ada@example.com" });
    await entra.act({ kind: "purge-user", user: "ada@example.com" });
    expect(sent()).toEqual([...probes, ...probes]);
  });

  // Acqueon: two effects of one removal in one cycle.
  test("a member who leaves the group that assigned them is disabled and removed in one cycle", async () => {
    const { entra, sent } = watch();
    await entra.press({ kind: "unassign-user", user: "ada@example.com" });
    await entra.begin();
    sent();
    await entra.act({ kind: "remove-member", group: "Data Eng", user: "ada@example.com" });
    expect(sent()).toEqual([
      ...probes,
      "GET /Users/Users-1",
      "PATCH /Users/Users-1",
      "GET /Groups/Groups-2?excludedAttributes=members",
      "PATCH /Groups/Groups-2",
    ]);
  });

  // Microsoft: SCIM-Validation-Test-Overview, Restore_Group_Test.
  test.each<[what: string, action: Action]>([
    ["unassigned", { kind: "unassign-group", group: "Data Eng" }],
    ["deleted", { kind: "delete-group", group: "Data Eng" }],
  ])("a group that is %s is deleted", async (_what, action) => {
    const { entra, sent } = watch();
    await entra.begin();
    sent();
    await entra.act(action);
    expect(sent()).toEqual([...probes, "DELETE /Groups/Groups-2"]);
  });

  // onyx-dot-app/onyx PR #14074: the tombstone comes with the disable.
  test("with userPrincipalName as userName a deletion renames the account, and the restore renames it back", async () => {
    const users = {
      ...documentedEntraSettings.users,
      mappings: documentedEntraSettings.users.mappings.map((mapping) =>
        mapping.target === "userName"
          ? { ...mapping, source: { kind: "direct" as const, attribute: "userPrincipalName" } }
          : mapping,
      ),
    };
    const { entra, bodies } = watch({ users });
    await entra.begin();
    bodies();
    await entra.act({ kind: "soft-delete-user", user: "ada@example.com" });
    expect(bodies()).toEqual([
      ops({ op: "replace", value: { userName: "idadaada@example.com", active: false } }),
    ]);
    await entra.act({ kind: "restore-user", user: "ada@example.com" });
    expect(bodies()).toEqual([ops({ op: "replace", value: { userName: "ada@example.com", active: true } })]);
  });
});

test("a whole life: every request in its order, with the flag", async () => {
  const requests: WireRequest[] = [];
  const server = tinyScim({ endsMemberships: false });
  const entra = rehearseEntra(start, (request) => {
    requests.push(request);
    return server.send(request);
  });
  await entra.begin();
  const user = "ada@example.com";
  const group = "Data Eng";
  const life: readonly Action[] = [
    { kind: "update-user", user, profile: { displayName: "Ada K." } },
    { kind: "update-user", user, profile: { mail: "ada.k@example.com" } },
    { kind: "rename-group", group, name: "Data Platform" },
    { kind: "remove-member", group, user },
    { kind: "block-user", user },
    { kind: "unblock-user", user },
    { kind: "soft-delete-user", user },
    { kind: "purge-user", user },
    { kind: "delete-group", group },
  ];
  for (const action of life) await entra.act(action);
  const told = requests.map(({ method, path, body }) => {
    const operations = body?.["Operations"];
    return `${method} ${path}${operations === undefined ? "" : ` ${JSON.stringify(operations)}`}`;
  });
  expect(told.filter((line) => !probes.includes(line))).toEqual([
    "GET /Users?filter=userName+eq+%22ada%40example.com%22",
    "POST /Users",
    "GET /Groups?excludedAttributes=members&filter=displayName+eq+%22Data+Eng%22",
    "POST /Groups",
    'PATCH /Groups/Groups-2 [{"op":"add","path":"members","value":[{"value":"Users-1"}]}]',
    "GET /Users/Users-1",
    'PATCH /Users/Users-1 [{"op":"replace","value":{"displayName":"Ada K."}}]',
    "GET /Users/Users-1",
    'PATCH /Users/Users-1 [{"op":"replace","value":{"userName":"ada.k@example.com"}}]',
    "GET /Groups/Groups-2?excludedAttributes=members",
    'PATCH /Groups/Groups-2 [{"op":"replace","value":{"displayName":"Data Platform"}}]',
    "GET /Groups/Groups-2?excludedAttributes=members",
    'PATCH /Groups/Groups-2 [{"op":"remove","path":"members[value eq \\"Users-1\\"]"}]',
    "GET /Users/Users-1",
    'PATCH /Users/Users-1 [{"op":"replace","path":"active","value":false}]',
    "GET /Users?filter=userName+eq+%22ada.k%40example.com%22",
    'PATCH /Users/Users-1 [{"op":"replace","path":"active","value":true}]',
    "GET /Users/Users-1",
    'PATCH /Users/Users-1 [{"op":"replace","path":"active","value":false}]',
    "DELETE /Users/Users-1",
    "DELETE /Groups/Groups-2",
  ]);
});

describe("headers (kortix/suna PR #7297; MicrosoftDocs/azure-docs #94189)", () => {
  test.each<[request: string, headers: Record<string, string>]>([
    ["GET", { ADSCIMVersion: "5.0" }],
    ["POST", { ADSCIMVersion: "5.0", "Content-Type": "application/scim+json; charset=utf-8" }],
    ["PATCH", { ADSCIMVersion: "5.0", "Content-Type": "application/scim+json; charset=utf-8" }],
    ["DELETE", { ADSCIMVersion: "5.0" }],
  ])("of a %s", async (method, headers) => {
    const requests: WireRequest[] = [];
    const server = tinyScim();
    const entra = rehearseEntra(start, (request) => {
      requests.push(request);
      return server.send(request);
    });
    await entra.begin();
    await entra.act({ kind: "delete-group", group: "Data Eng" });
    const sent = requests.filter((request) => request.method === method);
    expect(sent.length).toBeGreaterThan(0);
    for (const request of sent) expect(request.headers).toEqual(headers);
  });
});

describe("the flag on the wire", () => {
  test.each<[where: string, read: string, write: string]>([
    ["stripped", probes[0] ?? "", "POST /Users"],
    ["first", (probes[0] ?? "").replace("?", "?aadOptscim062020&"), "POST /Users?aadOptscim062020"],
    ["last", `${probes[0]}&aadOptscim062020`, "POST /Users?aadOptscim062020"],
    ["first-empty", (probes[0] ?? "").replace("?", "?aadOptscim062020=&"), "POST /Users?aadOptscim062020="],
    ["last-true", `${probes[0]}&aadOptscim062020=true`, "POST /Users?aadOptscim062020=true"],
  ])("%s", async (entraFlagOnWire, read, write) => {
    const fidelity = resolveEntraFidelity({ entraFlagOnWire });
    const flagged = watch({ fidelity });
    await flagged.entra.begin();
    const lines = flagged.sent();
    expect(lines[0]).toBe(read);
    expect(lines).toContain(write);
    const legacy = watch({ fidelity, flag: false });
    await legacy.entra.begin();
    expect(legacy.sent()[0]).toBe(probes[0]);
  });
});
