import { describe, expect, test } from "vitest";
import type { StatedResponsibility } from "../../src/astro/responsibility.ts";
import { diff, type DiffOptions, type Drift } from "../../src/drift/compare/diff.ts";
import { requireSomethingInside } from "../../src/drift/compare/outside/something-inside.ts";
import { planCleanup } from "../../src/drift/plan/plan-cleanup.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import { deletionSpending, removalSpending } from "../../src/drift/safety/budget.ts";
import { guardPlan } from "../../src/drift/safety/guard.ts";
import { expectedState, heldState } from "../support/states.ts";

type Accounts = NonNullable<Parameters<typeof heldState>[0]["users"]>;
const everything = { users: "all", teams: "all" } as const;
const email = "emails[primary eq true].value";
const by = (stated: Omit<StatedResponsibility, "statedBy">, statedBy = "fixture own.yaml") => ({
  ...stated,
  statedBy,
});
const ours: DiffOptions = { responsibleFor: [by({ domains: ["example.com"], teams: ["data-*"] })] };
const kinds = ({ changes }: Drift) => changes.map(({ kind }) => kind);
const noBudget = {
  target: { host: undefined, readOnly: false },
  budget: { allowEmpty: [] },
  rolesUnknown: false,
};

/** Ada is provisioned, and in Astro with a guest, a leaver and two Teams of somebody else. */
const astro = {
  users: ["ada", "zoe", "jo@partner.com", { name: "old@partner.com", active: false }, "eve@eu.example.com"],
  teams: [
    { name: "data-platform", members: ["ada", "jo@partner.com"] },
    { name: "partners", members: ["jo@partner.com"] },
  ],
};
const directory = { users: ["ada"], teams: [{ name: "data-platform", members: ["ada"] }] };
const company = (options: DiffOptions = ours) => diff(expectedState(directory), heldState(astro), options);

describe("accounts and Teams outside", () => {
  test("are no drift, members of Teams inside included, and are listed separately", () => {
    expect(kinds(company({}))).toEqual([
      "user-left-over",
      "user-left-over",
      "user-left-over",
      "team-members-differ",
    ]);
    const drift = company();
    expect(drift.changes).toMatchObject([{ kind: "user-left-over", held: { userName: "zoe@example.com" } }]);
    expect(drift.unexplainedTeams).toEqual([]);
    expect(
      drift.outside.users.map(({ userName, active, domain, teams }) => [userName, active, domain, teams]),
    ).toEqual([
      ["eve@eu.example.com", true, "eu.example.com", []],
      ["jo@partner.com", true, "partner.com", ["data-platform"]],
      ["old@partner.com", false, "partner.com", []],
    ]);
    expect(drift.outside.teams).toMatchObject([{ name: "partners", members: 1, linked: false }]);
    expect(drift.outside.provisioned).toEqual([]);
  });

  test("are not in the numbers by which limits go", () => {
    expect(company({}).compared).toMatchObject({ heldUsers: 5, heldTeams: 2, heldMemberships: 3 });
    expect(company().compared).toMatchObject({ heldUsers: 2, heldTeams: 1, heldMemberships: 1 });
    const guests = Array.from({ length: 500 }, (_, at) => `g${at}@partner.com`);
    const leavers = Array.from({ length: 30 }, (_, at) => `l${at}`);
    const held = heldState({
      users: ["ada", ...leavers, ...guests],
      teams: [{ name: "data-platform", members: ["ada", ...leavers, ...guests] }],
    });
    const drift = diff(expectedState(directory), held, ours);
    const budget = { allowEmpty: [] };
    expect(deletionSpending(planDelete(drift, everything), budget)).toEqual({
      planned: 30,
      earlier: 0,
      total: 32,
      limit: 3,
    });
    expect(removalSpending(planPushGroups(drift, "all"), budget)).toEqual({
      planned: 30,
      earlier: 0,
      total: 31,
      limit: 10,
    });
    const all = diff(expectedState(directory), held, {});
    expect(deletionSpending(planDelete(all, everything), budget).limit).toBe(25);
  });

  test("stay, whichever repair runs, for all or by name", () => {
    const drift = company();
    const plans = [
      planDelete(drift, everything),
      planResync(drift, everything),
      planPushGroups(drift, "all"),
      planDelete(drift, { users: ["jo@partner.com", "id-eve@eu.example.com"], teams: ["partners"] }),
      planPushGroups(drift, ["data-platform", "partners"]),
    ];
    expect(plans.flatMap((plan) => plan.operations.map(({ id }) => id))).toEqual(["delete-user id-zoe"]);
  });

  test("are refused by name, with whose statement it is and what to add", () => {
    const { leftOut } = planDelete(company(), { users: ["JO@partner.com"], teams: ["partners"] });
    expect(leftOut).toEqual([
      {
        code: "outside",
        kind: "user",
        name: "JO@partner.com",
        reason:
          "is outside responsibleFor of fixture own.yaml (domains: example.com): repairs do not change it; add partner.com to domains there if this directory is responsible for it",
      },
      {
        code: "outside",
        kind: "team",
        name: "partners",
        reason:
          "is outside responsibleFor of fixture own.yaml (teams: data-*): repairs do not change it; add partners to teams there if this directory is responsible for it",
      },
    ]);
    expect(planResync(company(), { users: ["jo@partner.com"], teams: [] }).leftOut).toMatchObject([
      { code: "outside" },
    ]);
    expect(planPushGroups(company(), ["partners"]).leftOut).toMatchObject([{ code: "outside" }]);
  });

  test("a Team inside with a member from outside is not deleted", () => {
    const held = heldState({
      users: ["ada", "jo@partner.com"],
      teams: [
        { name: "data-old", members: ["jo@partner.com"] },
        { name: "data-older", members: ["ada"] },
      ],
    });
    const links = {
      ...ours,
      linkedTeams: new Map([
        ["LINK 1", "team-data-old"],
        ["LINK 2", "team-data-older"],
      ]),
    };
    const drift = diff(expectedState({ users: ["ada"] }), held, links);
    const { operations, leftOut } = planDelete(drift, everything);
    expect(operations.map(({ id }) => id)).toEqual(["delete-team team-data-older"]);
    const reason = "has 1 member outside responsibleFor, who would lose its roles: it is not deleted";
    expect(leftOut).toEqual([{ code: "outside-apart", kind: "team", name: "data-old", reason }]);
    expect(planDelete(drift, { users: [], teams: ["data-old"] }).leftOut).toMatchObject([
      { code: "outside", reason },
    ]);
  });

  test("a member that cannot be read, or is hidden and outside, keeps its Team as well", () => {
    for (const unseen of [
      { scimId: "x", is: "unreadable" },
      { scimId: "x", is: "hidden", account: { key: "jo@partner.com", emails: [], active: true } },
    ] as const) {
      const held = heldState({
        users: ["ada"],
        teams: [{ name: "data-old", members: ["ada"], unseenMembers: [unseen] }],
      });
      const links = { linkedTeams: new Map([["LINK 1", "team-data-old"]]) };
      const plan = (options: DiffOptions) =>
        planDelete(diff(expectedState({ users: ["ada"] }), held, { ...links, ...options }), everything)
          .operations;
      expect(plan({})).toHaveLength(1);
      expect(plan(ours)).toEqual([]);
      expect(plan({ responsibleFor: [by({ teams: ["data-*"] })] })).toHaveLength(
        unseen.is === "hidden" ? 1 : 1,
      );
    }
  });

  test("what a run has created is cleaned up all the same", () => {
    const ids = { users: new Set(["id-jo@partner.com"]), teams: new Set(["team-partners"]) };
    const none = { users: new Set<string>(), teams: new Set<string>() };
    const plan = planCleanup(company(), { before: none, created: ids, asked: none });
    expect(plan.operations.map(({ id }) => id)).toEqual([
      "delete-team team-partners",
      "delete-user id-jo@partner.com",
    ]);
    expect(plan.responsibleFor).toEqual([]);
  });
});

describe("which accounts and Teams are inside", () => {
  const isInside = (stated: Omit<StatedResponsibility, "statedBy">, user: Parameters<typeof heldState>[0]) =>
    diff(expectedState({}), heldState(user), { responsibleFor: [by(stated)] }).outside.users.length === 0;
  test.each<readonly [domains: readonly string[], user: string, emails: readonly string[], inside: boolean]>([
    [["example.com"], "ada@example.com", [], true],
    [["EXAMPLE.com"], "ada@Example.COM", [], true],
    [["bücher.example"], "ada@xn--bcher-kva.example", [], true],
    [["xn--bcher-kva.example"], "ada@BÜCHER.example", [], true],
    [["example.com"], "ada@eu.example.com", [], false],
    [["*.example.com"], "ada@eu.example.com", [], true],
    [["*.example.com"], "ada@a.eu.example.com", [], true],
    [["*.example.com"], "ada@example.com", [], false],
    [["example.com"], "ada@notexample.com", [], false],
    [["*.example.com"], "ada@notexample.com", [], false],
    // The userName decides where it is an address, whatever the e-mail address is.
    [["example.com"], "ada@example.com", ["ada@partner.com"], true],
    [["example.com"], "ada@partner.com", ["ada@example.com"], false],
    [["example.com"], "=ada", ["ada@example.com"], true],
    [["example.com"], "=ada", ["ada@partner.com"], false],
    [["example.com"], "=ada", ["ada@example.com", "ada@partner.com"], false],
    // Nothing shows that it is inside.
    [["example.com"], "=ada", [], false],
  ])("domains %j: %s with %j is inside: %j", (domains, name, emails, inside) => {
    expect(isInside({ domains }, { users: [{ name, emails }] })).toBe(inside);
  });

  test("without domains every account is, without teams every Team", () => {
    expect(isInside({ teams: ["x"] }, { users: ["jo@partner.com", "=svc"] })).toBe(true);
    const drift = diff(expectedState({}), heldState({ teams: [{ name: "any" }] }), {
      responsibleFor: [by({ domains: ["example.com"] })],
    });
    expect(drift.outside.teams).toEqual([]);
    expect(drift.unexplainedTeams).toHaveLength(1);
  });

  test("all statements have to include it: a fixture cannot widen what a profile says", () => {
    const profile = by({ domains: ["example.com"] }, 'profile "prod" of ./astro-scim.yaml');
    const fixture = by({ domains: ["example.com", "partner.com", "*.com"], teams: ["*"] });
    for (const responsibleFor of [
      [profile, fixture],
      [fixture, profile],
    ]) {
      const drift = company({ responsibleFor });
      expect(drift.outside.users.map(({ userName }) => userName)).toContain("jo@partner.com");
      const [refused] = planDelete(drift, { users: ["jo@partner.com"], teams: [] }).leftOut;
      expect(refused?.reason).toContain('of profile "prod" of ./astro-scim.yaml (domains: example.com)');
    }
  });
});

describe("what the directory provisions outside", () => {
  const expected = expectedState({
    users: ["ada", "new@partner.com", { name: "jo@partner.com", attributes: { displayName: "Jo" } }],
    teams: [
      { name: "data-platform", members: ["ada", "new@partner.com", "jo@partner.com"] },
      { name: "partners", members: ["jo@partner.com"] },
    ],
  });
  const held = heldState({
    users: ["ada", "jo@partner.com"],
    teams: [{ name: "data-platform" }, { name: "partners" }],
  });
  const drift = diff(expected, held, ours);

  test("is compared, so that nothing passes for equal that is not", () => {
    expect(kinds(drift)).toEqual([
      "user-missing",
      "user-attribute-differs",
      "team-members-differ",
      "team-members-differ",
    ]);
    expect(drift.outside.users).toEqual([]);
    expect(drift.outside.teams).toEqual([]);
  });

  test("is listed as a contradiction", () => {
    expect(drift.outside.provisioned).toEqual([
      { kind: "user", name: "jo@partner.com", scimId: "id-jo@partner.com" },
      { kind: "user", name: "new@partner.com", scimId: undefined },
      { kind: "team", name: "partners", scimId: "team-partners" },
    ]);
  });

  test("is not repaired: all that is inside is", () => {
    const { operations, leftOut } = planResync(drift, everything);
    expect(operations.map(({ summary }) => summary)).toEqual([
      "add 1 member to the Team data-platform: ada@example.com",
    ]);
    expect(leftOut.map(({ code, name }) => `${code} ${name}`)).toEqual([
      "outside-apart new@partner.com",
      "outside-apart jo@partner.com",
      "outside-apart jo@partner.com",
      "outside-apart new@partner.com",
      "outside-apart partners",
    ]);
    expect(planResync(drift, { users: ["new@partner.com"], teams: [] }).leftOut).toContainEqual(
      expect.objectContaining({ code: "outside", name: "new@partner.com" }),
    );
  });

  test("counts for no rule that asks whether the directory has anybody", () => {
    const strangers = expectedState({ users: ["jo@partner.com"] });
    const plan = planDelete(
      diff(strangers, heldState({ users: ["ada", "jo@partner.com"] }), ours),
      everything,
    );
    expect(plan.operations).toHaveLength(1);
    expect(guardPlan(plan, noBudget)).toContainEqual({ rule: "empty-directory" });
  });

  test("a user who is not assigned is not provisioned: the account is another app's", () => {
    const other = expectedState({ users: ["ada", { name: "jo@partner.com", presence: "not-active" }] });
    const apart = diff(other, heldState({ users: ["ada", "jo@partner.com"] }), ours);
    expect(apart.changes).toEqual([]);
    expect(apart.outside.users).toMatchObject([{ userName: "jo@partner.com" }]);
  });
});

describe("where the two sides do not agree on who is outside", () => {
  test("an externalId that an account outside has too renames nobody: it is another directory's", () => {
    const expected = expectedState({ users: [{ name: "ada", externalId: "ada" }] });
    const held = heldState({ users: [{ name: "ada@partner.com", externalId: "ada" }] });
    expect(kinds(diff(expected, held))).toEqual(["user-renamed"]);
    const drift = diff(expected, held, ours);
    expect(planResync(drift, everything).operations.map(({ id }) => id)).toEqual([
      "create-user ada@example.com",
    ]);
  });

  test("a user who moves outside is shown as renamed, and the account is not touched, and not deleted either", () => {
    const expected = expectedState({
      users: ["bob", { name: "ada@partner.com", externalId: "1", attributes: { displayName: "A" } }],
    });
    const held = heldState({ users: ["bob", { name: "ada", externalId: "1", active: false }] });
    const drift = diff(expected, held, ours);
    expect(kinds(drift)).toEqual(["user-inactive", "user-renamed", "user-attribute-differs"]);
    expect([
      ...planResync(drift, everything).operations,
      ...planDelete(drift, everything).operations,
    ]).toEqual([]);
  });

  test("an account of the user's own name that is outside by its e-mail address is compared and not changed", () => {
    const expected = expectedState({
      users: ["bob", { name: "=ada", attributes: { [email]: "ada@example.com" } }],
    });
    const held = heldState({
      users: [
        "bob",
        { name: "=ada", emails: ["ada@partner.com"], attributes: { [email]: "ada@partner.com" } },
      ],
    });
    const drift = diff(expected, held, ours);
    expect(kinds(drift)).toEqual(["user-attribute-differs"]);
    expect(drift.outside.provisioned).toMatchObject([{ name: "ada" }]);
    expect(planResync(drift, everything).operations).toEqual([]);
  });

  test.each([
    ["has no domain", [], ["user-left-over"]],
    ["is in another domain", ["eve@partner.com"], []],
  ])(
    "of a user inside who has left: it is left over where it %s, and never deleted",
    (_what, emails, found) => {
      const eve = {
        name: "=eve",
        presence: "not-active",
        attributes: { [email]: "eve@example.com" },
      } as const;
      const held = heldState({ users: ["ada", { name: "=eve", emails }] });
      const drift = diff(expectedState({ users: ["ada", eve] }), held, ours);
      expect(kinds(drift)).toEqual(found);
      expect(drift.outside.users).toHaveLength(1 - found.length);
      expect(drift.outside.provisioned).toHaveLength(found.length);
      expect(planDelete(drift, everything).operations).toEqual([]);
      expect(planDelete(drift, { users: ["eve"], teams: [] })).toMatchObject({
        operations: [],
        leftOut: [{ code: "outside" }],
      });
    },
  );

  test("a Team that the provider has linked and that is outside is shown as renamed, and not renamed", () => {
    const held = heldState({ users: ["ada"], teams: [{ name: "partners", members: ["ada"] }] });
    const drift = diff(expectedState(directory), held, {
      ...ours,
      linkedTeams: new Map([["data-platform", "team-partners"]]),
    });
    expect(drift.changes).toMatchObject([{ kind: "team-renamed", evidence: "linked" }]);
    expect(drift.outside.provisioned).toEqual([
      { kind: "team", name: "data-platform", scimId: "team-partners" },
    ]);
    expect(planPushGroups(drift, "all").operations).toEqual([]);
    expect(planPushGroups(drift, "all").leftOut).toMatchObject([{ code: "outside-apart", name: "partners" }]);
  });

  test("a linked Team whose group is gone is outside all the same, and it is said that it was linked", () => {
    const held = heldState({ users: ["ada", "jo@partner.com"], teams: [{ name: "partners" }] });
    const drift = diff(expectedState({ users: ["ada"] }), held, {
      ...ours,
      linkedTeams: new Map([["LINK 1", "team-partners"]]),
      remembered: [{ userName: "jo@partner.com", scimId: "id-jo@partner.com" }],
    });
    expect(drift.changes).toEqual([]);
    expect(drift.outside.teams).toMatchObject([{ name: "partners", linked: true }]);
    expect(drift.outside.users).toMatchObject([{ userName: "jo@partner.com", linked: true }]);
  });

  test("a Team outside is not taken for a renamed one because it has the same members", () => {
    const held = heldState({ users: ["ada"], teams: [{ name: "partners", members: ["ada"] }] });
    expect(kinds(diff(expectedState(directory), held))).toEqual(["team-renamed"]);
    expect(kinds(diff(expectedState(directory), held, ours))).toEqual(["team-missing"]);
  });

  test("a renamed Team is found by its members inside, whoever else is in it", () => {
    const held = heldState({
      users: ["ada", "jo@partner.com"],
      teams: [{ name: "data-old", members: ["ada", "jo@partner.com"] }],
    });
    expect(kinds(diff(expectedState(directory), held, ours))).toEqual(["team-renamed"]);
  });
});

describe("a responsibility that includes nothing of the directory is a mistake", () => {
  const check = (
    stated: Omit<StatedResponsibility, "statedBy">,
    spec: Parameters<typeof expectedState>[0] = directory,
  ) => {
    const { responsibility } = diff(expectedState({}), heldState({}), { responsibleFor: [by(stated)] });
    requireSomethingInside(expectedState(spec), responsibility);
  };

  test("of its users", () => {
    expect(() => check({ domains: ["exampel.com"] })).toThrow(
      expect.objectContaining({
        code: "usage",
        message:
          "responsibleFor of fixture own.yaml (domains: exampel.com) includes no user that the directory provisions.",
        hint: "The directory's users are in example.com.",
      }),
    );
  });

  test("of its Teams", () => {
    expect(() => check({ teams: ["dta-*"] })).toThrow(
      "responsibleFor of fixture own.yaml (teams: dta-*) includes no Team that the directory provisions.",
    );
  });

  test("one that includes some, or a directory that provisions nobody, is none", () => {
    const users = [{ name: "jo@partner.com", presence: "not-active" }] as const;
    expect(() => check({ domains: ["example.com"] }, { users: ["ada", "jo@partner.com"] })).not.toThrow();
    expect(() => check({ domains: ["example.com"] }, { users })).not.toThrow();
    expect(() => check({ domains: ["example.com"], teams: ["x"] }, {})).not.toThrow();
  });
});

describe("what a look at Astro suggests", () => {
  const suggested = (users: Accounts, options: DiffOptions = {}) =>
    diff(expectedState({ users: ["ada", "bob@sub.example.com"] }), heldState({ users }), options)
      .suggestedResponsibleFor;
  const guests = ["a@partner.com", "b@partner.com", "c@PARTNER.com"];

  test("the directory's own domains, where three accounts and half of those left over are of a domain that it has not", () => {
    expect(suggested(["ada", ...guests, "x", "y", "z"])).toEqual({
      domains: ["example.com", "sub.example.com"],
      foreignDomain: "partner.com",
      foreignAccounts: 3,
    });
  });

  test.each<[string, Accounts, DiffOptions?]>([
    ["two accounts", guests.slice(1)],
    ["less than half", [...guests, "w", "x", "y", "z"]],
    ["inactive ones", guests.map((name) => ({ name, active: false }))],
    ["three domains", ["a@a.com", "b@b.com", "c@c.com"]],
    ["a domain of the directory", ["x@sub.example.com", "y@sub.example.com", "z@sub.example.com"]],
    ["protected ones", guests, { protect: ["a@partner.com"] }],
    [
      "domains that are stated",
      guests,
      { responsibleFor: [by({ domains: ["example.com", "partner.com"] })] },
    ],
  ])("nothing for %s", (_, users, options = {}) => {
    expect(suggested(users, options)).toBeUndefined();
  });

  test("nothing where it would leave a user of the directory outside", () => {
    const drift = diff(expectedState({ users: ["ada", "=svc"] }), heldState({ users: guests }));
    expect(drift.suggestedResponsibleFor).toBeUndefined();
  });

  test("what is suggested ends the drift that it was suggested for", () => {
    const held = heldState({ users: ["ada", "bob@sub.example.com", ...guests] });
    const expected = expectedState({ users: ["ada", "bob@sub.example.com"] });
    const { domains } = diff(expected, held).suggestedResponsibleFor!;
    const drift = diff(expected, held, { responsibleFor: [by({ domains })] });
    expect(drift.changes).toEqual([]);
    expect(drift.outside.provisioned).toEqual([]);
  });
});
