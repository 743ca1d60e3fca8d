import { describe, expect, test } from "vitest";
import {
  isTeamChange,
  subjectOf,
  type Change,
  type Member,
  type TeamChange,
  type UserChange,
} from "../../src/drift/compare/change.ts";
import { diff, type DiffOptions } from "../../src/drift/compare/diff.ts";
import { expectedState, heldState } from "../support/states.ts";

/** A change in one line. */
function inWords(change: Change): string {
  return isTeamChange(change) ? teamInWords(change) : userInWords(change);
}

function userInWords(change: UserChange): string {
  const { name } = subjectOf(change);
  switch (change.kind) {
    case "user-missing":
    case "user-invite-pending":
    case "user-inactive":
    case "user-banned":
    case "user-link-broken":
    case "user-never-linked":
      return `${change.kind} ${name}`;
    case "user-duplicate":
    case "user-left-over":
      return `${change.kind} ${name}: ${change.reason}`;
    case "user-renamed":
      return `${change.kind} ${change.held.userName} > ${name}`;
    case "user-attribute-differs":
      return `${change.kind} ${name} ${change.attribute}: ${change.heldValue} > ${change.expectedValue}`;
  }
}

function teamInWords(change: TeamChange): string {
  const { name } = subjectOf(change);
  const names = (members: readonly Member[]): string =>
    members.map((member) => member.userName.split("@")[0]).join(" ");
  switch (change.kind) {
    case "team-missing":
      return `${change.kind} ${name}: ${names(change.members)}`;
    case "team-renamed":
      return `${change.kind} ${change.held.displayName} > ${name} (${change.evidence})`;
    case "team-members-differ":
      return `${change.kind} ${name}: +[${names(change.missing)}] -[${names(change.leftOver)}] ?[${change.unknownMembers.join(" ")}]`;
    case "team-link-broken":
    case "team-left-over":
      return `${change.kind} ${name}`;
  }
}

interface Row {
  readonly rule: string;
  readonly expected: Parameters<typeof expectedState>[0];
  readonly held: Parameters<typeof heldState>[0];
  readonly options?: DiffOptions;
  readonly changes: readonly string[];
  readonly unexplained?: readonly string[];
  readonly skipped?: readonly string[];
}

function check({ expected, held, options, changes, unexplained, skipped }: Row): void {
  const drift = diff(expectedState(expected), heldState(held), options);
  expect(drift.changes.map(inWords)).toEqual(changes);
  expect(drift.unexplainedTeams.map((team) => team.displayName)).toEqual(unexplained ?? []);
  expect(drift.protectedSkipped.map(inWords)).toEqual(skipped ?? []);
}

describe("accounts", () => {
  test.each<Row>([
    { rule: "nothing differs", expected: { users: ["ada"] }, held: { users: ["ada"] }, changes: [] },
    {
      rule: "userNames are the same whatever their case",
      expected: { users: ["Ada@Example.com"] },
      held: { users: ["ada@example.COM"] },
      changes: [],
    },
    {
      rule: "a user who should have an account and has none",
      expected: { users: ["ada", "grace"] },
      held: { users: ["ada"] },
      changes: ["user-missing grace@example.com"],
    },
    {
      rule: "an account that should be active",
      expected: { users: ["ada"] },
      held: { users: [{ name: "ada", active: false }] },
      changes: ["user-inactive ada@example.com"],
    },
    {
      rule: "an active account that the directory does not know",
      expected: { users: [] },
      held: { users: ["ada"] },
      changes: ["user-left-over ada@example.com: not in the directory"],
    },
    {
      rule: "an active account of somebody who is not assigned",
      expected: { users: [{ name: "ada", presence: "not-active", reason: "not assigned to the app" }] },
      held: { users: ["ada"] },
      changes: ["user-left-over ada@example.com: not assigned to the app"],
    },
    {
      rule: "an inactive account is as good as none for who should have none",
      expected: { users: [{ name: "ada", presence: "not-active" }] },
      held: {
        users: [
          { name: "ada", active: false },
          { name: "bob", active: false },
        ],
      },
      changes: [],
    },
    {
      rule: "whom the provider leaves as it finds them is no difference: no account",
      expected: { users: [{ name: "ada", presence: "either", attributes: { displayName: "Ada" } }] },
      held: {},
      changes: [],
    },
    {
      rule: "whom the provider leaves as it finds them is no difference: an account with other attributes",
      expected: { users: [{ name: "ada", presence: "either", attributes: { displayName: "Ada" } }] },
      held: { users: [{ name: "ada", attributes: { displayName: "A." } }] },
      changes: [],
    },
    {
      rule: "attributes differ in value, on this side only, on that side only",
      expected: { users: [{ name: "ada", attributes: { displayName: "Ada", "name.givenName": "Ada" } }] },
      held: { users: [{ name: "ada", attributes: { displayName: "ada", profileUrl: "https://a.example" } }] },
      changes: [
        "user-attribute-differs ada@example.com displayName: ada > Ada",
        "user-attribute-differs ada@example.com name.givenName: undefined > Ada",
        "user-attribute-differs ada@example.com profileUrl: https://a.example > undefined",
      ],
    },
    {
      rule: "e-mail addresses are the same whatever their case, names whatever their Unicode form",
      expected: {
        users: [
          {
            name: "ada",
            attributes: { "emails[primary eq true].value": "A@x.io", displayName: "Ren\u00e9" },
          },
        ],
      },
      held: {
        users: [
          {
            name: "ada",
            attributes: { "emails[primary eq true].value": "a@X.io", displayName: "Rene\u0301" },
          },
        ],
      },
      changes: [],
    },
    {
      rule: "the provider's id tells who was renamed",
      expected: { users: [{ name: "ada.king", externalId: "00u1" }] },
      held: { users: [{ name: "ada", externalId: "00u1" }] },
      changes: ["user-renamed ada@example.com > ada.king@example.com"],
    },
    {
      rule: "a name that somebody has goes before the provider's id",
      expected: { users: [{ name: "ada", externalId: "00u1" }] },
      held: {
        users: [
          { name: "ada", externalId: "00u2" },
          { name: "bob", externalId: "00u1" },
        ],
      },
      changes: [
        "user-attribute-differs ada@example.com externalId: 00u2 > 00u1",
        "user-duplicate bob@example.com: a second account of ada@example.com, under an old userName",
      ],
    },
    {
      rule: "a provider's id that stands twice tells nothing",
      expected: { users: [{ name: "ada.king", externalId: "00u1" }] },
      held: {
        users: [
          { name: "ada", externalId: "00u1" },
          { name: "bob", externalId: "00u1" },
        ],
      },
      changes: [
        "user-missing ada.king@example.com",
        "user-left-over ada@example.com: not in the directory",
        "user-left-over bob@example.com: not in the directory",
      ],
    },
    {
      rule: "somebody who left under another name is left over with the directory's reason",
      expected: {
        users: [
          { name: "ada.king", externalId: "00u1", presence: "not-active", reason: "deactivated in Okta" },
        ],
      },
      held: { users: [{ name: "ada", externalId: "00u1" }] },
      changes: ["user-left-over ada@example.com: deactivated in Okta"],
    },
    {
      rule: "a second active account of the same name is the same person twice",
      expected: { users: ["ada"] },
      held: {
        users: ["ada"],
        namesakeUsers: [
          { name: "ADA", id: "2" },
          { name: "Ada", id: "3", active: false },
        ],
      },
      changes: ["user-duplicate ADA@example.com: a second account with that name"],
    },
  ])("$rule", check);
});

describe("Teams", () => {
  test.each<Row>([
    {
      rule: "the same members, and the name in another case",
      expected: { users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] },
      held: { users: ["ada"], teams: [{ name: "DATA", members: ["ada"] }] },
      changes: [],
    },
    {
      rule: "a pushed group without a Team, with the members it should have",
      expected: { users: ["ada", "bob"], teams: [{ name: "Data", members: ["bob", "ada"] }] },
      held: { users: ["ada", "bob"] },
      changes: ["team-missing Data: ada bob"],
    },
    {
      rule: "members missing, left over, and ids that are nobody's",
      expected: { users: ["ada", "bob", "eve"], teams: [{ name: "Data", members: ["ada", "bob"] }] },
      held: {
        users: ["ada", "bob", "eve"],
        teams: [{ name: "Data", members: ["bob", "eve"], unknownMembers: ["ghost"] }],
      },
      changes: ["team-members-differ Data: +[ada] -[eve] ?[ghost]"],
    },
    {
      rule: "memberships of inactive accounts do not count",
      expected: {
        users: ["ada", { name: "bob", presence: "not-active" }],
        teams: [{ name: "Data", members: ["ada", "bob"] }],
      },
      held: {
        users: ["ada", { name: "bob", active: false }, { name: "eve", active: false }],
        teams: [{ name: "Data", members: ["ada", "eve"] }],
      },
      changes: [],
    },
    {
      rule: "an inactive account that will be activated keeps the membership it has, and loses the one it should not have",
      expected: {
        users: ["ada"],
        teams: [{ name: "Data", members: ["ada"] }, { name: "Other" }],
      },
      held: {
        users: [{ name: "ada", active: false }],
        teams: [
          { name: "Data", members: ["ada"] },
          { name: "Other", members: ["ada"] },
        ],
      },
      changes: ["user-inactive ada@example.com", "team-members-differ Other: +[] -[ada] ?[]"],
    },
    {
      rule: "memberships of whom the provider leaves as it finds them are tolerated on both sides",
      expected: {
        users: [
          { name: "ada", presence: "either" },
          { name: "bob", presence: "either" },
        ],
        teams: [{ name: "Data", members: ["ada"] }],
      },
      held: { users: ["ada", "bob"], teams: [{ name: "Data", members: ["bob"] }] },
      changes: [],
    },
    {
      rule: "a member who was renamed is the same member",
      expected: {
        users: [{ name: "ada.king", externalId: "00u1" }],
        teams: [{ name: "Data", members: ["ada.king"] }],
      },
      held: { users: [{ name: "ada", externalId: "00u1" }], teams: [{ name: "Data", members: ["ada"] }] },
      changes: ["user-renamed ada@example.com > ada.king@example.com"],
    },
    {
      rule: "a Team that no pushed group explains is no drift",
      expected: { users: ["ada"] },
      held: { users: ["ada"], teams: [{ name: "local-team", members: ["ada"] }, { name: "a-team" }] },
      changes: [],
      unexplained: ["a-team", "local-team"],
    },
    {
      rule: "a Team that the provider made and no group explains any more is left over",
      expected: { users: ["ada"] },
      held: { users: ["ada"], teams: [{ name: "Data", id: "t1" }, { name: "local-team" }] },
      options: { linkedTeams: new Map([["data", "t1"]]) },
      changes: ["team-left-over Data"],
      unexplained: ["local-team"],
    },
    {
      rule: "a missing Team and an unexplained one with the very same members: renamed, it seems",
      expected: { users: ["ada", "bob"], teams: [{ name: "Platform", members: ["ada", "bob"] }] },
      held: { users: ["ada", "bob"], teams: [{ name: "Data", members: ["bob", "ada"] }] },
      changes: ["team-renamed Data > Platform (same-members)"],
    },
    {
      rule: "nothing is inferred from having no members",
      expected: { teams: [{ name: "Platform" }] },
      held: { teams: [{ name: "Data" }] },
      changes: ["team-missing Platform: "],
      unexplained: ["Data"],
    },
    {
      rule: "nothing is inferred where two Teams have these members",
      expected: { users: ["ada"], teams: [{ name: "Platform", members: ["ada"] }] },
      held: {
        users: ["ada"],
        teams: [
          { name: "Data", members: ["ada"] },
          { name: "Other", members: ["ada"] },
        ],
      },
      changes: ["team-missing Platform: ada"],
      unexplained: ["Data", "Other"],
    },
    {
      rule: "nothing is inferred where two groups have these members",
      expected: {
        users: ["ada"],
        teams: [
          { name: "A", members: ["ada"] },
          { name: "B", members: ["ada"] },
        ],
      },
      held: { users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] },
      changes: ["team-missing A: ada", "team-missing B: ada"],
      unexplained: ["Data"],
    },
    {
      rule: "nothing is inferred where the Team has members that are nobody's",
      expected: { users: ["ada"], teams: [{ name: "Platform", members: ["ada"] }] },
      held: { users: ["ada"], teams: [{ name: "Data", members: ["ada"], unknownMembers: ["ghost"] }] },
      changes: ["team-missing Platform: ada"],
      unexplained: ["Data"],
    },
    {
      rule: "nothing is inferred from almost the same members",
      expected: { users: ["ada", "bob"], teams: [{ name: "Platform", members: ["ada", "bob"] }] },
      held: { users: ["ada", "bob"], teams: [{ name: "Data", members: ["ada"] }] },
      changes: ["team-missing Platform: ada bob"],
      unexplained: ["Data"],
    },
    {
      rule: "the provider's link tells which Team was renamed, whoever is in it",
      expected: { users: ["ada", "bob"], teams: [{ name: "Platform", members: ["ada"] }] },
      held: { users: ["ada", "bob"], teams: [{ name: "Data", id: "t1", members: ["bob"] }] },
      options: { linkedTeams: new Map([["platform", "t1"]]) },
      changes: ["team-renamed Data > Platform (linked)", "team-members-differ Platform: +[ada] -[bob] ?[]"],
    },
    {
      rule: "a link goes before an inference",
      expected: { users: ["ada"], teams: [{ name: "Platform", members: ["ada"] }] },
      held: {
        users: ["ada"],
        teams: [
          { name: "Data", id: "t1" },
          { name: "Twin", members: ["ada"] },
        ],
      },
      options: { linkedTeams: new Map([["platform", "t1"]]) },
      changes: ["team-renamed Data > Platform (linked)", "team-members-differ Platform: +[ada] -[] ?[]"],
      unexplained: ["Twin"],
    },
    {
      rule: "a link to a Team that is gone is no link",
      expected: { teams: [{ name: "Platform" }] },
      held: {},
      options: { linkedTeams: new Map([["platform", "t1"]]) },
      changes: ["team-missing Platform: "],
    },
    {
      rule: "a second Team of the same name is unexplained",
      expected: { teams: [{ name: "Data" }] },
      held: { teams: [{ name: "Data" }], namesakeTeams: [{ name: "DATA", id: "t2" }] },
      changes: [],
      unexplained: ["DATA"],
    },
  ])("$rule", check);
});

describe("what is protected is seen and set apart", () => {
  test.each<Row>([
    {
      rule: "an account, in whatever case it is named",
      expected: {},
      held: { users: ["root", "ada"] },
      options: { protect: ["ROOT@example.com"] },
      changes: ["user-left-over ada@example.com: not in the directory"],
      skipped: ["user-left-over root@example.com: not in the directory"],
    },
    {
      rule: "an account by the name that it has or should have",
      expected: {
        users: [
          { name: "ada.king", externalId: "1" },
          { name: "bob.ross", externalId: "2" },
        ],
      },
      held: {
        users: [
          { name: "ada", externalId: "1" },
          { name: "bob", externalId: "2" },
        ],
      },
      options: { protect: ["ada@example.com", "bob.ross@example.com"] },
      changes: [],
      skipped: [
        "user-renamed ada@example.com > ada.king@example.com",
        "user-renamed bob@example.com > bob.ross@example.com",
      ],
    },
    {
      rule: "a Team with all its members",
      expected: { users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] },
      held: { users: ["ada"], teams: [{ name: "Data" }] },
      options: { protect: ["data"] },
      changes: [],
      skipped: ["team-members-differ Data: +[ada] -[] ?[]"],
    },
    {
      rule: "a protected account's memberships, apart from the other members'",
      expected: { users: ["ada", "root"], teams: [{ name: "Data", members: ["ada"] }] },
      held: { users: ["ada", "root"], teams: [{ name: "Data", members: ["root"] }] },
      options: { protect: ["root@example.com"] },
      changes: ["team-members-differ Data: +[ada] -[] ?[]"],
      skipped: ["team-members-differ Data: +[] -[root] ?[]"],
    },
    {
      rule: "a protected account does not join a Team that is made",
      expected: { users: ["ada", "root"], teams: [{ name: "Data", members: ["ada", "root"] }] },
      held: { users: ["ada", "root"] },
      options: { protect: ["root@example.com"] },
      changes: ["team-missing Data: ada"],
    },
  ])("$rule", check);
});

test("how much was compared is counted", () => {
  const drift = diff(
    expectedState({
      users: ["ada", "bob", { name: "eve", presence: "either" }, { name: "gus", presence: "not-active" }],
      teams: [{ name: "Data" }],
    }),
    heldState({
      users: ["ada", { name: "bob", active: false }],
      teams: [{ name: "Data" }, { name: "Other" }],
      namesakeUsers: [{ name: "ADA", id: "2" }],
    }),
  );
  expect(drift.compared).toEqual({
    expectedUsers: 2,
    tolerated: 1,
    expectedTeams: 1,
    heldUsers: 3,
    heldTeams: 2,
    expectedMemberships: 0,
    heldMemberships: 0,
  });
});
