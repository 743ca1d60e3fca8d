/** Findings of a live provider in a comparison: which count, which a difference says already, and which are set apart. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProviderFinding } from "../../../src/directory/provider-finding.ts";
import type { Change } from "../../../src/drift/compare/change.ts";
import { diff, type DiffOptions, type Drift } from "../../../src/drift/compare/diff.ts";
import { findingKindNames, findingRule } from "../../../src/drift/provider/finding-kinds.ts";
import { arbitraryExpected, arbitraryHeld } from "../../support/arbitrary-states.ts";
import { findingOfEachKind, foundGroup, foundUser, providerSide } from "../../support/provider-findings.ts";
import { expectedState, heldState } from "../../support/states.ts";

const ada = findingOfEachKind({ user: foundUser("ada"), group: foundGroup("Data") });
const bob = findingOfEachKind({ user: foundUser("bob"), group: foundGroup("Data") });

type Expected = Parameters<typeof expectedState>[0];
type Held = Parameters<typeof heldState>[0];

function driftWith(
  findings: readonly ProviderFinding[],
  { expected, held, ...options }: DiffOptions & { readonly expected: Expected; readonly held: Held },
): Drift {
  const provider = providerSide(findings, { users: ["ada"], teams: ["Data"] });
  return diff(expectedState(expected), heldState(held), { ...options, provider });
}

const same = {
  expected: { users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] },
  held: { users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] },
} as const;

describe("where Astro matches the directory", () => {
  test.each(findingKindNames)("%s is found under its own name, and nothing else is", (kind) => {
    const drift = driftWith([ada[kind]], same);
    const { weight } = findingRule(kind);
    expect(drift.changes).toEqual([]);
    expect(drift.provider?.findings).toMatchObject([
      { finding: { kind }, standing: weight, shownWith: undefined },
    ]);
    expect(drift.provider?.problems).toHaveLength(weight === "problem" ? 1 : 0);
    expect(drift.status).toBe(weight === "problem" ? "different" : "same");
  });

  test("nothing is found where the provider has nothing to say", () => {
    expect(driftWith([], same)).toMatchObject({ status: "same", provider: { findings: [], problems: [] } });
  });

  test("findings are sorted by kind, then by name: what stops everything comes first", () => {
    const drift = driftWith(
      [bob["user-is-guest"], ada["user-is-guest"], ada["user-in-escrow"], ada["job-in-quarantine"]],
      same,
    );
    expect(drift.provider?.findings.map(({ finding }) => finding)).toEqual([
      ada["job-in-quarantine"],
      ada["user-in-escrow"],
      ada["user-is-guest"],
      bob["user-is-guest"],
    ]);
  });
});

interface Join {
  readonly rule: string;
  readonly finding: ProviderFinding;
  readonly expected: Expected;
  readonly held: Held;
  readonly shownWith: Change["kind"] | undefined;
}

const team = { name: "Data", members: ["ada"] };

describe("a finding with the same cause as a difference is not counted twice", () => {
  test.each<Join>([
    {
      rule: "a user who was never provisioned and has no account",
      finding: ada["user-not-provisioned"],
      expected: { users: ["ada"] },
      held: {},
      shownWith: "user-missing",
    },
    {
      rule: "a user who was never provisioned and has an inactive account",
      finding: ada["user-not-provisioned"],
      expected: { users: ["ada"] },
      held: { users: [{ name: "ada", active: false }] },
      shownWith: "user-inactive",
    },
    {
      rule: "a change that was not pushed, and that differs",
      finding: ada["user-not-in-sync"],
      expected: { users: [{ name: "ada", attributes: { displayName: "Ada King" } }] },
      held: { users: [{ name: "ada", attributes: { displayName: "Ada" } }] },
      shownWith: "user-attribute-differs",
    },
    {
      rule: "a user under an old userName, in escrow",
      finding: ada["user-in-escrow"],
      expected: { users: [{ name: "ada", externalId: "1" }] },
      held: { users: [{ name: "old", externalId: "1" }] },
      shownWith: "user-renamed",
    },
    {
      rule: "a user who is skipped and has no account",
      finding: ada["user-skipped"],
      expected: { users: ["ada"] },
      held: {},
      shownWith: "user-missing",
    },
    {
      rule: "a group whose push failed, without its Team",
      finding: ada["push-mapping-failed"],
      expected: { users: ["ada"], teams: [team] },
      held: { users: ["ada"] },
      shownWith: "team-missing",
    },
    {
      rule: "a group in escrow whose Team lacks a member",
      finding: ada["group-in-escrow"],
      expected: { users: ["ada"], teams: [team] },
      held: { users: ["ada"], teams: [{ name: "data" }] },
      shownWith: "team-members-differ",
    },
    {
      rule: "a member of a nested group who has an account",
      finding: bob["user-only-nested"],
      expected: {},
      held: { users: ["bob"] },
      shownWith: "user-left-over",
    },
    {
      rule: "but a guest is listed beside the difference, for that is not its cause",
      finding: ada["user-is-guest"],
      expected: { users: ["ada"] },
      held: {},
      shownWith: undefined,
    },
    {
      rule: "but another user's difference says nothing of it",
      finding: ada["user-not-provisioned"],
      expected: { users: ["ada", "bob"] },
      held: { users: ["ada"] },
      shownWith: undefined,
    },
    {
      rule: "but a Team's difference says nothing of a user with the same name",
      finding: {
        kind: "user-in-escrow",
        user: { objectId: "user-data", name: "Data" },
      },
      expected: { users: ["ada"], teams: [team] },
      held: { users: ["ada"] },
      shownWith: undefined,
    },
  ])("$rule", ({ finding, expected, held, shownWith }) => {
    const drift = driftWith([finding], { expected, held });
    const [judged] = drift.provider?.findings ?? [];
    expect(judged?.shownWith?.kind).toBe(shownWith);
    const isProblem = findingRule(finding.kind).weight === "problem";
    expect(drift.provider?.problems).toHaveLength(isProblem && shownWith === undefined ? 1 : 0);
    expect(drift.changes).toHaveLength(1);
    expect(drift.status).toBe("different");
  });

  test("the account of a user is found by the directory's id, whatever the provider calls the user", () => {
    const user = { objectId: "user-ada", name: "ada.lovelace@corp.example.com" };
    const drift = driftWith([{ kind: "user-in-escrow", user }], { expected: { users: ["ada"] }, held: {} });
    expect(drift.provider?.findings[0]?.shownWith?.kind).toBe("user-missing");
  });
});

describe("what is protected", () => {
  test.each(findingKindNames.filter((kind) => findingRule(kind).about !== "app"))(
    "%s is listed and not counted",
    (kind) => {
      const drift = driftWith([ada[kind]], { ...same, protect: ["ada@example.com", "data"] });
      expect(drift.provider?.findings).toMatchObject([{ standing: "protected" }]);
      expect(drift).toMatchObject({ status: "same", provider: { problems: [] } });
    },
  );

  test("is protected by the id of the account, too, and by a name that the directory alone has", () => {
    for (const protect of [["id-ada"], ["ada.lovelace@corp.example.com"]]) {
      const user = { objectId: "user-ada", name: "ada.lovelace@corp.example.com" };
      const drift = driftWith([{ kind: "user-in-escrow", user }], { ...same, protect });
      expect(drift.provider?.findings[0]?.standing).toBe("protected");
    }
  });

  test("stands in the row of a protected difference", () => {
    const drift = driftWith([ada["user-in-escrow"]], {
      expected: { users: ["ada"] },
      held: {},
      protect: ["ada@example.com"],
    });
    expect(drift).toMatchObject({ status: "same", changes: [] });
    expect(drift.provider?.findings[0]?.shownWith).toBe(drift.protectedSkipped[0]);
  });
});

describe("what is outside responsibleFor", () => {
  const responsibleFor = [{ statedBy: "a test", domains: ["example.com"], teams: ["Data"] }];
  const guest = { objectId: "user-guest", name: "guest@partner.example" };
  const other = { objectId: "group-ops", name: "ops" };
  const outside = findingOfEachKind({ user: guest, group: other });

  test.each(findingKindNames.filter((kind) => findingRule(kind).about !== "app"))(
    "%s is listed and not counted",
    (kind) => {
      const drift = driftWith([outside[kind]], { ...same, responsibleFor });
      expect(drift.provider?.findings).toMatchObject([{ standing: "outside" }]);
      expect(drift).toMatchObject({ status: "same", provider: { problems: [] } });
    },
  );

  test("counts where the directory provisions it, as its differences do", () => {
    const users = ["ada", "eve@partner.example"];
    const user = { objectId: "user-eve", name: "eve@partner.example" };
    const drift = driftWith([{ kind: "user-in-escrow", user }], {
      expected: { users },
      held: { users },
      responsibleFor,
    });
    expect(drift.provider?.problems).toHaveLength(1);
  });
});

test("for any two sides: findings never change a difference, nor end one, nor make an unknown result known", () => {
  const findings = fc.subarray(findingKindNames.flatMap((kind) => [ada[kind], bob[kind]]));
  fc.assert(
    fc.property(
      arbitraryExpected,
      arbitraryHeld,
      findings,
      fc.constantFrom<NonNullable<DiffOptions["iam"]>>(
        { kind: "not-asked" },
        { kind: "unreadable", reason: "" },
      ),
      (expected, held, some, iam) => {
        const without = diff(expected, held, { iam });
        const drift = diff(expected, held, { iam, provider: providerSide(some, { users: ["ada", "bob"] }) });
        expect(drift.changes).toEqual(without.changes);
        const { problems = [] } = drift.provider ?? {};
        const isWorse = without.status === "same" && problems.length > 0;
        expect(drift.status).toBe(isWorse ? "different" : without.status);
        // Each finding is counted, or a difference says it, or it does not count by its kind.
        for (const { finding, standing, shownWith } of drift.provider?.findings ?? []) {
          const isCounted = problems.some((one) => one.finding === finding);
          expect(isCounted).toBe(standing === "problem" && shownWith === undefined);
          expect(shownWith === undefined || drift.changes.includes(shownWith)).toBe(true);
        }
        expect(drift.provider?.findings).toHaveLength(some.length);
      },
    ),
  );
});
