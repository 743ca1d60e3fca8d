import { describe, expect, test } from "vitest";
import type { AstroTarget } from "../../src/astro/address.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import { requireTargetOf, type Plan } from "../../src/drift/plan/plan.ts";
import { readPlan, writePlan } from "../../src/plan-file/plan-json.ts";
import { drifted, everything } from "../support/repairing.ts";
import { expectedState, heldState } from "../support/states.ts";

const { plan } = drifted();

/** The plan with one value at its place changed; undefined takes the key away. */
function damaged(whole: Plan, path: readonly (string | number)[], value: unknown): string {
  const copy: unknown = JSON.parse(writePlan(whole));
  const last = path.at(-1)!;
  const inner = path.slice(0, -1).reduce<unknown>((one, key) => (one as Record<string, unknown>)[key], copy);
  (inner as Record<string, unknown>)[last] = value;
  return JSON.stringify(copy);
}

function problem(text: string): string {
  try {
    readPlan("plan.json", text);
    return "none";
  } catch (error) {
    return (error as Error).message;
  }
}

test("a plan is written as JSON, with its version and its target first, and read back", () => {
  const text = writePlan(plan);
  expect(text).toMatch(/^\{\n {2}"schemaVersion": 1,\n {2}"target": \{\n {4}"kind": "local"\n {2}\},\n/);
  expect(text).toMatch(/\n$/);
  expect(readPlan("plan.json", text)).toEqual(plan);
});

describe("what is no plan of this version is refused in one sentence, by its place, without a value", () => {
  const other = { schemaVersion: 1, status: "done" };
  test.each([
    { what: "no JSON", text: '{ "name": "ada', says: "plan.json is not JSON." },
    { what: "an empty file", text: "", says: "plan.json is not JSON." },
    { what: "a list", text: "[]", says: "plan.json is not a plan." },
    { what: "some other JSON", text: '{ "idp": "okta" }', says: "plan.json is not a plan." },
    {
      what: "a later version",
      text: damaged(plan, ["schemaVersion"], 2),
      says: "plan.json has schemaVersion 2; this version of astro-scim reads 1.",
    },
    {
      what: "a version that is no number",
      text: damaged(plan, ["schemaVersion"], "1"),
      says: 'plan.json has schemaVersion "1"; this version of astro-scim reads 1.',
    },
    {
      what: "the result of --json",
      text: JSON.stringify(other),
      says: "plan.json is not a valid plan: target is missing.",
    },
  ])("$what", ({ text, says }) => {
    expect(problem(text)).toBe(says);
  });

  test.each<{ path: readonly (string | number)[]; value: unknown; says: string }>([
    { path: ["operations"], value: undefined, says: "operations is missing" },
    { path: ["heldIds", "teams"], value: undefined, says: "heldIds.teams is missing" },
    { path: ["journal"], value: "x", says: "journal is not known" },
    { path: ["operations", 0, "force"], value: true, says: "operations[0].force is not known" },
    {
      path: ["operations", 0, "kind"],
      value: "drop",
      says: "operations[0].kind has an invalid value",
    },
    { path: ["operations", 0, "id"], value: "", says: "operations[0].id must not be empty" },
    { path: ["operations", 1, "id"], value: plan.operations[0]!.id, says: "operations[1].id is given twice" },
    {
      path: ["operations", 4, "dependsOn"],
      value: ["remove-members team-Ops"],
      says: "operations[4] depends on an operation that is not before it",
    },
    {
      path: ["operations", 2, "subject", "fingerprint"],
      value: null,
      says: "operations[2].subject.fingerprint has an invalid value",
    },
    {
      path: ["operations", 2, "subject", "kind"],
      value: "team",
      says: "operations[2].subject.kind has an invalid value",
    },
    { path: ["attributePaths", 0], value: "a b", says: "attributePaths[0] must be the path of an attribute" },
    { path: ["basis", "heldUsers"], value: -1, says: "basis.heldUsers must not be below 0" },
    { path: ["leftOut"], value: [{ code: "x" }], says: "leftOut[0].code has an invalid value" },
  ])("$says", ({ path, value, says }) => {
    expect(problem(damaged(plan, path, value))).toBe(`plan.json is not a valid plan: ${says}.`);
  });

  test.each([
    "https://ada:secret@h/scim/v2/o",
    "https://h/scim/v2/o?token=secret",
    "https://h/scim/v2/o#secret",
    "ftp://h/scim",
    "h/scim",
  ])("a target that is no plain URL: %s", (baseUrl) => {
    expect(problem(damaged(plan, ["target"], { kind: "scim", baseUrl }))).toBe(
      "plan.json is not a valid plan: target.baseUrl must be an http or https URL with only a host and a path.",
    );
  });

  test("a deletion without the fingerprint of what it deletes", () => {
    const held = heldState({ users: ["old"] });
    const deletion = planDelete(diff(expectedState({}), held), everything);
    const text = damaged(deletion, ["operations", 0, "subject", "fingerprint"], null);
    expect(problem(text)).toContain("operations[0].subject.fingerprint");
  });
});

describe("a plan is for one target", () => {
  const org: AstroTarget = { kind: "scim", baseUrl: "https://api.astronomer.io/scim/v2/org" };
  const other: AstroTarget = { kind: "scim", baseUrl: "https://api.astronomer.io/scim/v2/other" };
  const local: AstroTarget = { kind: "local" };
  const forTarget = (target: AstroTarget): Plan => {
    const { expected, held } = drifted();
    return planResync(diff(expected, held, { target }), everything);
  };

  test.each([org, local])("which it names: $kind", (target) => {
    const read = readPlan("plan.json", writePlan(forTarget(target)));
    expect(read.target).toEqual(target);
    expect(() => requireTargetOf(read, { ...target })).not.toThrow();
  });

  test.each([
    { made: org, on: other, says: `The plan is for ${org.baseUrl}, not for ${other.baseUrl}.` },
    {
      made: org,
      on: local,
      says: `The plan is for ${org.baseUrl}, not for the local Astro inside the process.`,
    },
    {
      made: local,
      on: org,
      says: `The plan is for the local Astro inside the process, not for ${org.baseUrl}.`,
    },
  ])("made for $made, not carried out on $on", ({ made, on, says }) => {
    expect(() => requireTargetOf(forTarget(made), on)).toThrow(
      expect.objectContaining({ code: "refused", message: says }) as Error,
    );
  });
});
