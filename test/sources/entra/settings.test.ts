/** How the live app is set up: the job's schema and settings in the form of a fixture's app, and what cannot be read of it. */

import { describe, expect, test } from "vitest";
import type { EntraAppSettings } from "../../../src/directory/entra-app-settings.ts";
import { documentedEntraSettings } from "../../../src/directory/entra-app-settings.ts";
import type { ProvidedDirectory } from "../../../src/directory/source.ts";
import {
  attribute,
  constant,
  documentedUserRows,
  expression,
  job,
  jobSchema,
  row,
  smallTenant,
  type SchemaParts,
} from "../../support/entra-tenant.ts";
import { readTenant, refusalOf } from "../../support/read-tenant.ts";

async function read(parts: SchemaParts): Promise<ProvidedDirectory> {
  return await readTenant(smallTenant({ schema: jobSchema(parts) }));
}

function appOf({ app }: ProvidedDirectory): EntraAppSettings {
  if (app.idp !== "entra") throw new Error("not of Entra");
  return app;
}

test("an app that is set up as documented has the documented settings", async () => {
  const { app } = await readTenant(smallTenant());
  expect(app).toEqual(documentedEntraSettings);
});

describe("a row of the mappings", () => {
  test.each([
    ["direct", row("title", attribute("jobTitle")), { source: { kind: "direct", attribute: "jobTitle" } }],
    [
      "direct without a type, which is Attribute by default",
      row("title", { expression: "[jobTitle]" }),
      { source: { kind: "direct", attribute: "jobTitle" } },
    ],
    ["constant", row("title", constant("Engineer")), { source: { kind: "constant", value: "Engineer" } }],
    [
      "expression",
      row("title", expression('Join(" ", [givenName], [surname])')),
      { source: { kind: "expression", text: 'Join(" ", [givenName], [surname])' } },
    ],
    [
      "none, of which only the default is sent",
      row("title", null, { defaultValue: "x" }),
      { source: { kind: "none" }, defaultIfNull: "x" },
    ],
    [
      "with a default for null",
      row("title", attribute("jobTitle"), { defaultValue: "none yet" }),
      { source: { kind: "direct", attribute: "jobTitle" }, defaultIfNull: "none yet" },
    ],
    [
      "only during creation",
      row("title", attribute("jobTitle"), { flowType: "ObjectAddOnly" }),
      { source: { kind: "direct", attribute: "jobTitle" }, applies: "only-during-creation" },
    ],
    [
      "second to match by",
      row("externalId", attribute("objectId"), { matchingPriority: 2 }),
      { target: "externalId", source: { kind: "direct", attribute: "objectId" }, matching: 2 },
    ],
  ])("%s", async (_, mapped, expected) => {
    const found = await read({ userRows: [...documentedUserRows, mapped] });
    expect(appOf(found).users.mappings.at(-1)).toEqual({ target: "title", applies: "always", ...expected });
    expect(found.notEvaluated).toEqual([]);
  });
});

describe("a row that cannot be evaluated is left out and named", () => {
  test.each([
    [
      "an unknown function",
      row("title", expression("Fancy([jobTitle])")),
      "title",
      "Fancy([jobTitle])",
      /no function Fancy/,
    ],
    [
      "an expression that is broken",
      row("title", expression("Join(")),
      "title",
      "Join(",
      /^Expected a value/,
    ],
    [
      "a source that Graph does not show",
      row("title", attribute("netId")),
      "title",
      "[netId]",
      /netId is not read from Microsoft Graph/,
    ],
    [
      "a source within an expression",
      row("title", expression("ToLower([netId])")),
      "title",
      "ToLower([netId])",
      /netId/,
    ],
    ["an unknown target", row("titel", attribute("jobTitle")), "titel", "[jobTitle]", /no attribute titel/],
  ])("%s", async (_, mapped, target, text, why) => {
    const found = await read({ userRows: [...documentedUserRows, mapped] });
    expect(appOf(found).users.mappings.map((one) => one.target)).toEqual([
      "userName",
      "active",
      "displayName",
    ]);
    expect(found.notEvaluated).toEqual([
      { attribute: target, expression: text, why: expect.stringMatching(why) as string },
    ]);
  });

  test("one that matches: then the name does", async () => {
    const found = await read({
      userRows: [
        row("userName", attribute("mail")),
        row("externalId", attribute("netId"), { matchingPriority: 1 }),
      ],
    });
    expect(appOf(found).users.mappings).toMatchObject([{ target: "userName", matching: 1 }]);
    expect(found.notEvaluated).toMatchObject([{ attribute: "externalId" }]);
  });

  test.each([
    ["userName", { userRows: [row("userName", expression("Fancy([mail])"), { matchingPriority: 1 })] }],
    ["userName", { userRows: [row("displayName", attribute("displayName"), { matchingPriority: 1 })] }],
    ["displayName", { groupRows: [row("displayName", attribute("description"), { matchingPriority: 1 })] }],
  ])("but that of %s is an error, for nobody could be compared", async (name, parts) => {
    const error = await refusalOf(smallTenant({ schema: jobSchema(parts) }));
    expect(error).toMatchObject({
      code: "source-incomplete",
      message: expect.stringContaining(name) as string,
    });
  });
});

describe("target object actions", () => {
  test.each([
    ["Add, Update, Delete", { create: true, update: true, delete: true }],
    ["Add,Update", { create: true, update: true, delete: false }],
    ["update", { create: false, update: true, delete: false }],
    [null, { create: true, update: true, delete: true }],
  ])("%s", async (flowTypes, actions) => {
    expect(appOf(await read({ users: { flowTypes } })).users.actions).toEqual(actions);
  });

  test("a mapping that is off is not enabled", async () => {
    const app = appOf(await read({ groups: { enabled: false } }));
    expect([app.users.enabled, app.groups.enabled]).toEqual([true, false]);
  });
});

describe("scoping filters", () => {
  const scoped = (clause: object, more: object = {}): SchemaParts => ({
    users: {
      scope: {
        groups: [{ name: "Engineers", clauses: [clause] }],
        inputFilterGroups: [],
        categoryFilterGroups: [],
        ...more,
      },
    },
  });
  const clause = (
    operatorName: string,
    values: readonly string[],
    sourceOperandName = "department",
  ): object => ({
    sourceOperandName,
    operatorName,
    targetOperand: { values },
  });

  test.each([
    ["EQUALS", ["R&D"], { attribute: "department", operator: "EQUALS", value: "R&D" }],
    ["REGEX MATCH", ["^R"], { attribute: "department", operator: "REGEX MATCH", value: "^R" }],
    ["NOT_EQUALS", ["R&D"], { attribute: "department", operator: "NOT EQUALS", value: "R&D" }],
    ["IS NOT NULL", [], { attribute: "department", operator: "IS NOT NULL" }],
    ["Is_Not_Null", [""], { attribute: "department", operator: "IS NOT NULL" }],
    [
      "Greater_Than_OR_EQUALS",
      ["5"],
      { attribute: "department", operator: "Greater_Than_OR_EQUALS", value: "5" },
    ],
  ])("%s", async (operator, values, expected) => {
    const { users } = appOf(await read(scoped(clause(operator, values))));
    expect(users.scopingFilters).toEqual([{ name: "Engineers", clauses: [expected] }]);
  });

  test.each([
    ["an operator that is not known", scoped(clause("SOUNDS LIKE", ["x"])), /operator SOUNDS LIKE/],
    ["an attribute that Graph does not show", scoped(clause("EQUALS", ["x"], "netId")), /netId/],
    ["several values", scoped(clause("EQUALS", ["x", "y"])), /2 values/],
    ["a broken pattern", scoped(clause("REGEX MATCH", ["("])), /REGEX MATCH/],
    ["no clause", { users: { scope: { groups: [{ name: "Nobody", clauses: [] }] } } }, /no clause/],
    [
      "a filter of a kind that is not evaluated here",
      {
        users: {
          scope: { groups: [], inputFilterGroups: [{ name: "x", clauses: [clause("EQUALS", ["x"])] }] },
        },
      },
      /inputFilterGroups/,
    ],
  ])("with %s are an error: who is in scope would be a guess", async (_, parts, message) => {
    const error = await refusalOf(smallTenant({ schema: jobSchema(parts) }));
    expect(error).toMatchObject({
      code: "source-incomplete",
      message: expect.stringMatching(message) as string,
    });
  });
});

describe("settings of the job", () => {
  test.each([
    ["off", "False", "500", undefined],
    ["on", "True", "17", 17],
  ])("the threshold of accidental deletions is %s", async (_, on, threshold, expected) => {
    const synchronizationJobSettings = [
      { name: "QuarantineTooManyDeletes", value: on },
      { name: "QuarantineTooManyDeletesThreshold", value: threshold },
    ];
    const { app } = await readTenant(smallTenant({ jobs: [job({ synchronizationJobSettings })] }));
    expect(app).toMatchObject({ accidentalDeletionThreshold: expected });
  });

  test.each([
    ["scim", undefined, "non-gallery", true],
    ["customappsso", undefined, "non-gallery", true],
    ["Astronomer", undefined, "gallery", false],
    [null, "Astronomer.0123.4567", "gallery", false],
    [null, "scim.0123.4567", "non-gallery", true],
  ])("the template %s, id %s, is that of a %s app", async (templateId, id, integration, flag) => {
    const jobs = [job({ templateId, ...(id === undefined ? {} : { id }) })];
    const found = await readTenant(smallTenant({ jobs }));
    expect(found.app).toMatchObject({ integration, flag });
    expect(found.assumed?.some(({ setting }) => setting === "the kind of the app")).toBe(
      integration === "gallery",
    );
  });
});

describe("what Graph does not show", () => {
  test("is assumed, and named", async () => {
    const { assumed } = await readTenant(smallTenant());
    expect(assumed?.map(({ setting, value }) => `${setting}: ${value}`)).toEqual([
      "Settings > Scope: Sync only assigned users and groups",
      "SkipOutOfScopeDeletions: off",
      "aadOptscim062020 in the Tenant URL: set",
      "the claim by which Astro knows a person at single sign-on: mail",
    ]);
  });

  test.each([
    [2, "Microsoft Graph does not show SyncAll"],
    [3, "Microsoft Graph does not show SyncAll; the job has synchronized 3 users, and 2 users are assigned"],
  ])(
    "is doubtful where the job has synchronized more than the two who are assigned: %i",
    async (value, why) => {
      const synchronizedEntryCountByType = [
        { key: "Group", value: 9 },
        { key: "User", value },
      ];
      const { assumed } = await readTenant(
        smallTenant({ jobs: [job({}, { synchronizedEntryCountByType })] }),
      );
      expect(assumed?.[0]).toMatchObject({ setting: "Settings > Scope", why });
    },
  );

  test("is taken from whoever knows it", async () => {
    const stated = {
      scope: "all",
      skipOutOfScopeDeletions: true,
      flag: false,
      ssoAttribute: "userPrincipalName",
    } as const;
    const { app, assumed } = await readTenant(smallTenant(), stated);
    expect([app, assumed]).toEqual([{ ...documentedEntraSettings, ...stated }, []]);
  });
});

test("the default domain is read only where a mapping asks for it", async () => {
  const domains = [
    { name: "old.example", isDefault: false },
    { name: "corp.example", isDefault: true },
  ];
  const userRows = [
    ...documentedUserRows,
    row("nickName", expression('Join("@", [mailNickname], DefaultDomain())')),
  ];
  const { app } = await readTenant(smallTenant({ domains, schema: jobSchema({ userRows }) }));
  expect(app).toMatchObject({ defaultDomain: "corp.example" });
  const without = await readTenant(smallTenant({ domains }), {}, { missing: ["Organization.Read.All"] });
  expect(without.app).toMatchObject({ defaultDomain: documentedEntraSettings.defaultDomain });
});

test("a rule that imports from the app is not the one that provisions it", async () => {
  const schema = jobSchema() as { synchronizationRules: object[] };
  const inbound = { ...(jobSchema({ userRows: [] }) as { synchronizationRules: [object] }) }
    .synchronizationRules[0];
  schema.synchronizationRules.unshift({ ...inbound, targetDirectoryName: "Azure Active Directory" });
  expect((await readTenant(smallTenant({ schema }))).app).toEqual(documentedEntraSettings);
});

test.each([
  ["two mappings of users that are enabled", { sourceObjectName: "User" }, /2 mappings of users/],
  ["no mapping of users", undefined, /maps no users/],
])("a schema with %s is an error", async (_, second, message) => {
  const schema = jobSchema() as { synchronizationRules: [{ objectMappings: object[] }] };
  const [rule] = schema.synchronizationRules;
  const [users, ...others] = rule.objectMappings;
  rule.objectMappings = second === undefined ? others : [{ ...users, ...second }, ...rule.objectMappings];
  expect(await refusalOf(smallTenant({ schema }))).toMatchObject({
    code: "source-incomplete",
    message: expect.stringMatching(message) as string,
  });
});

test("a schema without a mapping of groups provisions no Teams", async () => {
  const schema = jobSchema() as { synchronizationRules: [{ objectMappings: object[] }] };
  schema.synchronizationRules[0].objectMappings.pop();
  expect((await readTenant(smallTenant({ schema }))).app).toMatchObject({ groups: { enabled: false } });
});
