/** What is said of a valid fixture before it is rehearsed. */

import { describe, expect, test } from "vitest";
import { AppError } from "../../src/ground/errors.ts";
import { readFixture } from "../../src/fixture/read.ts";
import { warningTexts } from "../../src/report/review/warning-text.ts";
import { reviewFixture } from "../../src/review/fixture-review.ts";

const review = (text: string) => reviewFixture(readFixture("f.yaml", text));
const warnings = (text: string): readonly string[] =>
  warningTexts(review(text).warnings).map(
    ({ code, step, sentence }) => `${code}${step === undefined ? "" : ` after ${step}`}: ${sentence}`,
  );

const okta = `idp: okta
users:
  - { email: ada@example.com, firstName: Ada }
  - { email: grace@example.com, firstName: Grace }
`;
const timeline = (expectation: string, action = "deactivate: ada@example.com"): string => `${okta}
groups:
  - { name: data, push: true, members: [ada@example.com, grace@example.com] }
timeline:
  - { name: A day, do: [{ ${action} }], expect: { ${expectation} } }
`;

test("counts are those of the start", () => {
  expect(review(timeline("users: { ada@example.com: { active: false } }")).counts).toEqual({
    users: 2,
    groups: 1,
    assigned: 2,
    teams: 1,
    steps: 1,
    expectations: 1,
  });
});

describe("warnings", () => {
  test.each<readonly [rule: string, text: string, said: readonly string[]]>([
    ["nothing to say of what is right", okta, []],
    [
      "what the directory provisions outside its own responsibility, once, from the step on",
      `${okta}  - { email: jo@partner.com, firstName: Jo, assigned: false }
groups: [{ name: partners, push: true, members: [ada@example.com] }, { name: data, push: true, members: [ada@example.com] }]
responsibleFor: { domains: [example.com], teams: [data] }
timeline: [{ name: A day, do: [{ assign: jo@partner.com }] }, { name: Another }]
`,
      [
        "outside-responsibility: the directory provisions the Team partners, which is outside responsibleFor of fixture f.yaml (teams: data): repairs would not change it; add partners to teams there if this directory is responsible for it.",
        "outside-responsibility after A day: the directory provisions the user jo@partner.com, which is outside responsibleFor of fixture f.yaml (domains: example.com): repairs would not change it; add partner.com to domains there if this directory is responsible for it.",
      ],
    ],
    [
      "nobody is assigned",
      "idp: okta\nusers: [{ email: ada@example.com, assigned: false }]\n",
      ["settings: no user is assigned to the app, so Okta provisions no users at the start."],
    ],
    [
      "Entra, scope all: nobody needs to be",
      "idp: entra\napp: { scope: all }\nusers: [{ mail: ada@example.com, assigned: false }]\n",
      [],
    ],
    [
      "a user without what userName is mapped from (Astro docs: Set up SCIM provisioning, Microsoft Entra ID)",
      "idp: entra\nusers: [{ userPrincipalName: svc@example.com }]\n",
      ["no-account: svc@example.com cannot get an account: has no userName: mail is empty."],
    ],
    [
      "an expression that fails for somebody",
      `idp: entra
app: { users: { mappings: { displayName: 'Mid([mail], 0, 3)' } } }
users: [{ mail: ada@example.com }]
`,
      [
        "no-account: ada@example.com cannot get an account: has a mapping that fails: " +
          "An error occurred while evaluating this function: 'Mid'. start must be 1 or more.",
      ],
    ],
    [
      "two users of one userName",
      `idp: okta
app: { integration: catalog, applicationUsername: user.badge }
users:
  - { email: ada@example.com, profile: { badge: b1 } }
  - { email: eve@example.com, profile: { badge: b1 } }
`,
      ["no-account: eve@example.com cannot get an account: has the same userName as ada@example.com: b1."],
    ],
    [
      "groups, and none becomes a Team",
      `${okta}groups: [{ name: data, members: [ada@example.com] }]\n`,
      ["no-team: no group becomes a Team at the start."],
    ],
    [
      "a pushed group whose members have no account",
      `idp: okta
users:
  - { email: ada@example.com, assigned: false }
  - { email: grace@example.com }
groups:
  - { name: data, push: true, members: [ada@example.com] }
`,
      ["no-members: the Team data is empty: its only member has no active account."],
    ],
    [
      "not of a member whom suspension leaves as found (Okta: Understanding SCIM)",
      `idp: okta
users: [{ email: ada@example.com, status: suspended }]
groups: [{ name: data, push: true, members: [ada@example.com] }]
`,
      [],
    ],
    [
      "an assigned group that is no security group, and groups within one (Microsoft: How provisioning works)",
      `idp: entra
users: [{ mail: ada@example.com }]
groups:
  - { name: hands, assign: true, securityEnabled: false, members: [ada@example.com] }
  - { name: data, assign: true, members: [ada@example.com], nested: [legal] }
  - { name: legal }
`,
      [
        "no-team: the group hands is assigned, but does not become a Team: it is not a security group.",
        "nested-groups: Entra ID does not read the nested groups of data (legal): users who are only in those are not provisioned.",
      ],
    ],
    [
      "people lost through nesting, at any depth, those with an account by another group apart",
      `idp: entra
users: [{ mail: ada@example.com }, { mail: eve@example.com }, { mail: mary@example.com }]
groups:
  - { name: data, assign: true, members: [ada@example.com], nested: [legal] }
  - { name: legal, members: [eve@example.com, ada@example.com], nested: [law] }
  - { name: law, members: [mary@example.com], nested: [legal] }
  - { name: other, assign: true, members: [eve@example.com] }
`,
      [
        "nested-groups: Entra ID does not read the nested groups of data (legal): 2 users only there and not in the Team (eve@example.com, mary@example.com); 1 user without an account.",
      ],
    ],
    [
      "a setting of Entra's app",
      `idp: entra
app: { users: { mappings: { userName: userPrincipalName } } }
users: [{ mail: ada@example.com }]
`,
      [expect.stringMatching(/^settings: userName is mapped from userPrincipalName/)],
    ],
  ])("%s", (_, text, said) => {
    expect(warnings(text)).toEqual(said);
  });

  test("what is so at the start is not said again of each step", () => {
    const text = `idp: entra
users: [{ userPrincipalName: svc@example.com }, { mail: ada@example.com }]
timeline:
  - { name: one, do: [{ block: ada@example.com }] }
  - { name: two, do: [{ unblock: ada@example.com }] }
`;
    expect(warnings(text)).toHaveLength(1);
  });
});

describe("an expectation against the directory", () => {
  test.each<readonly [rule: string, expectation: string, said: readonly string[]]>([
    ["who has left is inactive", "users: { ada@example.com: { active: false } }", []],
    ["or has no account", "users: { ada@example.com: { exists: false } }", []],
    [
      "but is not active",
      "users: { ada@example.com: { active: true } }",
      [
        "expects the account of ada@example.com to be active, but according to the directory it is not active.",
      ],
    ],
    [
      "who is assigned has an account",
      "users: { grace@example.com: { exists: false } }",
      ["expects no account of grace@example.com, but the directory provisions it."],
    ],
    [
      "whose attributes are those of the mapping",
      "users: { grace@example.com: { attributes: { givenName: Gracia } } }",
      ['expects givenName "Gracia" for grace@example.com, but according to the directory it is "Grace".'],
    ],
    ["a Team has the active ones of its group", "teams: { data: [grace@example.com] }", []],
    [
      "and no other",
      "teams: { data: [ada@example.com] }",
      [
        "expects the Team data with ada@example.com and without grace@example.com, which contradicts the directory. " +
          "ada@example.com has an inactive account, and memberships of inactive accounts do not count: remove it from the list, or add countInactive: true to expect if the server keeps them.",
      ],
    ],
    [
      "unless memberships of inactive accounts count, of which the directory says nothing",
      "countInactive: true, teams: { data: [ada@example.com, grace@example.com] }",
      [],
    ],
    [
      "nor is a difference that is expected",
      "users: { ada@example.com: { active: true } }, drift: [{ user: ada@example.com, kind: user-left-over }]",
      [],
    ],
    [
      "a pushed group is a Team",
      "teams: { data: null }",
      ["expects no Team data, but the directory provisions it."],
    ],
  ])("%s", (_, expectation, said) => {
    const told = warningTexts(review(timeline(expectation)).warnings);
    expect(told).toEqual(said.map((sentence) => ({ code: "contradiction", step: "A day", sentence })));
  });

  test.each([
    "users: { ada@example.com: { active: true } }",
    "users: { ada@example.com: { active: false } }",
    "teams: { data: [ada@example.com, grace@example.com] }",
    "teams: { data: [grace@example.com] }",
  ])("nothing is said of whom suspension leaves as found (Okta: Understanding SCIM): %s", (expectation) => {
    expect(warnings(timeline(expectation, "suspend: ada@example.com"))).toEqual([]);
  });
});

test("nothing is said of what the timeline deletes in Astro directly", () => {
  const step = (action: string, expectation: string) =>
    `idp: okta
users: [{ email: ada@example.com }, { email: grace@example.com }]
groups: [{ name: data, members: [ada@example.com, grace@example.com], push: true }]
timeline: [{ name: gone, do: [${action}] }, { name: later, expect: ${expectation} }]
`;
  const deleted = "delete-account: ada@example.com";
  expect(warnings(step(deleted, "{ users: { ada@example.com: { exists: false } } }"))).toEqual([]);
  expect(warnings(step(deleted, "{ teams: { data: [grace@example.com] } }"))).toEqual([]);
  expect(warnings(step("delete-team: data", "{ teams: { data: null } }"))).toEqual([]);
  expect(warnings(step(deleted, "{ users: { grace@example.com: { exists: false } } }"))).toHaveLength(1);
  expect(warnings(step(deleted, "{ teams: { data: null } }"))).toEqual([]);
});

test.each([
  [
    "Okta's",
    "idp: okta\napp: { mappings: { displayName: 'user.firstName +' } }\nusers: [{ email: a@example.com }]\n",
  ],
  [
    "Entra's",
    "idp: entra\napp: { users: { mappings: { displayName: 'Nope([mail])' } } }\nusers: [{ mail: a@example.com }]\n",
  ],
])("an expression that is wrong makes the fixture invalid: %s", (_, text) => {
  expect(() => review(text)).toThrow(AppError);
});

describe("who was assigned before Provisioning was switched on", () => {
  const waiting = (more: string, seed = ""): string => `idp: okta
users:
  - { email: ada@example.com, assignment: sso-only }
  - { email: grace@example.com, assignment: sso-only }
groups:
  - { name: data, push: true, members: [ada@example.com, grace@example.com] }
${seed}timeline:
  - { name: A day, ${more} }
`;
  const [ada, grace] = ["ada@example.com", "grace@example.com"];
  const settings =
    `settings: 2 users were assigned before Provisioning was switched on (${ada} and ${grace}): Okta sends nothing for them, not ` +
    "even when they leave, until Provision User (in a timeline: provision: all), or until they are unassigned and assigned again.";
  const team = (members: string) =>
    `no member is pushed to the Team data: ${members} assigned before Provisioning was switched on; use Provision User first.`;
  const both = `sso-only-members: ${team("2 members of its group were")}`;
  const seeded = "astro: { users: [{ email: ada@example.com }, { email: grace@example.com }] }\n";

  test.each<readonly [rule: string, text: string, said: readonly string[]]>([
    ["a pushed group with nobody else is an empty Team", waiting("do: []"), [settings, both]],
    [
      "a group of one who waits, and one who has left",
      waiting("do: [{ deactivate: ada@example.com }]"),
      [settings, both, `sso-only-members after A day: ${team("1 member of its group was")}`],
    ],
    ["all is well once they are provisioned", waiting("do: [{ provision: all }]"), [settings, both]],
    [
      "a step that expects an account, and nobody has made one",
      waiting(
        "expect: { users: { ada@example.com: { active: true }, grace@example.com: { exists: true } } }",
      ),
      [
        settings,
        both,
        `contradiction after A day: expects the account of ${ada} to be active, but according to the directory it is not active.`,
        `contradiction after A day: expects the account of ${grace}, but the directory does not provision it.`,
      ],
    ],
    [
      "a step that expects a member",
      waiting("expect: { teams: { data: [ada@example.com] } }"),
      [
        settings,
        both,
        `contradiction after A day: expects the Team data with ${ada}, which contradicts the directory.`,
      ],
    ],
    [
      "nothing is said of accounts that Astro has beforehand",
      waiting(
        "expect: { users: { ada@example.com: { active: true } }, teams: { data: [ada@example.com] } }",
        seeded,
      ),
      [settings, both],
    ],
    [
      "a step may expect that there is no account",
      waiting("expect: { users: { ada@example.com: { exists: false } }, teams: { data: [] } }"),
      [settings, both],
    ],
  ])("%s", (_rule, text, said) => {
    expect(warnings(text)).toEqual(said);
  });

  test("a Team with one other member is not empty", () => {
    const text = waiting("do: []").replace("ada@example.com, assignment: sso-only", "ada@example.com");
    expect(warnings(text).filter((one) => one.startsWith("sso-only-members"))).toEqual([]);
  });
});
