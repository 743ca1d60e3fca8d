/** Findings of a live provider in `diff --json`: every kind in its documented shape, with all details or with none. */

import { expect, test } from "vitest";
import type { ProviderFinding } from "../../src/directory/provider-finding.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { findingKindNames, findingRule } from "../../src/drift/provider/finding-kinds.ts";
import { driftJson } from "../../src/report/drift/json.ts";
import { driftShape } from "../support/json-shapes.ts";
import { findingOfEachKind, foundGroup, foundUser, providerSide } from "../support/provider-findings.ts";
import { expectedState, heldState } from "../support/states.ts";

const each = findingOfEachKind({ user: foundUser("ada"), group: foundGroup("Data") });

function jsonOf(findings: readonly ProviderFinding[], held: Parameters<typeof heldState>[0] = {}) {
  const provider = providerSide(findings, { users: ["ada"] });
  const drift = diff(expectedState({ users: ["ada"] }), heldState(held), { provider });
  return driftShape.parse(JSON.parse(JSON.stringify(driftJson({ drift }))));
}

test.each(findingKindNames)("%s", (kind) => {
  const { findings, status } = jsonOf([each[kind]], { users: [{ name: "ada", id: "7" }] });
  const { weight, about } = findingRule(kind);
  const isUser = about === "user";
  expect(findings).toMatchObject([{ kind, standing: weight, isCounted: weight === "problem" }]);
  expect(findings[0]?.subject).toEqual({
    kind: about,
    name: { user: "ada@example.com", group: "Data", app: null }[about],
    objectId: { user: "user-ada", group: "group-Data", app: null }[about],
    scimId: isUser ? "7" : null,
  });
  expect(status).toBe(weight === "problem" ? "different" : "same");
});

/** What the provider may leave out. */
const optional = ["error", "since", "code", "lastPush", "nextAttempt", "by"];

test.each(findingKindNames)("%s without what the provider may leave out", (kind) => {
  const finding = each[kind];
  const own = Object.entries(finding).filter(
    ([name]) => !optional.includes(name) || (kind === "push-mapping-failed" && name === "error"),
  );
  const { findings } = jsonOf([{ ...Object.fromEntries(own), kind } as ProviderFinding]);
  for (const name of optional.filter((one) => one in finding && !own.some(([key]) => key === one))) {
    expect(findings[0]).toHaveProperty(name, null);
  }
});

test("a difference that says the same is named, and counts alone", () => {
  expect(jsonOf([each["user-not-provisioned"]])).toMatchObject({
    changes: [{ kind: "user-missing" }],
    findings: [{ kind: "user-not-provisioned", shownWith: "user-missing", isCounted: false }],
  });
});

test("a directory that is a file has none", () => {
  const drift = diff(expectedState({}), heldState({}));
  expect(driftJson({ drift })).toMatchObject({ findings: [], notEvaluated: [], assumed: [] });
});
