/** Which links of a provider are broken: a rule a row. */

import { describe, expect, test } from "vitest";
import type { LinkRules } from "../../src/astro/provider-link.ts";
import { subjectOf, type Change } from "../../src/drift/compare/change.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import type { ProviderLink, ProviderLinks } from "../../src/drift/compare/provider-links.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import { oktaLinkRules } from "../../src/idp/okta/link-rules.ts";
import { expectedState, heldState, key, userName } from "../support/states.ts";

/** `ada: "7"` is Ada's link to the id 7; `ada: { stopped: "…" }` one that was not made. */
type LinkSpecs = Readonly<Record<string, string | { readonly id?: string; readonly stopped: string }>>;

function links(
  { users = {}, teams = {} }: { readonly users?: LinkSpecs; readonly teams?: LinkSpecs },
  options: Partial<ProviderLinks> = {},
): ProviderLinks {
  const toLink = (name: string, keyed: string | undefined, spec: LinkSpecs[string]): ProviderLink =>
    typeof spec === "string"
      ? { key: keyed, name, scimId: spec, stopped: undefined }
      : { key: keyed, name, scimId: spec.id, stopped: spec.stopped };
  return {
    rules: oktaLinkRules,
    users: Object.entries(users).map(([name, spec]) =>
      toLink(userName(name), name.startsWith("gone-") ? undefined : key(name), spec),
    ),
    teams: Object.entries(teams).map(([name, spec]) => toLink(name, name.toLowerCase(), spec)),
    unlisted: { users: new Map(), teams: new Map() },
    ...options,
  };
}

function inWords(change: Change): string {
  const subject =
    subjectOf(change).kind === "user" && !("user" in change) ? subjectOf(change).key : subjectOf(change).name;
  if (change.kind !== "user-link-broken" && change.kind !== "team-link-broken")
    return `${change.kind} ${subject}`;
  const { problem } = change;
  const at = "name" in problem ? ` ${problem.name}` : "";
  return `${change.kind} ${subject}: ${problem.kind}${at}`;
}

interface Row {
  readonly rule: string;
  readonly expected: Parameters<typeof expectedState>[0];
  readonly held: Parameters<typeof heldState>[0];
  readonly links: ProviderLinks;
  readonly protect?: readonly string[];
  readonly changes: readonly string[];
  readonly selfMending?: readonly string[];
}

function driftOf({ expected, held, links: remembered, protect = [] }: Omit<Row, "rule" | "changes">) {
  const linkedTeams = new Map(
    remembered.teams.flatMap(({ key: one, scimId }) =>
      one === undefined || scimId === undefined ? [] : [[one, scimId] as const],
    ),
  );
  return diff(expectedState(expected), heldState(held), { links: remembered, linkedTeams, protect });
}

function check(row: Row): void {
  const drift = driftOf(row);
  expect(drift.changes.map(inWords)).toEqual(row.changes);
  expect(drift.selfMendingLinks.map(inWords)).toEqual(row.selfMending ?? []);
}

const findsAgain: LinkRules = { ...oktaLinkRules, findsAgain: true };

describe("the link to an account", () => {
  test.each<Row>([
    {
      rule: "is well where it leads to the user's account, active or not",
      expected: { users: ["ada", "eve"] },
      held: {
        users: [
          { name: "ada", id: "1" },
          { name: "eve", id: "2", active: false },
        ],
      },
      links: links({ users: { ada: "1", eve: "2" } }),
      changes: ["user-inactive eve@example.com"],
    },
    {
      rule: "is broken where nothing has the id any more",
      expected: { users: ["ada"] },
      held: { users: [{ name: "ada", id: "2" }] },
      links: links({ users: { ada: "1" } }),
      changes: ["user-link-broken ada@example.com: gone"],
    },
    {
      rule: "is broken where nothing has the id and the account is missing, too",
      expected: { users: ["ada"] },
      held: {},
      links: links({ users: { ada: "1" } }),
      changes: ["user-missing ada@example.com", "user-link-broken ada@example.com: gone"],
    },
    {
      rule: "is no difference where the provider looks for the account again",
      expected: { users: ["ada"] },
      held: { users: [{ name: "ada", id: "2" }] },
      links: links({ users: { ada: "1" } }, { rules: findsAgain }),
      changes: [],
      selfMending: ["user-link-broken ada@example.com: gone"],
    },
    {
      rule: "is broken where it leads to another user's account, whatever the provider looks for again",
      expected: { users: ["ada", "eve"] },
      held: {
        users: [
          { name: "ada", id: "1" },
          { name: "eve", id: "2" },
        ],
      },
      links: links({ users: { ada: "2", eve: "2" } }, { rules: findsAgain }),
      changes: ["user-link-broken ada@example.com: other-user eve@example.com"],
    },
    {
      rule: "is broken where the account is another user's by its externalId",
      expected: {
        users: [
          { name: "ada", externalId: "A" },
          { name: "eve", externalId: "E" },
        ],
      },
      held: { users: [{ name: "old", id: "1", externalId: "E" }] },
      links: links({ users: { ada: "1" } }),
      changes: [
        "user-missing ada@example.com",
        "user-renamed eve@example.com",
        "user-link-broken ada@example.com: other-user old@example.com",
      ],
    },
    {
      rule: "tells that an account with another name was renamed, where no other account is the user's",
      expected: { users: ["ada"] },
      held: { users: [{ name: "ada.king", id: "1" }] },
      links: links({ users: { ada: "1" } }),
      changes: ["user-renamed ada@example.com"],
    },
    {
      rule: "does not tell it where the externalId says otherwise",
      expected: { users: [{ name: "ada", externalId: "A" }] },
      held: { users: [{ name: "other", id: "1", externalId: "X" }] },
      links: links({ users: { ada: "1" } }),
      changes: [
        "user-missing ada@example.com",
        "user-link-broken ada@example.com: other-account other@example.com",
        "user-left-over other@example.com",
      ],
    },
    {
      rule: "is broken where the user has an account, and the link leads to one that is nobody's",
      expected: { users: ["ada"] },
      held: {
        users: [
          { name: "ada", id: "1" },
          { name: "nobody", id: "2", active: false },
        ],
      },
      links: links({ users: { ada: "2" } }),
      changes: ["user-link-broken ada@example.com: other-account nobody@example.com"],
    },
    {
      rule: "tells nothing where two users are linked to one account that is neither's",
      expected: { users: ["ada", "eve"] },
      held: { users: [{ name: "nobody", id: "1", active: false }] },
      links: links({ users: { ada: "1", eve: "1" } }),
      changes: [
        "user-missing ada@example.com",
        "user-missing eve@example.com",
        "user-link-broken ada@example.com: other-account nobody@example.com",
        "user-link-broken eve@example.com: other-account nobody@example.com",
      ],
    },
    {
      rule: "is broken where linking failed, and the account is active all the same",
      expected: { users: ["ada"] },
      held: { users: ["ada"] },
      links: links({ users: { ada: { stopped: "the assignment failed" } } }),
      changes: ["user-link-broken ada@example.com: not-linked"],
    },
    {
      rule: "is no difference of its own where linking failed, and there is no account",
      expected: { users: ["ada"] },
      held: {},
      links: links({ users: { ada: { stopped: "the assignment failed" } } }),
      changes: ["user-missing ada@example.com"],
    },
    {
      rule: "is looked for in vain where the provider has not come to the user yet: it will look for the account",
      expected: { users: ["ada"] },
      held: { users: ["ada"] },
      links: links({}),
      changes: [],
    },
    {
      rule: "of a user who has left is no matter where it leads nowhere; an account that is active is left over",
      expected: { users: [{ name: "ada", presence: "not-active" }] },
      held: { users: [{ name: "ada", id: "2" }] },
      links: links({ users: { ada: "1", "gone-eve": "3" } }),
      changes: ["user-left-over ada@example.com"],
    },
    {
      rule: "of a user who has left, or is in no directory any more, does harm where it leads to another's account",
      expected: { users: ["ada", { name: "bob", presence: "not-active" }] },
      held: { users: [{ name: "ada", id: "1" }] },
      links: links({ users: { ada: "1", bob: "1", "gone-eve": "1" } }),
      changes: [
        "user-link-broken bob@example.com: other-user ada@example.com",
        "user-link-broken gone-eve@example.com: other-user ada@example.com",
      ],
    },
    {
      rule: "of a suspended user counts where the account is active: nobody else deactivates it",
      expected: {
        users: [
          { name: "ada", presence: "either" },
          { name: "eve", presence: "either" },
        ],
      },
      held: { users: [{ name: "ada", id: "2" }] },
      links: links({ users: { ada: "1", eve: "3" } }),
      changes: ["user-link-broken ada@example.com: gone"],
    },
    {
      rule: "is well where the account is only hidden from the list",
      expected: { users: ["ada"] },
      held: {},
      links: links(
        { users: { ada: "1" } },
        {
          unlisted: {
            users: new Map([["1", { key: key("ada"), name: userName("ada") }]]),
            teams: new Map(),
          },
        },
      ),
      changes: ["user-missing ada@example.com"],
    },
    {
      rule: "is set apart where the user is protected",
      expected: { users: ["ada"] },
      held: { users: [{ name: "ada", id: "2" }] },
      links: links({ users: { ada: "1" } }),
      protect: ["2"],
      changes: [],
    },
  ])("$rule", check);

  test("tells which of two accounts with one userName is the user's", () => {
    const drift = driftOf({
      expected: { users: ["ada"] },
      held: { users: [{ name: "ada", id: "1" }], namesakeUsers: [{ name: "ADA@example.com", id: "2" }] },
      links: links({ users: { ada: "2" } }),
    });
    expect(drift.changes).toMatchObject([{ kind: "user-duplicate", held: { scimId: "1" } }]);
    expect(drift.changes[0]).not.toHaveProperty("doubt");
    const [deletion] = planDelete(drift, { users: "all", teams: [] }).operations;
    expect(deletion).toMatchObject({ kind: "delete-user", subject: { scimId: "1" } });
  });
});

describe("the link to a Team", () => {
  const expected = { users: ["ada"], teams: [{ name: "data" }, { name: "ops" }] };
  const teams = [
    { name: "data", id: "1" },
    { name: "ops", id: "2" },
  ];

  test.each<Row>([
    {
      rule: "is well where it leads to the Team of the group",
      expected,
      held: { users: ["ada"], teams },
      links: links({ teams: { data: "1", ops: "2" } }),
      changes: [],
    },
    {
      rule: "is broken where nothing has the id any more, whether the Team is there or not",
      expected,
      held: { users: ["ada"], teams: teams.slice(0, 1) },
      links: links({ teams: { data: "8", ops: "9" } }),
      changes: ["team-missing ops", "team-link-broken data: gone", "team-link-broken ops: gone"],
    },
    {
      rule: "is broken where it leads to the Team of another group",
      expected,
      held: { users: ["ada"], teams },
      links: links({ teams: { data: "2", ops: "2" } }),
      changes: ["team-link-broken data: other-group ops"],
    },
    {
      rule: "is broken where the group's Team is another one",
      expected,
      held: { users: ["ada"], teams: [...teams, { name: "old data", id: "3" }] },
      links: links({ teams: { data: "3", ops: "2" } }),
      changes: ["team-link-broken data: other-team old data"],
    },
    {
      rule: "tells that a Team was renamed",
      expected,
      held: { users: ["ada"], teams: [{ name: "old data", id: "1" }, teams[1]!] },
      links: links({ teams: { data: "1", ops: "2" } }),
      changes: ["team-renamed data"],
    },
    {
      rule: "is broken where the push mapping is in ERROR, though the members are the same",
      expected,
      held: { users: ["ada"], teams },
      links: links({ teams: { data: { id: "1", stopped: "the last push failed" }, ops: "2" } }),
      changes: ["team-link-broken data: push-failed"],
    },
    {
      rule: "is broken where the first push failed, and there is a Team of that name",
      expected,
      held: { users: ["ada"], teams },
      links: links({ teams: { data: { stopped: "the last push failed" } } }),
      changes: ["team-link-broken data: not-linked"],
    },
    {
      rule: "is no difference where the provider looks for the Team again",
      expected,
      held: { users: ["ada"], teams },
      links: links({ teams: { data: "9", ops: "2" } }, { rules: findsAgain }),
      changes: [],
      selfMending: ["team-link-broken data: gone"],
    },
    {
      rule: "is well where the Team is only hidden from the list",
      expected: { users: ["ada"], teams: [{ name: "data" }] },
      held: { users: ["ada"] },
      links: links(
        { teams: { data: "1" } },
        { unlisted: { users: new Map(), teams: new Map([["1", { key: "data", name: "data" }]]) } },
      ),
      changes: ["team-missing data"],
    },
  ])("$rule", check);
});

describe("a plan says what it cannot mend", () => {
  const both = driftOf({
    expected: { users: ["ada", "eve", "bob"], teams: [{ name: "data" }, { name: "ops" }] },
    held: { users: [{ name: "ada", id: "1" }], teams: [{ name: "data", id: "1" }] },
    links: links({
      users: { ada: "9", eve: { stopped: "the assignment failed" } },
      teams: { data: "9", ops: { stopped: "the last push failed" } },
    }),
  });
  const unlinked = (plan: ReturnType<typeof planResync>) =>
    plan.leftOut
      .filter(({ code }) => code === "provider-link")
      .map(({ kind, name, reason }) => `${kind} ${name}: ${reason}`);

  test("resync of everybody: the broken links, and the accounts and Teams that it creates without one", () => {
    expect(unlinked(planResync(both, { users: "all", teams: "all" }))).toEqual([
      "user ada@example.com: Okta is linked to the id 9, which no longer exists; the account in Astro has the id 1. Unassign and assign the user in Okta",
      "team data: Okta is linked to the id 9, which no longer exists; the Team in Astro has the id 1. Unlink the group in Okta (Leave the group in the target app) and push it again",
      "user eve@example.com: Okta will not be linked to the account that this creates: the assignment failed. Unassign and assign the user in Okta",
      "team ops: Okta will not be linked to the Team that this creates: the last push failed. Unlink the group in Okta (Leave the group in the target app) and push it again",
    ]);
  });

  test("of those who were asked for", () => {
    expect(unlinked(planResync(both, { users: ["bob@example.com"], teams: [] }))).toEqual([]);
    expect(unlinked(planResync(both, { users: ["ada@example.com"], teams: [] }))).toHaveLength(1);
    expect(unlinked(planPushGroups(both, ["data"]))).toHaveLength(1);
    expect(unlinked(planPushGroups(both, "all"))).toHaveLength(2);
  });

  test("an unassignment deactivates the account to which the link leads, which is said where that is another user's", () => {
    const drift = driftOf({
      expected: { users: ["ada", "eve"] },
      held: {
        users: [
          { name: "ada", id: "1" },
          { name: "eve", id: "2" },
        ],
      },
      links: links({ users: { ada: "2", eve: "2" } }),
    });
    expect(unlinked(planResync(drift, { users: "all", teams: "all" }))).toEqual([
      expect.stringContaining("with it on, the other user's account is deactivated"),
    ]);
  });
});

test("an account with an old name outside responsibleFor is the user's by the link: it is renamed, not missing, and no second one is made", () => {
  const drift = diff(expectedState({ users: ["ada"] }), heldState({ users: ["ada@old.example"] }), {
    responsibleFor: [{ domains: ["example.com"], statedBy: "fixture own.yaml" }],
    links: links({ users: { ada: "id-ada@old.example" } }),
  });
  expect(drift.changes).toMatchObject([
    { kind: "user-renamed", evidence: "linked", held: { userName: "ada@old.example" } },
  ]);
  const { operations, leftOut } = planResync(drift, { users: "all", teams: "all" });
  expect(operations).toEqual([]);
  expect(leftOut).toMatchObject([{ code: "outside-apart", name: "ada@old.example" }]);
});
