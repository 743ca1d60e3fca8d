/** Every kind of finding, planted at each place where it can occur: found under its own name, and nothing else is. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/drift/compare/change.ts";
import { findingKindNames, findingRule } from "../../../src/drift/provider/finding-kinds.ts";
import {
  driftOf,
  everythingIn,
  plantedCompany,
  plantedFinding,
  type PlantedCompany,
} from "../../support/planted-company.ts";
import { plantedDifferences } from "../../support/planted-differences.ts";
import { userName } from "../../support/states.ts";

const seed = fc.record({
  members: fc.tuple(...[0, 1, 2].map(() => fc.uniqueArray(fc.nat(4)))),
  user: fc.nat(2),
  team: fc.nat(2),
});

test("the company itself has nothing to find", () => {
  fc.assert(
    fc.property(seed, (given) => {
      expect(everythingIn(driftOf(plantedCompany(given)))).toEqual([]);
    }),
  );
});

describe("differences", () => {
  const named = plantedDifferences.map((row) => [row.kind, row.place, row.what, row] as const);
  test.each(named)("%s at the place %s: %s", (kind, _place, _what, { plant, problem, subject }) => {
    const own = ({ user, team }: PlantedCompany): string => (kind.startsWith("user") ? userName(user) : team);
    fc.assert(
      fc.property(seed, (given) => {
        const company = plantedCompany(given);
        plant(company);
        const parts = [kind, ...(problem === undefined ? [] : [problem]), (subject ?? own)(company)];
        expect(everythingIn(driftOf(company))).toEqual([parts.join(" ")]);
      }),
      { numRuns: 20 },
    );
  });

  test("no kind is left out", () => {
    const kinds = new Set(plantedDifferences.map(({ kind }) => kind));
    const all: Readonly<Record<Change["kind"], true>> = {
      "user-missing": true,
      "user-invite-pending": true,
      "user-inactive": true,
      "user-banned": true,
      "user-renamed": true,
      "user-attribute-differs": true,
      "user-link-broken": true,
      "user-never-linked": true,
      "user-duplicate": true,
      "user-left-over": true,
      "team-missing": true,
      "team-renamed": true,
      "team-members-differ": true,
      "team-link-broken": true,
      "team-left-over": true,
    };
    expect([...kinds].toSorted()).toEqual(Object.keys(all).toSorted());
  });
});

describe("findings of the provider", () => {
  test.each(findingKindNames)("%s at the provider", (kind) => {
    fc.assert(
      fc.property(seed, (given) => {
        const company = plantedCompany(given);
        company.findings.push(plantedFinding(company, kind));
        const { about } = findingRule(kind);
        const subject = { user: userName(company.user), group: company.team, app: "the app" }[about];
        const drift = driftOf(company);
        expect(everythingIn(drift)).toEqual([`finding ${kind} ${subject}`]);
        expect(drift.status).toBe(findingRule(kind).weight === "problem" ? "different" : "same");
      }),
      { numRuns: 20 },
    );
  });

  const beside = plantedDifferences.flatMap((row) =>
    row.subject === undefined
      ? findingKindNames
          .filter((kind) => findingRule(kind).shownWith.includes(row.kind))
          .map((kind) => [kind, row.kind, row.what, row] as const)
      : [],
  );
  test.each(beside)(
    "%s with %s (%s) stands in its row, and is counted once",
    (kind, difference, _what, row) => {
      fc.assert(
        fc.property(seed, (given) => {
          const company = plantedCompany(given);
          row.plant(company);
          company.findings.push(plantedFinding(company, kind));
          const { changes, provider } = driftOf(company);
          expect(changes.map((one) => one.kind)).toEqual([difference]);
          expect(provider?.findings.map(({ shownWith }) => shownWith?.kind)).toEqual([difference]);
          expect(provider?.problems).toEqual([]);
        }),
        { numRuns: 5 },
      );
    },
  );
});
