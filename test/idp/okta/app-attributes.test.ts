/** Attributes of the app beside the documented ones: what is made of them, how they travel, what is expected of the target. */

import { describe, expect, test } from "vitest";

import type { MappingEntry } from "../../../src/astro/okta-attributes/okta-app-attribute.ts";
import {
  documentedOktaSettings,
  type OktaAppSettings,
  type OktaIntegration,
} from "../../../src/directory/app-settings.ts";
import type { ProfileValue } from "../../../src/directory/directory.ts";
import { resolveOktaFidelity } from "../../../src/fidelity/resolve.ts";
import { expectedState } from "../../../src/idp/expected/expected-state.ts";
import { readOktaMemory, writeOktaMemory } from "../../../src/idp/okta/memory-json.ts";
import { oktaWarnings } from "../../../src/idp/okta/warnings.ts";
import type { WireRequest } from "../../../src/wire/exchange.ts";
import { aDirectory, aUser } from "../../support/builders.ts";
import { outcomes, rehearse } from "../../support/okta-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

const ada = "ada@example.com";
const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const custom = "urn:ietf:params:scim:schemas:extension:example:2.0:User";

const mappings: Readonly<Record<string, MappingEntry>> = {
  ...documentedOktaSettings.mappings,
  title: "user.title",
  department: "user.department",
  primaryRole: {
    from: "user.role",
    externalName: "roles.^[primary==true].value",
    externalNamespace: core,
  },
  isLead: { from: "user.level > 3", externalNamespace: custom, type: "boolean" },
  seats: { from: "user.level + user.level", externalNamespace: custom, type: "integer" },
  teams: { from: "user.teams", externalNamespace: custom, type: "string array" },
};

const customAttributes = ["role", "level", "teams", "roleNames"];
const profile = { title: "Analyst", department: "Engines", role: "admin", level: 4, teams: ["data", "ops"] };

/** An Okta of one user, and the requests that it sends. */
function company(
  settings: Partial<OktaAppSettings> = {},
  values: Readonly<Record<string, ProfileValue>> = profile,
) {
  const requests: WireRequest[] = [];
  const server = tinyScim({
    intercept: (request) => {
      requests.push(request);
      return undefined;
    },
  });
  const all = { mappings, customAttributes, ...settings };
  const directory = aDirectory({ users: [aUser(ada, { profile: values })] });
  return { server, requests, directory, rehearsal: rehearse(directory, server.send, all), all };
}

const bodyOf = (requests: readonly WireRequest[], method: string) =>
  requests.findLast((request) => request.method === method)?.body;

describe("the attributes travel in the core, the enterprise or a custom schema", () => {
  test("POST: each under its namespace, in its data type, and schemas lists the URNs", async () => {
    const { requests, rehearsal } = company();
    await rehearsal.run();
    expect(bodyOf(requests, "POST")).toMatchObject({
      schemas: [core, enterprise, custom],
      title: "Analyst",
      roles: [{ primary: true, value: "admin" }],
      [enterprise]: { department: "Engines" },
      [custom]: { isLead: true, seats: 8, teams: ["data", "ops"] },
    });
  });

  test.each<OktaIntegration>(["manual", "catalog"])(
    "PUT (%s): the same over what the server has",
    async (integration) => {
      const { requests, rehearsal } = company({ integration });
      await rehearsal.run();
      await rehearsal.act({
        kind: "update-user",
        user: ada,
        profile: { level: 2, title: null, teams: ["ml"] },
      });
      const body = bodyOf(requests, "PUT");
      expect(body).toMatchObject({
        schemas: [core, enterprise, custom],
        [enterprise]: { department: "Engines" },
        [custom]: { isLead: false, seats: 4, teams: ["ml"] },
      });
      expect(body).not.toHaveProperty("title");
    },
  );

  test("PATCH: only what changed, lists as a whole, and null for what is unset", async () => {
    const { requests, rehearsal } = company({ integration: "wizard" });
    await rehearsal.run();
    await rehearsal.act({
      kind: "update-user",
      user: ada,
      profile: { level: 5, title: null, teams: ["ml"] },
    });
    expect(bodyOf(requests, "PATCH")?.["Operations"]).toEqual([
      { op: "replace", value: { title: null, [custom]: { seats: 10, teams: ["ml"] } } },
    ]);
  });

  test("a value that stays the same is no change", async () => {
    const { requests, rehearsal } = company();
    await rehearsal.run();
    requests.length = 0;
    await rehearsal.act({ kind: "update-user", user: ada, profile: { teams: ["data", "ops"], level: 4 } });
    expect(requests).toEqual([]);
  });

  test.each([
    ["null", null, null],
    ["empty", "", []],
  ] as const)(
    "unset values as %s: a list is empty without entries, a boolean cannot be",
    async (unsetAttributes, text, list) => {
      const fidelity = resolveOktaFidelity({ unsetAttributes });
      const rows = {
        ...mappings,
        isLead: { from: "null", externalNamespace: custom, type: "boolean" as const },
      };
      const { requests, rehearsal } = company({ fidelity, mappings: rows }, { level: 1 });
      await rehearsal.run();
      expect(bodyOf(requests, "POST")).toMatchObject({
        title: text,
        [custom]: { teams: list, isLead: null },
      });
    },
  );
});

describe("roles as a list", () => {
  const rows = { ...documentedOktaSettings.mappings, roles: "user.roleNames" };

  test("an array of texts, as Okta's template has it, also from an expression", async () => {
    for (const [expression, roles] of [
      ["user.roleNames", ["admin", "user"]],
      ['Arrays.add(user.roleNames, "lead")', ["admin", "user", "lead"]],
      ["{'a', 'b'}", ["a", "b"]],
    ] as const) {
      const { requests, rehearsal } = company(
        { mappings: { ...rows, roles: expression } },
        { roleNames: ["admin", "user"] },
      );
      await rehearsal.run();
      expect(bodyOf(requests, "POST")?.["roles"]).toEqual(roles);
    }
  });

  test("an empty list is not sent", async () => {
    const { requests, rehearsal } = company({ mappings: rows }, { roleNames: [] });
    await rehearsal.run();
    expect(bodyOf(requests, "POST")).not.toHaveProperty("roles");
  });

  test("is expected by its values, sorted", () => {
    const { directory, all } = company({ mappings: rows }, { roleNames: ["user", "admin", "user"] });
    const { users } = expectedState(directory, { ...documentedOktaSettings, ...all });
    expect(users.get(ada)?.attributes["roles"]).toBe('["admin","user"]');
  });
});

describe("a value of another data type fails the assignment, and nothing is sent", () => {
  test.each<[MappingEntry, told: string]>([
    [
      { from: "user.title", externalNamespace: custom, type: "boolean" },
      "its data type is boolean, and the expression gives the string 'Analyst'",
    ],
    [{ from: "'4'", externalNamespace: custom, type: "integer" }, "its data type is integer"],
    [{ from: "4.5", externalNamespace: custom, type: "integer" }, "and the expression gives 4.5"],
    [{ from: "'a,b'", externalNamespace: custom, type: "string array" }, "the string 'a,b'"],
    [{ from: "{1, 2}", externalNamespace: custom, type: "string array" }, "a list of 1, 2"],
    [{ from: "{'1'}", externalNamespace: custom, type: "number array" }, "a list of the string '1'"],
  ])("%o", async (entry, told) => {
    const { requests, rehearsal } = company({ mappings: { ...documentedOktaSettings.mappings, x: entry } });
    expect(outcomes(await rehearsal.run())).toEqual([`assign ${ada}: failed`]);
    expect(requests).toEqual([]);
    const [task] = rehearsal.memory.tasks.values();
    expect(task?.sentence).toContain("Error setting property x: Invalid value data type");
    expect(task?.sentence).toContain(told);
  });
});

describe("without an external namespace an attribute is never sent", () => {
  const rows = { ...documentedOktaSettings.mappings, badge: { from: "user.role" } };

  test("nothing of it travels, and a warning says so", async () => {
    const { requests, rehearsal, directory, all } = company({ mappings: rows });
    await rehearsal.run();
    expect(JSON.stringify(bodyOf(requests, "POST"))).not.toContain("admin");
    expect(oktaWarnings({ ...documentedOktaSettings, ...all }, directory)).toEqual([
      "The attribute badge of the app has no external namespace: Okta never sends it.",
    ]);
  });

  test("other mappings read it all the same", async () => {
    const { requests, rehearsal } = company({ mappings: { ...rows, title: "appuser.badge" } });
    await rehearsal.run();
    expect(bodyOf(requests, "POST")).toMatchObject({ title: "admin" });
  });
});

describe("what is expected of the target", () => {
  test("texts under their attribute path; what cannot be told apart is left out, and named", () => {
    const { directory, all } = company();
    const settings = { ...documentedOktaSettings, ...all };
    const expected = expectedState(directory, settings);
    const { attributes = {} } = expected.users.get(ada) ?? {};
    expect(attributes).toMatchObject({
      title: "Analyst",
      [`${enterprise}:department`]: "Engines",
      "roles[primary eq true].value": "admin",
    });
    expect(expected.attributePaths).not.toContain(`${custom}:teams`);
    expect(Object.keys(attributes).filter((path) => path.startsWith(custom))).toEqual([]);
    expect(oktaWarnings(settings, directory)).toEqual(
      ["isLead", "seats", "teams"].map((name) =>
        expect.stringContaining(`The attribute ${name} of the app is sent as ${custom}:${name} (`),
      ),
    );
  });

  test("a text of a custom schema is expected", () => {
    const { directory, all } = company({
      mappings: { ...mappings, badge: { from: "user.role", externalNamespace: custom } },
    });
    const { users } = expectedState(directory, { ...documentedOktaSettings, ...all });
    expect(users.get(ada)?.attributes[`${custom}:badge`]).toBe("admin");
  });

  test("what only the server writes is sent and not expected", async () => {
    const { directory, all, requests, rehearsal } = company({
      mappings: { ...mappings, managerDisplayName: "'Grace'" },
    });
    await rehearsal.run();
    expect(bodyOf(requests, "POST")).toMatchObject({ [enterprise]: { manager: { displayName: "Grace" } } });
    const { users } = expectedState(directory, { ...documentedOktaSettings, ...all });
    expect(Object.keys(users.get(ada)?.attributes ?? {})).not.toContain(`${enterprise}:manager.displayName`);
  });
});

describe("a part of one of several values", () => {
  const parts = {
    ...documentedOktaSettings.mappings,
    emailType: "user.userType",
    locality: "user.city",
    country: "user.countryCode",
  };

  test("is taken out where it is unset, and the rest of the value stays", async () => {
    const values = { userType: "work", city: "Berlin", countryCode: "DE" };
    const { requests, rehearsal } = company({ mappings: parts }, values);
    await rehearsal.run();
    expect(bodyOf(requests, "POST")).toMatchObject({
      emails: [{ primary: true, value: ada, type: "work" }],
      addresses: [{ primary: true, locality: "Berlin", country: "DE" }],
    });
    await rehearsal.act({ kind: "update-user", user: ada, profile: { userType: null, city: null } });
    const body = bodyOf(requests, "PUT");
    expect(body?.["emails"]).toEqual([{ primary: true, value: ada }]);
    expect(body?.["addresses"]).toEqual([{ primary: true, country: "DE" }]);
    await rehearsal.act({ kind: "update-user", user: ada, profile: { countryCode: null } });
    expect(bodyOf(requests, "PUT")).not.toHaveProperty("addresses");
  });
});

describe("what is remembered", () => {
  test("values in their data types are written, read, and no change after it", async () => {
    const { rehearsal, requests } = company();
    await rehearsal.run();
    rehearsal.remember(readOktaMemory(JSON.parse(JSON.stringify(writeOktaMemory(rehearsal.memory)))));
    requests.length = 0;
    await rehearsal.run();
    expect(requests).toEqual([]);
  });

  test("an import reads them in their data types: what is as it was pushed is unchanged", async () => {
    const { rehearsal } = company();
    await rehearsal.run();
    const { reports } = await rehearsal.act({ kind: "import", match: "userName", confirmsExact: true });
    expect(reports).toMatchObject([{ outcome: { imported: { updated: 0, unchanged: 1 } } }]);
  });
});

describe("what has lost its expression gives way to what is sent in its place", () => {
  test("an attribute of one's own for the e-mail address", async () => {
    const mail = {
      from: "user.login",
      externalName: "emails.^[primary==true].value",
      externalNamespace: core,
    };
    const { requests, rehearsal } = company({
      mappings: { ...documentedOktaSettings.mappings, email: "", mail },
    });
    await rehearsal.run();
    expect(bodyOf(requests, "POST")?.["emails"]).toEqual([{ primary: true, value: ada }]);
  });
});
