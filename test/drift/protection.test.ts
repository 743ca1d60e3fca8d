import { describe, expect, test } from "vitest";
import { diff, type DiffOptions, type Drift } from "../../src/drift/compare/diff.ts";
import { leaveOutProtected } from "../../src/drift/plan/left-out/leave-out-protected.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { expectedState, heldState } from "../support/states.ts";

const everything = { users: "all", teams: "all" } as const;
const email = "emails[primary eq true].value";

/**
 * Grace is to be made, Ada has another name in the directory, Zoe has left, Bob is to leave a Team and Eve to join one;
 * two Teams are left over.
 */
function company(protect: readonly string[], options: DiffOptions = {}): Drift {
  return diff(
    expectedState({
      users: [
        { name: "grace", attributes: { [email]: "g.hopper@example.com" } },
        { name: "ada.king", externalId: "1", attributes: { [email]: "countess@example.com" } },
        "bob",
        "eve",
      ],
      teams: [{ name: "Data", members: ["eve", "ada.king"] }],
    }),
    heldState({
      users: [
        { name: "ada", externalId: "1", id: "a1", emails: ["augusta@example.com"] },
        { name: "bob", id: "b1" },
        { name: "eve", id: "e1" },
        { name: "zoe", id: "z1", emails: ["zoe@example.com", "zoe.private@example.net"] },
      ],
      namesakeUsers: [{ name: "ZOE", id: "z2" }],
      teams: [
        { name: "Data", id: "t1", members: ["bob", "ada"] },
        { name: "Ex", id: "t2", members: ["zoe"] },
        { name: "Old", id: "t3" },
      ],
    }),
    {
      protect,
      linkedTeams: new Map([
        ["LINK ex", "t2"],
        ["LINK old", "t3"],
      ]),
      ...options,
    },
  );
}

function writesOf(...plans: readonly Plan[]): readonly string[] {
  return plans.flatMap(({ operations }) => operations.map(({ summary }) => summary));
}

function all(drift: Drift): readonly string[] {
  return writesOf(planResync(drift, everything), planDelete(drift, everything), planPushGroups(drift, "all"));
}

test("without an entry all of it is done", () => {
  expect(all(company([]))).toHaveLength(11);
});

describe("an entry means every account that it can be taken for", () => {
  test.each<{ entry: string; means: string; never: RegExp; options?: DiffOptions }>([
    { entry: "zoe@example.com", means: "a userName, of both accounts that have it", never: /zoe@/i },
    { entry: "ZOE@Example.com", means: "a userName, in any case", never: /zoe@/i },
    { entry: "zoe.private@example.net", means: "any e-mail address", never: /account zoe@/ },
    { entry: "z1", means: "a SCIM id", never: /account zoe@/ },
    { entry: "ada@example.com", means: "the name in Astro of somebody renamed", never: /ada/ },
    { entry: "ada.king@example.com", means: "the name in the directory of the same", never: /ada/ },
    { entry: "countess@example.com", means: "the address in the directory of the same", never: /ada/ },
    {
      entry: "lovelace@example.com",
      means: "the old name by which the provider remembers the account",
      never: /ada/,
      options: { remembered: [{ userName: "Lovelace@example.com", scimId: "a1" }] },
    },
    { entry: "grace@example.com", means: "somebody without an account", never: /grace/ },
    { entry: "g.hopper@example.com", means: "the address of somebody without an account", never: /grace/ },
    { entry: "bob@example.com", means: "a member who would be removed", never: /bob/ },
    { entry: "eve@example.com", means: "a member who would be added", never: /eve/ },
    { entry: "data", means: "a Team", never: /Data/ },
    { entry: "t2", means: "a Team, by its SCIM id", never: /Ex/ },
  ])("$entry: $means", ({ entry, never, options }) => {
    const before = all(company([], options)).filter((summary) => never.test(summary));
    expect(before).not.toEqual([]);
    const drift = company([entry], options);
    expect(all(drift).filter((summary) => never.test(summary))).toEqual([]);
    expect(drift.protection.warnings).toEqual([]);
  });

  test("by the ids of the operations themselves, though the plan was made without it", () => {
    const plans = [planResync(company([]), everything), planDelete(company([]), everything)];
    const operations = plans.flatMap((plan) => plan.operations);
    for (const entry of ["ada@example.com", "countess@example.com", "z1", "data", "grace@example.com"]) {
      const left = leaveOutProtected(operations, company([entry]).protection);
      expect(left.leftOut.map(({ code }) => code)).toContain("protected");
      const names = left.operations.map(({ summary }) => summary).join("\n");
      expect(names).not.toMatch(
        entry === "z1" ? /account zoe@/ : new RegExp(`account ${entry}|Team ${entry}:`),
      );
    }
  });

  test("the rest goes on", () => {
    expect(all(company(["zoe.private@example.net"])).length).toBeGreaterThan(5);
  });
});

describe("a Team with a protected member is not deleted", () => {
  test("it is listed, and the others go", () => {
    const plan = planDelete(company(["zoe@example.com"]), everything);
    expect(writesOf(plan)).toEqual(["delete the Team Old with its roles (0 members)"]);
    expect(plan.leftOut.filter(({ kind }) => kind === "team")).toMatchObject([
      {
        code: "protected-apart",
        kind: "team",
        name: "Ex",
        reason: "has a protected member: it is not deleted",
      },
    ]);
  });

  test("where it is named it is refused", () => {
    const plan = planDelete(company(["zoe@example.com"]), { users: [], teams: ["Ex"] });
    expect(writesOf(plan)).toEqual([]);
    expect(plan.leftOut).toMatchObject([{ code: "protected", name: "Ex" }]);
  });
});

describe("an entry that may not protect what was meant is a warning", () => {
  test.each([
    { entry: "nobody@example.com", problem: "matches-nobody" },
    { entry: " zoe@example.com", problem: "blanks" },
    { entry: "zoe@example.com ", problem: "blanks" },
  ])("$entry: $problem", ({ entry, problem }) => {
    const drift = company([entry, "bob@example.com"]);
    expect(drift.protection.warnings).toEqual([{ entry, problem }]);
    expect(planResync(drift, everything).warnings).toEqual([{ entry, problem }]);
  });

  test("with blanks around it, it protects all the same", () => {
    expect(all(company([" zoe@example.com\t"])).filter((summary) => /account zoe/i.test(summary))).toEqual(
      [],
    );
  });
});

test.each(["kim@example.com", "kim.private@example.net"])(
  "a Team with a protected member (%s) whom the list of users hides is not deleted",
  (entry) => {
    const account = { key: "kim@example.com", emails: ["kim.private@example.net"], active: true };
    const held = heldState({
      users: ["ada"],
      teams: [
        { name: "Data", members: ["ada"] },
        { name: "Local", unseenMembers: [{ scimId: "k1", is: "hidden", account }] },
      ],
    });
    const expected = expectedState({ users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] });
    const drift = diff(expected, held, { protect: [entry] });
    const plan = planDelete(drift, { users: [], teams: ["Local"] });
    expect(plan.operations).toEqual([]);
    expect(plan.leftOut).toMatchObject([{ code: "protected", name: "Local" }]);
    expect(drift.protection.warnings).toEqual([]);
  },
);
