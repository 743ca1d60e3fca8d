/** Accounts of which SCIM and the IAM API say different things are never taken for the same, and no repair says that all is well. */

import { describe, expect, test } from "vitest";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { diffBoth, diffIam } from "../support/iam-states.ts";
import { everything } from "../support/repairing.ts";

interface Row {
  readonly scim: "active" | "inactive";
  /** Status of eve in IAM; undefined where she is not listed. */
  readonly iam: string | undefined;
  readonly disagree?: string;
}

const rows: readonly Row[] = [
  { scim: "active", iam: "ACTIVE" },
  { scim: "active", iam: "PENDING" },
  { scim: "active", iam: "BANNED" },
  { scim: "active", iam: "INACTIVE", disagree: "INACTIVE" },
  { scim: "active", iam: undefined, disagree: "not-listed" },
  { scim: "inactive", iam: "INACTIVE" },
  { scim: "inactive", iam: "BANNED" },
  { scim: "inactive", iam: undefined },
  { scim: "inactive", iam: "ACTIVE", disagree: "ACTIVE" },
  { scim: "inactive", iam: "PENDING", disagree: "PENDING" },
];

function driftOf({ scim, iam }: Row, expected: readonly string[], options = {}) {
  const eve = { name: "eve", active: scim === "active" };
  const inIam = iam === undefined ? [] : [{ name: "eve", status: iam }];
  return diffBoth({ users: [...expected] }, { users: ["ada", eve] }, { users: ["ada", ...inIam] }, options);
}

const codes = ({ leftOut }: Plan): readonly string[] => leftOut.map(({ code, name }) => `${code} ${name}`);

describe.each(rows)("$scim over SCIM, $iam in IAM", (row) => {
  const { disagree } = row;
  const names = disagree === undefined ? [] : [["eve@example.com", disagree]];

  test.each([{ expected: ["ada", "eve"] }, { expected: ["ada"] }])(
    "the directory has $expected",
    ({ expected }) => {
      const drift = driftOf(row, expected);
      expect(drift.apisDisagree.map(({ user, inIam }) => [user.userName, inIam])).toEqual(names);
      expect(drift.status === "unknown").toBe(disagree !== undefined);
    },
  );

  test("outside responsibleFor nothing is said of it", () => {
    const responsibleFor = [{ statedBy: "test", domains: ["example.org"] }];
    expect(driftOf(row, [], { responsibleFor }).apisDisagree).toEqual([]);
  });
});

describe("repairs", () => {
  test.each(["all", ["eve@example.com"], ["id-eve"]] as const)(
    "resync of %s does not say that an account matches that IAM does not list",
    (users) => {
      const plan = planResync(driftOf({ scim: "active", iam: undefined }, ["ada", "eve"]), {
        users,
        teams: [],
      });
      expect(plan.operations).toEqual([]);
      expect(codes(plan)).toEqual(["apis-disagree eve@example.com"]);
    },
  );

  test.each(["all", ["eve@example.com"]] as const)(
    "delete of %s does not say that an account cannot be used that is ACTIVE in IAM",
    (users) => {
      const plan = planDelete(driftOf({ scim: "inactive", iam: "ACTIVE" }, ["ada"]), { users, teams: [] });
      expect(plan.operations).toEqual([]);
      expect(codes(plan)).toEqual(["apis-disagree eve@example.com"]);
    },
  );
});

describe("a banned account", () => {
  const banned = (scim: Row["scim"], expected: readonly string[]) =>
    driftOf({ scim, iam: "BANNED" }, expected);
  const kinds = ({ changes }: ReturnType<typeof banned>) => changes.map(({ kind }) => kind);

  test.each(["active", "inactive"] as const)(
    "of a user in the directory, %s over SCIM, has its own kind, and is left out of a repair",
    (scim) => {
      const drift = banned(scim, ["ada", "eve"]);
      expect(kinds(drift)).toEqual(["user-banned"]);
      const plan = planResync(drift, everything);
      expect(plan.operations).toEqual([]);
      expect(codes(plan)).toEqual(["banned eve@example.com"]);
    },
  );

  test("of nobody is left over while SCIM shows it as active", () => {
    expect(kinds(banned("active", ["ada"]))).toEqual(["user-left-over"]);
    expect(kinds(banned("inactive", ["ada"]))).toEqual([]);
  });

  test("over IAM alone it is listed, whether or not the directory has the user", () => {
    const iam = { users: ["ada", { name: "eve", status: "BANNED" }] };
    expect(kinds(diffIam({ users: ["ada", "eve"] }, iam))).toEqual(["user-banned"]);
    expect(kinds(diffIam({ users: ["ada"] }, iam))).toEqual(["user-left-over"]);
  });
});
