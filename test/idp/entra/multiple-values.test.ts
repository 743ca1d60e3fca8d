import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { EntraMapping } from "../../../src/directory/entra-app-settings.ts";
import type { ProfileValue } from "../../../src/directory/directory.ts";
import { documentedEntraSettings } from "../../../src/directory/entra-app-settings.ts";
import { expectedState } from "../../../src/idp/expected/expected-state.ts";
import { aDirectory, anEntraUser } from "../../support/builders.ts";
import {
  directRow,
  expressionRow,
  mappedUsers,
  outcomesOf,
  patchOf,
  watchEntra,
} from "../../support/watched-entra.ts";

const ada = "ada@example.com";
const mails = ["a@x.io", "b@x.io", "a@x.io"];

function directoryWith(profile: Readonly<Record<string, ProfileValue>>) {
  return aDirectory({ users: [anEntraUser(ada, { profile }), anEntraUser("grace@example.com")] });
}

async function titleOf(row: EntraMapping, profile: Readonly<Record<string, ProfileValue>>): Promise<unknown> {
  const { entra, server } = watchEntra(directoryWith(profile), { settings: mappedUsers(row) });
  const run = await entra.begin();
  return server.user(ada)?.["title"] ?? outcomesOf(run)[0];
}

describe("multi-valued source attributes in functions", () => {
  test.each<[expression: string, title: string]>([
    ['Join("; ", [otherMails])', "a@x.io; b@x.io; a@x.io"],
    ['Join("; ", RemoveDuplicates([otherMails]))', "a@x.io; b@x.io"],
    ["Item([otherMails], 2)", "b@x.io"],
    ["Count([otherMails])", "3"],
    ["Count(RemoveDuplicates([otherMails]))", "2"],
    ['Item(Split(Item([otherMails], 1), "@"), 2)', "x.io"],
    ["Coalesce(Item([proxyAddresses], 1), Item([otherMails], 1))", "a@x.io"],
    ['IIF(IsPresent([otherMails]), "some", "none")', "some"],
    ['Replace(Item([proxyAddresses], 1), "SMTP:", , , "", , )', "ada@example.com created"],
  ])("%s", async (expression, title) => {
    expect(await titleOf(expressionRow("title", expression), { otherMails: mails })).toBe(title);
  });

  test("one without a value is not set, whether it is missing or empty", async () => {
    const row = expressionRow("title", 'Coalesce([otherMails], "none")');
    expect(await titleOf(row, {})).toBe("none");
    expect(await titleOf(row, { otherMails: [] })).toBe("none");
  });
});

// Microsoft: Understand how provisioning logs work, error codes.
describe("several values for a target attribute that takes one: SchemaPropertyCanOnlyAcceptValue", () => {
  test.each<[what: string, row: EntraMapping]>([
    ["a direct mapping", directRow("title", "otherMails")],
    ["an expression", expressionRow("title", 'Split([department], ",")')],
    ["a value of a list", directRow('emails[type eq "other"].value', "otherMails")],
    [
      "a custom extension",
      directRow("urn:ietf:params:scim:schemas:extension:docker:2.0:User:role", "otherMails"),
    ],
    ["a boolean", directRow("active", "otherMails")],
  ])("%s: the object fails, and others do not", async (_what, row) => {
    const { entra, sent } = watchEntra(directoryWith({ otherMails: mails, department: "A,B" }), {
      settings: mappedUsers(row),
    });
    expect(outcomesOf(await entra.begin())).toEqual([
      `${ada} SchemaPropertyCanOnlyAcceptValue`,
      "grace@example.com created",
    ]);
    expect(sent()).toEqual(["GET /Users?filter=userName+eq+%22grace%40example.com%22", "POST /Users"]);
    const [escrow] = [...entra.memory.escrows.values()];
    expect(escrow?.task.reason).toBe(
      `${row.target} takes one value, and its mapping has ${_what === "an expression" ? 2 : 3}`,
    );
  });

  test("one value is taken, and the object recovers once only one is left", async () => {
    const { entra, server } = watchEntra(directoryWith({ otherMails: mails }), {
      settings: mappedUsers(directRow("title", "otherMails")),
    });
    await entra.begin();
    await entra.act({ kind: "update-user", user: ada, profile: { otherMails: ["a@x.io"] } });
    expect(server.user(ada)).toMatchObject({ title: "a@x.io" });
    expect(entra.memory.escrows.size).toBe(0);
  });

  test("a linked account fails in an update, and keeps its link", async () => {
    const { entra, sent } = watchEntra(directoryWith({ otherMails: ["a@x.io"] }), {
      settings: mappedUsers(directRow("title", "otherMails")),
    });
    await entra.begin();
    sent();
    const run = await entra.act({ kind: "update-user", user: ada, profile: { otherMails: mails } });
    expect(outcomesOf(run)).toEqual([`${ada} SchemaPropertyCanOnlyAcceptValue`]);
    expect(sent()).toEqual([]);
    expect(entra.memory.users.size).toBe(2);
  });

  test("is why the directory can make no account of the user", () => {
    const settings = { ...documentedEntraSettings, ...mappedUsers(directRow("title", "otherMails")) };
    expect(expectedState(directoryWith({ otherMails: mails }), settings).unmappable).toEqual([
      { user: ada, reason: "has a mapping that fails: title takes one value, and its mapping has 3." },
    ]);
  });

  test("however many values there are: none is not sent, one is, and more fail", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }), async (otherMails) => {
        const title = await titleOf(directRow("title", "otherMails"), { otherMails });
        const expected = [`${ada} created`, otherMails[0], `${ada} SchemaPropertyCanOnlyAcceptValue`];
        expect(title).toBe(expected[Math.min(otherMails.length, 2)]);
      }),
      { numRuns: 30 },
    );
  });
});

test("several texts for roles, which takes several values, are the values of as many", async () => {
  const { entra, bodies } = watchEntra(directoryWith({ otherMails: ["Admin", "User"] }), {
    settings: mappedUsers(directRow("roles", "otherMails")),
  });
  await entra.begin();
  expect(bodies()[0]).toMatchObject({ roles: [{ value: "Admin" }, { value: "User" }] });
});

describe("mapping type None with a default value (Microsoft: Customize attribute mappings)", () => {
  const none: EntraMapping = {
    target: "title",
    source: { kind: "none" },
    defaultIfNull: "Colleague",
    applies: "always",
  };

  test.each(["creation", "empty"])("is sent at creation; entraNoneDefault %s", async (entraNoneDefault) => {
    const { entra, bodies } = watchEntra(directoryWith({}), {
      settings: mappedUsers(none),
      given: { entraNoneDefault },
    });
    await entra.begin();
    expect(bodies()[0]).toMatchObject({ title: "Colleague" });
    await entra.act({ kind: "restart-provisioning" });
    expect(bodies()).toEqual([]);
  });

  test.each([
    ["creation", []],
    ["empty", [patchOf({ op: "add", value: { title: "Colleague" } })]],
  ])("entraNoneDefault %s: a target without a value gets %j in an update", async (entraNoneDefault, sent) => {
    const { entra } = watchEntra(directoryWith({}));
    await entra.begin();
    const later = watchEntra(directoryWith({}), { settings: mappedUsers(none), given: { entraNoneDefault } });
    await later.server.send({
      method: "POST",
      path: "/Users",
      headers: {},
      body: { userName: ada, active: true, displayName: "ada" },
    });
    await later.server.send({
      method: "POST",
      path: "/Users",
      headers: {},
      body: { userName: "grace@example.com", active: true, displayName: "grace", title: "Admiral" },
    });
    await later.entra.begin();
    expect(later.bodies()).toEqual(sent);
    expect(later.server.user("grace@example.com")).toMatchObject({ title: "Admiral" });
  });
});

// Microsoft: Customize attribute mappings, custom extension attribute.
describe("a custom extension attribute", () => {
  const urn = "urn:ietf:params:scim:schemas:extension:docker:2.0:User";

  test("is sent under its URN, which is not put into schemas, and changes with its whole path", async () => {
    for (const entraUserSchemas of ["enterprise", "core"]) {
      const { entra, bodies } = watchEntra(directoryWith({ employeeId: "42" }), {
        settings: mappedUsers(directRow(`${urn}:dockerRole`, "employeeId")),
        given: { entraUserSchemas },
      });
      await entra.begin();
      const [created] = bodies();
      expect(created).toMatchObject({ [urn]: { dockerRole: "42" } });
      expect(created).toMatchObject({ schemas: expect.not.arrayContaining([urn]) });
      await entra.act({ kind: "update-user", user: ada, profile: { employeeId: "43" } });
      expect(bodies()).toEqual([patchOf({ op: "replace", value: { [`${urn}:dockerRole`]: "43" } })]);
    }
  });

  test("has one value: a part of it is refused, but for an app of the gallery", async () => {
    const row = directRow(`${urn}:docker.role`, "employeeId");
    const { entra } = watchEntra(directoryWith({}), { settings: mappedUsers(row) });
    await expect(entra.begin()).rejects.toThrow(
      `The target attribute ${urn}:docker.role is a part of a complex attribute: a custom attribute of a non-gallery app has one value.`,
    );
    const gallery = watchEntra(directoryWith({}), {
      settings: { ...mappedUsers(row), integration: "gallery" },
    });
    expect(outcomesOf(await gallery.entra.begin())).toEqual([`${ada} created`, "grace@example.com created"]);
  });
});
