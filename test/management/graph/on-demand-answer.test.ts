/** What an answer to "provision on demand" says, in each form that Microsoft has published (synchronizationJob: provisionOnDemand). */

import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../../src/ground/json.ts";
import { onDemandResult, type OnDemandResult } from "../../../src/management/graph/on-demand-answer.ts";

const statusInfoType = "Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo";

function pair(key: unknown, value: unknown): JsonValue {
  const text = (part: unknown): string => (typeof part === "string" ? part : JSON.stringify(part));
  return { "@odata.context": "…", key: text(key), value: text(value) };
}

const scoping = (details: object): object => ({
  name: "EntrySynchronizationScoping",
  type: "Scoping",
  status: "Success",
  description: "Determine if User in scope by evaluating against each scoping filter",
  details,
});

const redundant = {
  action: "Other",
  modifiedProperties: [{ displayName: "displayName", oldValue: null, newValue: "Bill Bob" }],
  provisioningSteps: [
    { name: "EntryImport", type: "Import", status: "Success", description: "Retrieved User", details: {} },
    scoping({ IsActive: "True", Assigned: "True" }),
    {
      name: "EntrySynchronizationSkip",
      type: "Export",
      status: "Skipped",
      description: "The state of the user in both the source and target systems already match.",
      details: { SkipReason: "RedundantExport" },
    },
  ],
  statusInfo: { status: "Skipped", errorCode: null, reason: null },
  targetIdentity: { id: "52507a19-96ec", type: "urn:…:User" },
};

const failed = {
  provisioningSteps: [
    { name: "EntryExportAdd", type: "Export", status: "Failure", description: "Failed to create User" },
  ],
  statusInfo: {
    status: "Failure",
    errorCode: "DuplicateTargetEntries",
    reason: "There are multiple target objects.",
  },
};

const unclear = {
  status: "unclear",
  code: undefined,
  message: undefined,
  outOfScopeBecause: [],
  targetId: undefined,
  modified: [],
} satisfies OnDemandResult;

describe("an answer", () => {
  test.each<readonly [form: string, body: JsonValue | undefined, expected: Partial<OnDemandResult>]>([
    [
      "with the result in its key (example 1)",
      pair(
        {
          result: "Skipped",
          details: { errorCode: "RedundantExport", errorMessage: "The state already matches." },
        },
        redundant,
      ),
      {
        status: "skipped",
        code: "RedundantExport",
        message: "The state already matches",
        targetId: "52507a19-96ec",
        modified: [{ name: "displayName", oldValue: null, newValue: "Bill Bob" }],
      },
    ],
    [
      "with an empty record (example 3, of a group)",
      pair({ result: "Success", details: {} }, {}),
      { ...unclear, status: "success" },
    ],
    [
      "with the name of the type as its key, and a list of records",
      pair(statusInfoType, [redundant]),
      {
        status: "skipped",
        code: "RedundantExport",
        message: "The state of the user in both the source and target systems already match",
      },
    ],
    [
      "of several records, of which one failed",
      pair(statusInfoType, [redundant, { statusInfo: { status: "Success" } }, failed]),
      {
        status: "failure",
        code: "DuplicateTargetEntries",
        message: "There are multiple target objects",
      },
    ],
    [
      "of several records, of which one was exported and none failed",
      pair(statusInfoType, [redundant, { statusInfo: { status: "Success" } }]),
      { status: "success" },
    ],
    [
      "in the form of the provisioning log",
      pair(statusInfoType, {
        provisioningStatusInfo: {
          status: "failure",
          errorInformation: { errorCode: "InvalidAnchor", reason: "It is gone." },
        },
      }),
      { status: "failure", code: "InvalidAnchor", message: "It is gone" },
    ],
    [
      "about somebody who is out of scope names what was false",
      pair(
        { result: "Skipped", details: { errorCode: "NotEffectivelyEntitled" } },
        {
          provisioningSteps: [scoping({ IsActive: "True", Assigned: "False", ScopeEvaluationResult: "{}" })],
        },
      ),
      { status: "skipped", outOfScopeBecause: ["Assigned"] },
    ],
  ])("%s", (_form, body, expected) => {
    expect(onDemandResult(body)).toMatchObject(expected);
  });

  test.each<readonly [what: string, body: JsonValue | undefined]>([
    ["nothing", undefined],
    ["an empty object", {}],
    ["a list", []],
    ["texts that are no JSON", pair("Success", "<html>")],
    ["a status that is not known", pair({ result: "Postponed" }, {})],
    ["records of another form", pair(statusInfoType, [1, "x", { statusInfo: 7 }])],
    ["JSON that nests too deep", pair(statusInfoType, "[".repeat(100) + "]".repeat(100))],
  ])("that is %s is unclear, and never a success", (_what, body) => {
    expect(onDemandResult(body)).toEqual(unclear);
  });
});
