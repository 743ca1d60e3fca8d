/** Teams whose members a server may have cut off: what counts as evidence, and what does not. */

import { describe, expect, test } from "vitest";
import { diff } from "../../../src/drift/compare/diff.ts";
import { foundGroup, providerSide } from "../../support/provider-findings.ts";
import { expectedState, heldState } from "../../support/states.ts";

const people = Array.from({ length: 130 }, (_, index) => `u${index}`);

/** Each Team has the first members of its group; a number above that of the group is one of another group. */
function found(teams: Readonly<Record<string, readonly [wanted: number, held: number]>>) {
  const names = Object.keys(teams);
  const drift = diff(
    expectedState({
      users: people,
      teams: names.map((name) => ({ name, members: people.slice(0, teams[name]?.[0]) })),
    }),
    heldState({
      users: people,
      teams: names.map((name) => ({ name, members: people.slice(0, teams[name]?.[1]) })),
    }),
    { provider: providerSide([], { teams: names }) },
  );
  return {
    findings: drift.provider?.findings.map(({ finding }) => finding),
    shownWith: drift.provider?.findings.map(({ shownWith }) => shownWith?.kind),
    problems: drift.provider?.problems,
  };
}

const cutOff = (name: string, held: number, missing: number) => {
  return { kind: "members-cut-off", group: foundGroup(name), held, missing };
};

describe("evidence", () => {
  test("a round number in one Team, and no Team has more", () => {
    const { findings, shownWith, problems } = found({ data: [130, 100], small: [4, 4] });
    expect(findings).toEqual([cutOff("data", 100, 30)]);
    expect(shownWith).toEqual(["team-members-differ"]);
    expect(problems).toEqual([]);
  });

  test("the same number in several Teams", () => {
    expect(found({ data: [40, 17], web: [30, 17], small: [4, 4] }).findings).toEqual([
      cutOff("data", 17, 23),
      cutOff("web", 17, 13),
    ]);
  });

  test("no members in any Team, though the groups have some", () => {
    expect(found({ data: [3, 0], web: [2, 0] }).findings).toEqual([
      cutOff("data", 0, 3),
      cutOff("web", 0, 2),
    ]);
  });
});

test.each<readonly [why: string, teams: Parameters<typeof found>[0]]>([
  ["a Team has more members", { data: [130, 100], web: [120, 120] }],
  ["the number is not a round one, and one Team's", { data: [130, 97] }],
  ["few members are the same in several Teams by chance", { data: [4, 2], web: [5, 2] }],
  ["one Team alone is empty", { data: [4, 0], web: [5, 5] }],
  ["nobody is missing", { data: [100, 100] }],
  ["somebody is left over", { data: [90, 100] }],
])("no evidence: %s", (_why, teams) => {
  expect(found(teams).findings).toEqual([]);
});
