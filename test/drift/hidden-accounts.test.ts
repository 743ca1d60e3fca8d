/** Members that a server does not show, and whole Teams of which it shows none: what counts, and what is not deleted. */

import { describe, expect, test } from "vitest";
import type { HeldState, UnseenMember } from "../../src/astro/held.ts";
import { diff, type DiffOptions } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import { expectedState, heldState } from "../support/states.ts";

const everything = { users: "all", teams: "all" } as const;
const ours = [{ domains: ["example.com"], statedBy: "fixture own.yaml" }];

describe("a member whom the list of users hides", () => {
  const hidden = (key: string, active: boolean): UnseenMember => ({
    scimId: "x",
    is: "hidden",
    account: { key, emails: [], active },
  });
  const driftWith = (member: UnseenMember, options: DiffOptions = {}) =>
    diff(
      expectedState({
        users: ["ada", { name: "kim", presence: "not-active" }, { name: "sam", presence: "either" }],
        teams: [{ name: "Data", members: ["ada"] }],
      }),
      heldState({
        users: ["ada"],
        teams: [{ name: "Data", members: ["ada"], unseenMembers: [member] }],
      }),
      options,
    );

  test.each<[string, UnseenMember]>([
    ["is inactive", hidden("kim@example.com", false)],
    ["is inactive, and nobody's", hidden("nobody@example.com", false)],
    ["is left as found", hidden("sam@example.com", true)],
  ])("does not count where the account %s, as one that is shown would not", (_what, member) => {
    const drift = driftWith(member);
    expect([drift.status, drift.changes]).toEqual(["same", []]);
    expect(planResync(drift, everything).leftOut).toEqual([]);
  });

  test.each<[string, UnseenMember]>([
    ["is active", hidden("kim@example.com", true)],
    ["cannot be read", { scimId: "x", is: "unreadable" }],
    ["is a group", { scimId: "x", is: "group" }],
  ])("is a difference where it %s", (_what, member) => {
    expect(driftWith(member).changes).toMatchObject([{ unseenMembers: [{ scimId: "x" }] }]);
  });

  test("and who is outside responsibleFor is listed there, and no drift", () => {
    const drift = driftWith(hidden("jo@partner.com", true), { responsibleFor: ours });
    expect(drift.changes).toEqual([]);
    expect(drift.outside.users).toMatchObject([
      { userName: "jo@partner.com", scimId: "x", active: true, domain: "partner.com", teams: ["Data"] },
    ]);
  });

  test("and who cannot be read is a difference, whatever the responsibility", () => {
    const member = { scimId: "x", is: "unreadable" } as const;
    expect(driftWith(member, { responsibleFor: ours }).changes).toHaveLength(1);
  });
});

describe("a left-over Team whose members the server does not show", () => {
  const held = (): HeldState => {
    const state = heldState({ users: ["ada", "root"], teams: [{ name: "old" }] });
    const teams = [...state.teams].map(([key, team]) => [key, { ...team, areMembersUnknown: true }] as const);
    return { ...state, teams: new Map(teams) };
  };
  const directory = expectedState({ users: ["ada", "root"] });
  const plans = (options: DiffOptions) => {
    const managed = { linkedTeams: new Map([["LINK 1", "team-old"]]) };
    return [
      planDelete(diff(directory, held(), options), { users: [], teams: ["old"] }),
      planDelete(diff(directory, held(), { ...options, ...managed }), everything),
      planDelete(diff(directory, held(), { ...options, ...managed }), { users: [], teams: ["old"] }),
    ];
  };

  test.each<[string, DiffOptions, string]>([
    ["somebody is protected", { protect: ["root@example.com"] }, "protected"],
    ["accounts may be outside", { responsibleFor: ours }, "outside responsibleFor"],
    ["both", { protect: ["root@example.com"], responsibleFor: ours }, "protected or outside responsibleFor"],
  ])("is not deleted where %s, by name or with all", (_what, options, who) => {
    for (const { operations, leftOut } of plans(options)) {
      expect(operations).toEqual([]);
      const reason = `is not deleted: the server does not show who is in its Teams, so a member may be ${who}`;
      expect(leftOut).toEqual([{ code: "members-not-shown", kind: "team", name: "old", reason }]);
    }
  });

  test("is deleted otherwise, and the plan does not say that it is empty", () => {
    for (const { operations } of plans({})) {
      expect(operations.map(({ summary }) => summary)).toEqual([
        "delete the Team old with its roles (the server does not show its members)",
      ]);
    }
  });
});
