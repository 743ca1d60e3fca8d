import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Action } from "../../../src/directory/action.ts";
import type { AppRole } from "../../../src/directory/app-role.ts";
import type { EntraMapping } from "../../../src/directory/entra-app-settings.ts";
import type { GivenFidelity } from "../../../src/fidelity/resolve.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../src/ground/json.ts";
import { parseJsonText } from "../../../src/wire/parse-json-text.ts";
import { aDirectory, anEntraUser } from "../../support/builders.ts";
import {
  directRow,
  expressionRow,
  mappedUsers,
  outcomesOf,
  patchOf,
  watchEntra,
  type WatchedEntra,
} from "../../support/watched-entra.ts";

// Microsoft: Customize attribute mappings, Provisioning a role to a SCIM app: names and ids of its examples.
const admin: AppRole = { id: "06b07648-ecfe-589f-9d2f-6325724a46ee", value: "25", displayName: "Role1234" };
const editor: AppRole = { id: "06b07648-ecfe-599f-9d2f-6325724a46ee", value: "User", displayName: "User" };
const appRoles = [admin, editor];
const ada = "ada@example.com";

interface Case {
  readonly flag: boolean;
  readonly rows: readonly EntraMapping[];
  readonly assigned?: readonly string[];
  readonly given?: GivenFidelity;
}

function watch({ flag, rows, assigned = ["25"], given = {} }: Case): WatchedEntra {
  const directory = aDirectory({ users: [anEntraUser(ada, { profile: { appRoleAssignments: assigned } })] });
  return watchEntra(directory, { settings: { flag, appRoles, ...mappedUsers(...rows) }, given });
}

const assign = (...appRoleAssignments: readonly string[]): Action => ({
  kind: "update-user",
  user: ada,
  profile: { appRoleAssignments },
});

const legacy = ({ id, value, displayName }: AppRole): JsonValue => ({
  value: `{"id":"${id}","value":"${value}","displayName":"${displayName}"}`,
});

const type = "WindowsAzureActiveDirectoryRole";

describe("SingleAppRoleAssignment", () => {
  const call = "SingleAppRoleAssignment([appRoleAssignments])";
  const rowsOf = (...parts: readonly string[]): readonly EntraMapping[] =>
    parts.map((part) => expressionRow(`roles[primary eq "True"].${part}`, call));

  test.each<[parts: readonly string[], role: JsonObject]>([
    [["value"], { primary: true, type, value: "25" }],
    [["display", "value"], { primary: true, type, display: "Role1234", value: "25" }],
    // MicrosoftDocs/entra-docs #391.
    [["type"], { primary: true, type }],
    [["value", "display", "type"], { primary: true, type, value: "25", display: "Role1234" }],
  ])("POST has a boolean primary and the type, whatever of the role is mapped: %j", async (parts, role) => {
    for (const flag of [true, false]) {
      const { entra, bodies } = watch({ flag, rows: rowsOf(...parts) });
      await entra.begin();
      expect(bodies()).toMatchObject([{ roles: [role] }]);
    }
  });

  test("PATCH without the flag adds the JSON text of the role to roles, once for all rows", async () => {
    const { entra, bodies } = watch({ flag: false, rows: rowsOf("value", "display") });
    await entra.begin();
    bodies();
    await entra.act(assign("User"));
    expect(bodies()).toEqual([patchOf({ op: "Add", path: "roles", value: [legacy(editor)] })]);
  });

  test("PATCH with the flag has the form of the POST, with all that is mapped of the role", async () => {
    const { entra, bodies } = watch({ flag: true, rows: rowsOf("value", "type") });
    await entra.begin();
    bodies();
    await entra.act(assign("User"));
    const role = { primary: true, type, value: "User" };
    expect(bodies()).toEqual([patchOf({ op: "add", path: "roles", value: [role] })]);
  });

  test("the role that a server has with the flag, or as a JSON text, is not sent again", async () => {
    for (const flag of [true, false]) {
      const { entra, sent } = watch({ flag, rows: rowsOf("value", "display") });
      await entra.begin();
      await entra.act(assign("User"));
      sent();
      await entra.act({ kind: "restart-provisioning" });
      expect(sent()).toEqual(["GET /Users/Users-1"]);
    }
  });

  test("a role that the server has, but not as the primary one, is sent", async () => {
    const { entra, server, bodies } = watch({ flag: true, rows: rowsOf("value") });
    await entra.begin();
    await server.send({
      method: "PATCH",
      path: "/Users/Users-1",
      headers: {},
      body: { Operations: [{ op: "add", path: "roles", value: [{ value: "User", primary: false }] }] },
    });
    bodies();
    await entra.act(assign("User"));
    expect(bodies()).toHaveLength(1);
  });

  test("entraSingleRolePatch path: an operation with the path of the console", async () => {
    const path = 'roles[primary eq "True"].value';
    for (const [flag, op] of [
      [true, "replace"],
      [false, "Replace"],
    ] as const) {
      const { entra, bodies } = watch({
        flag,
        rows: rowsOf("value"),
        given: { entraSingleRolePatch: "path" },
      });
      await entra.begin();
      bodies();
      await entra.act(assign("User"));
      expect(bodies()).toEqual([patchOf({ op, path, value: "User" })]);
    }
  });

  test("in another attribute, or within another function, it is a text", async () => {
    const rows = [expressionRow("userType", call), expressionRow("title", `ToUpper(${call}, )`)];
    const { entra, bodies } = watch({ flag: true, rows, assigned: ["User"] });
    await entra.begin();
    const [created] = bodies();
    expect(created).toMatchObject({ userType: "User", title: "USER" });
    expect(created).not.toHaveProperty("roles");
  });
});

describe.each([
  { name: "AppRoleAssignmentsComplex", display: "displayName", op: "add" },
  { name: "AssertiveAppRoleAssignmentsComplex", display: "display", op: "replace" },
])("$name", ({ name, display, op }) => {
  const rows = [expressionRow("roles", `${name}([appRoleAssignments])`)];
  const capital = `${op.charAt(0).toUpperCase()}${op.slice(1)}`;
  const object = ({ value, displayName }: AppRole): JsonObject => ({
    primary: false,
    type,
    [display]: displayName,
    value,
  });

  test.each([true, false])("POST has all roles, not primary, with their type; the flag %s", async (flag) => {
    const { entra, bodies } = watch({ flag, rows, assigned: ["25", "User"] });
    await entra.begin();
    expect(bodies()).toMatchObject([{ roles: [object(admin), object(editor)] }]);
  });

  test("PATCH with the flag has the form of the POST", async () => {
    const { entra, bodies } = watch({ flag: true, rows });
    await entra.begin();
    bodies();
    await entra.act(assign("25", "User"));
    expect(bodies()).toEqual([patchOf({ op, path: "roles", value: [object(admin), object(editor)] })]);
  });

  test("PATCH without the flag has the JSON texts, with id, value and displayName and no more", async () => {
    const { entra, bodies } = watch({ flag: false, rows });
    await entra.begin();
    bodies();
    await entra.act(assign("25", "User"));
    const value = [legacy(admin), legacy(editor)];
    expect(bodies()).toEqual([patchOf({ op: capital, path: "roles", value })]);
  });

  test("a role that is assigned twice is one role", async () => {
    const { entra, sent } = watch({ flag: true, rows, assigned: ["25", "25"] });
    await entra.begin();
    sent();
    await entra.act({ kind: "restart-provisioning" });
    expect(sent()).toEqual(["GET /Users/Users-1"]);
  });

  test.each([true, false])("roles that the server has are not sent again; the flag %s", async (flag) => {
    const { entra, sent } = watch({ flag, rows });
    await entra.begin();
    await entra.act(assign("25", "User"));
    sent();
    await entra.act({ kind: "update-user", user: ada, profile: { displayName: "A" } });
    expect(sent()).toEqual(["GET /Users/Users-1", "PATCH /Users/Users-1"]);
    await entra.act({ kind: "restart-provisioning" });
    expect(sent()).toEqual(["GET /Users/Users-1"]);
  });
});

test("a role that is taken away stays with Complex, and goes with Assertive", async () => {
  for (const [name, left] of [
    ["AppRoleAssignmentsComplex", ["25", "User"]],
    ["AssertiveAppRoleAssignmentsComplex", ["User"]],
  ] as const) {
    const rows = [expressionRow("roles", `${name}([appRoleAssignments])`)];
    const { entra, server } = watch({ flag: true, rows, assigned: ["25", "User"] });
    await entra.begin();
    await entra.act(assign("User"));
    expect(server.user(ada)?.["roles"]).toMatchObject(left.map((value) => ({ value })));
  }
});

test("whatever is assigned, one after another: Assertive leaves the last roles, Complex all that ever were", async () => {
  const values = fc.uniqueArray(fc.constantFrom("25", "User", "Owner", "x y", '"q"', "{}"), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(values, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      fc.constantFrom("AppRoleAssignmentsComplex", "AssertiveAppRoleAssignmentsComplex"),
      async ([first = [], ...later], flag, name) => {
        const rows = [expressionRow("roles", `${name}([appRoleAssignments])`)];
        const { entra, server } = watch({ flag, rows, assigned: first });
        await entra.begin();
        for (const assigned of later) await entra.act(assign(...assigned));
        const isAsserted = name.startsWith("Assertive");
        const expected = isAsserted ? (later.at(-1) ?? first) : [...first, ...later.flat()];
        expect(rolesOf(server.user(ada)?.["roles"])).toEqual(new Set(expected));
      },
    ),
    { numRuns: 60 },
  );
});

/** The values of roles, those of a legacy PATCH unpacked. */
function rolesOf(roles: JsonValue | undefined): ReadonlySet<JsonValue | undefined> {
  const values = (isJsonArray(roles) ? roles : []).map((role) =>
    isJsonObject(role) ? role["value"] : undefined,
  );
  return new Set(
    values.map((value) => {
      const role = typeof value === "string" && value.startsWith('{"id"') ? parseJsonText(value) : undefined;
      return isJsonObject(role) ? role["value"] : value;
    }),
  );
}

test("entraAssertiveRoles objects: the legacy PATCH has the objects of the POST", async () => {
  const rows = [expressionRow("roles", "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])")];
  const { entra, bodies } = watch({ flag: false, rows, given: { entraAssertiveRoles: "objects" } });
  await entra.begin();
  bodies();
  await entra.act(assign("User"));
  const value = [{ primary: false, type, display: "User", value: "User" }];
  expect(bodies()).toEqual([patchOf({ op: "Replace", path: "roles", value })]);
});

test("a direct mapping gets the assignments as JSON text; of several, only roles takes them", async () => {
  const text = JSON.stringify(admin);
  const { entra, bodies } = watch({
    flag: true,
    rows: [directRow("roles", "appRoleAssignments"), directRow("userType", "appRoleAssignments")],
  });
  await entra.begin();
  expect(bodies()).toMatchObject([{ roles: [{ value: text }], userType: text }]);
  const several = watch({
    flag: true,
    rows: [directRow("userType", "appRoleAssignments")],
    assigned: ["25", "User"],
  });
  expect(outcomesOf(await several.entra.begin())).toEqual([
    "ada@example.com SchemaPropertyCanOnlyAcceptValue",
  ]);
});

test("provisioning on demand sends no roles (Microsoft: On-demand provisioning, known limitations)", async () => {
  const rows = [
    expressionRow('roles[primary eq "True"].value', "SingleAppRoleAssignment([appRoleAssignments])"),
  ];
  const { entra, bodies } = watch({ flag: true, rows });
  await entra.press({ kind: "provision-user-on-demand", user: ada });
  expect(bodies()).toHaveLength(1);
  expect(bodies()).not.toHaveProperty([0, "roles"]);
});

test("another display name of a role is another rule: the next cycle looks at everybody", async () => {
  const rows = [expressionRow("roles", "AppRoleAssignmentsComplex([appRoleAssignments])")];
  const { entra } = watch({ flag: true, rows });
  await entra.begin();
  const renamed = watchEntra(entra.directory, {
    settings: { appRoles: [{ ...admin, displayName: "Renamed" }], ...mappedUsers(...rows) },
  });
  renamed.entra.remember(entra.memory);
  const { cycles } = await renamed.entra.begin();
  expect(cycles).toMatchObject([{ cycle: "initial" }]);
});
