/** What only a live Entra ID tells: of its job, its switches, its log, and of people who are missing for a reason. */

import { describe, expect, test } from "vitest";
import type { ProviderFinding } from "../../../src/directory/provider-finding.ts";
import {
  assignedGroup,
  assignedUser,
  attribute,
  documentedUserRows,
  expression,
  group,
  job,
  jobSchema,
  logRecord,
  person,
  row,
  smallTenant,
  type SchemaParts,
} from "../../support/entra-tenant.ts";
import type { Tenant } from "../../support/graph-tenant.ts";
import { readTenant } from "../../support/read-tenant.ts";

async function findingsIn(change: Partial<Tenant>): Promise<readonly ProviderFinding[]> {
  return (await readTenant(smallTenant(change))).findings ?? [];
}

const found = (name: string, shown = `${name}@example.com`): object => ({
  objectId: `user-${name}`,
  name: shown,
});
const foundGroup = (name: string): object => ({ objectId: `group-${name}`, name });

test("a company that is provisioned has none", async () => {
  const log = [logRecord("user-ada", "success"), logRecord("user-grace", "success")];
  expect(await findingsIn({ log })).toEqual([]);
});

describe("the job", () => {
  const quarantine = {
    reason: "EncounteredQuarantineException",
    currentBegan: "2026-11-29T08:00:00Z",
    seriesBegan: "2026-11-28T08:00:00Z",
    nextAttempt: "2026-11-30T08:00:00Z",
    error: {
      code: "CredentialsInvalid",
      message: "The credentials are not accepted.",
      tenantActionable: true,
    },
  };
  test.each([
    [
      "in quarantine, with reason, error and times",
      job({}, { code: "Quarantine", quarantine }),
      {
        kind: "job-in-quarantine",
        reason: "EncounteredQuarantineException",
        error: "CredentialsInvalid: The credentials are not accepted.",
        since: "2026-11-29T08:00:00Z",
        nextAttempt: "2026-11-30T08:00:00Z",
      },
    ],
    [
      "in quarantine, with little said of it",
      job({}, { code: "Quarantine", quarantine: { reason: "Unknown", nextAttempt: "0001-01-01T00:00:00Z" } }),
      { kind: "job-in-quarantine", reason: "Unknown" },
    ],
    [
      "paused",
      job({}, { code: "Paused" }),
      { kind: "job-not-running", state: "Paused", since: "2026-11-30T08:01:00Z" },
    ],
    [
      "never run",
      job({}, { code: "NotRun", lastExecution: null }),
      { kind: "job-not-running", state: "NotRun" },
    ],
    [
      "disabled by its schedule",
      job({ schedule: { state: "Disabled" } }, { lastExecution: null }),
      { kind: "job-not-running", state: "Disabled" },
    ],
  ])("%s", async (_, changed, expected) => {
    expect(await findingsIn({ jobs: [changed] })).toEqual([expected]);
  });
});

describe("switches that are off", () => {
  test.each<[string, SchemaParts, readonly string[]]>([
    ["users", { users: { enabled: false } }, ["Provision Microsoft Entra ID Users > Enabled"]],
    ["groups", { groups: { enabled: false } }, ["Provision Microsoft Entra ID Groups > Enabled"]],
    [
      "Update of users",
      { users: { flowTypes: "Add, Delete" } },
      ["Provision Microsoft Entra ID Users > Target Object Actions > Update"],
    ],
    [
      "Create and Delete of groups",
      { groups: { flowTypes: "Update" } },
      [
        "Provision Microsoft Entra ID Groups > Target Object Actions > Create",
        "Provision Microsoft Entra ID Groups > Target Object Actions > Delete",
      ],
    ],
  ])("%s", async (_, parts, toggles) => {
    const findings = await findingsIn({ schema: jobSchema(parts) });
    expect(findings.map((one) => (one.kind === "toggle-off" ? one.toggle : one.kind))).toEqual(toggles);
  });
});

describe("the provisioning log", () => {
  const failed = { errorCode: "EntryConflict", reason: "409 was returned" };
  const at = (hour: number): string => `2026-11-30T0${hour}:00:00Z`;

  test.each<[string, Partial<Tenant>, readonly object[]]>([
    [
      "a failure of a user is in escrow, since the first of several",
      {
        log: [
          logRecord("user-ada", "failure", { ...failed, at: at(3), reason: "409 again" }),
          logRecord("user-ada", "success", { at: at(1) }),
          logRecord("user-ada", "failure", { ...failed, at: at(2) }),
        ],
      },
      [
        {
          kind: "user-in-escrow",
          user: found("ada"),
          code: "EntryConflict",
          error: "409 again",
          since: at(2),
        },
      ],
    ],
    [
      "a later success ends it",
      {
        log: [
          logRecord("user-ada", "failure", { ...failed, at: at(2) }),
          logRecord("user-ada", "success", { at: at(3) }),
        ],
      },
      [],
    ],
    [
      "of two at one time the first of the list is the newest",
      { log: [logRecord("user-ada", "success"), logRecord("user-ada", "failure", failed)] },
      [],
    ],
    [
      "so does an export that found everything as it should be",
      {
        log: [
          logRecord("user-ada", "failure", { ...failed, at: at(2) }),
          {
            ...logRecord("user-ada", "skipped", { at: at(3) }),
            provisioningSteps: [
              { name: "EntrySynchronizationSkip", details: { SkipReason: "RedundantExport" } },
            ],
          },
        ],
      },
      [],
    ],
    [
      "and one with a warning",
      {
        log: [
          logRecord("user-ada", "failure", { ...failed, at: at(2) }),
          logRecord("user-ada", "warning", { at: at(3) }),
        ],
      },
      [],
    ],
    [
      "a failure of a group is in escrow",
      { log: [logRecord("group-data-platform", "failure", failed)] },
      [
        {
          kind: "group-in-escrow",
          group: foundGroup("data-platform"),
          code: "EntryConflict",
          error: "409 was returned",
          since: at(8),
        },
      ],
    ],
    [
      "a failure to disable somebody who has left the scope is in escrow, too",
      { log: [logRecord("user-paul", "failure", { ...failed, action: "disable" })] },
      [
        {
          kind: "user-in-escrow",
          user: found("paul"),
          code: "EntryConflict",
          error: "409 was returned",
          since: at(8),
        },
      ],
    ],
    [
      "somebody in scope who was skipped",
      {
        log: [
          logRecord("user-ada", "skipped", {
            errorCode: "EntrySynchronizationSkipped",
            reason: "Not in scope",
          }),
        ],
      },
      [{ kind: "user-skipped", user: found("ada"), reason: "Not in scope", since: at(8) }],
    ],
    [
      "with the word of the step that skipped",
      {
        log: [
          {
            ...logRecord("user-ada", "skipped"),
            provisioningSteps: [
              { name: "EntrySynchronizationSkip", details: { SkipReason: "NotEffectivelyEntitled" } },
            ],
          },
        ],
      },
      [{ kind: "user-skipped", user: found("ada"), reason: "NotEffectivelyEntitled", since: at(8) }],
    ],
    [
      "with the reason of the last step where the record has none",
      {
        log: [
          {
            ...logRecord("user-ada", "skipped"),
            provisioningSteps: [
              { name: "EntryImport", status: "success", description: "Received User 'ada'" },
              {
                name: "EntrySynchronizationSkip",
                status: "skipped",
                description: "User 'ada' will be skipped",
              },
            ],
          },
        ],
      },
      [{ kind: "user-skipped", user: found("ada"), reason: "User 'ada' will be skipped", since: at(8) }],
    ],
    [
      "somebody out of scope who was skipped is as the rules say",
      { log: [logRecord("user-paul", "skipped", { reason: "Not in scope" })] },
      [],
    ],
    ["an object that is not in the directory", { log: [logRecord("user-nobody", "failure", failed)] }, []],
    [
      "another job's record",
      { log: [{ ...logRecord("user-ada", "failure", failed), jobId: "scim.another" }] },
      [],
    ],
  ])("%s", async (_, change, expected) => {
    expect(await findingsIn(change)).toEqual(expected);
  });

  test("who has no mail is skipped as the rules say, and named once", async () => {
    const users = [person("ada", { mail: null }), person("grace")];
    const log = [logRecord("user-ada", "skipped", { errorCode: "ImportSkipped" })];
    expect(await findingsIn({ users, groups: [group("data-platform", ["ada", "grace"])], log })).toEqual([
      { kind: "user-without-mail", user: found("ada"), attribute: "mail" },
    ]);
  });
});

describe("people of groups within groups", () => {
  const nested = [
    group("data-platform", ["ada", "group-inner"]),
    group("inner", ["grace", "group-innermost"]),
    group("innermost", ["paul", "grace"]),
  ];
  const lost = (name: string, ...through: string[]): object => ({
    kind: "user-only-nested",
    user: found(name),
    group: foundGroup("data-platform"),
    through: through.map(foundGroup),
  });

  test.each<[string, Partial<Tenant>, readonly object[]]>([
    [
      "are lost, with the groups that they are in",
      {},
      [lost("grace", "inner", "innermost"), lost("paul", "innermost")],
    ],
    [
      "are not lost where they are assigned one by one",
      { assignments: [assignedGroup("data-platform"), assignedUser("grace")] },
      [lost("paul", "innermost")],
    ],
    [
      "are not lost where the inner group is assigned, too",
      { assignments: [assignedGroup("data-platform"), assignedGroup("innermost")] },
      [],
    ],
    [
      "are not lost where the outer group is no security group, for it assigns nobody",
      {
        groups: nested.map((one) =>
          one.displayName === "data-platform" ? { ...one, securityEnabled: false } : one,
        ),
      },
      [],
    ],
    [
      "are not lost where they could not be provisioned at all",
      { users: [person("ada"), person("grace", { accountEnabled: false }), person("paul")] },
      [lost("paul", "innermost")],
    ],
    [
      "are not lost where the scoping filter leaves them out",
      {
        users: [person("ada", { department: "R&D" }), person("grace", { department: "R&D" }), person("paul")],
        schema: jobSchema({
          users: {
            scope: {
              groups: [
                {
                  name: "R&D",
                  clauses: [
                    {
                      sourceOperandName: "department",
                      operatorName: "EQUALS",
                      targetOperand: { values: ["R&D"] },
                    },
                  ],
                },
              ],
            },
          },
        }),
      },
      [lost("grace", "inner", "innermost")],
    ],
  ])("%s", async (_, change, expected) => {
    expect(await findingsIn({ groups: nested, ...change })).toEqual(expected);
  });

  test("are not lost where everybody is in scope", async () => {
    const { findings } = await readTenant(smallTenant({ groups: nested }), { scope: "all" });
    expect(findings).toEqual([]);
  });
});

describe("people in scope", () => {
  test("who are guests are named, others not", async () => {
    const users = [
      person("ada", { userType: "Guest" }),
      person("grace"),
      person("paul", { userType: "Guest" }),
    ];
    expect(await findingsIn({ users })).toEqual([{ kind: "user-is-guest", user: found("ada") }]);
  });

  test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    ["mail", row("userName", attribute("mail"), { matchingPriority: 1 }), ["mail"]],
    [
      "all attributes of an expression",
      row("userName", expression("Coalesce([mail], [employeeId])"), { matchingPriority: 1 }),
      ["mail, employeeId"],
    ],
    [
      "not of those of whom one has a value",
      row("userName", expression("Coalesce([mail], [userPrincipalName])"), { matchingPriority: 1 }),
      [],
    ],
  ])("without a value for the userName: %s", async (_, userName, attributes) => {
    const users = [person("ada", { mail: null }), person("grace"), person("paul", { mail: null })];
    const schema = jobSchema({ userRows: [userName, ...documentedUserRows.slice(1)] });
    const findings = await findingsIn({ users, schema });
    expect(findings).toEqual(
      attributes.map((one) => ({ kind: "user-without-mail", user: found("ada"), attribute: one })),
    );
  });
});
