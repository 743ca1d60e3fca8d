/** `--anonymize`: nothing personal is left, and everything that matters to provisioning is as it was. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anonymize } from "../../src/anonymize/anonymize.ts";
import { textsIn } from "../../src/anonymize/texts-in.ts";
import type { Fixture } from "../../src/fixture/fixture.ts";
import { readFixture } from "../../src/fixture/read.ts";
import { fixtureText } from "../../src/fixture/write/fixture-text.ts";
import { lostInWriting } from "../../src/fixture/write/read-back.ts";
import { expectedState } from "../../src/idp/expected/expected-state.ts";
import { anyCompany } from "../support/arbitrary-company.ts";

const okta = readFixture(
  "acme-rollout.yaml",
  `idp: okta
app:
  applicationUsername: 'String.replace(user.email, "@acme-motors.com", "@eu.acme-motors.com")'
  mappings:
    displayName: 'user.department == "Powertrain" ? user.firstName + " (Powertrain)" : user.acmeNickname'
    acmeBadge: { from: user.acmeBadgeNumber, externalName: acmeBadge, externalNamespace: "urn:ietf:params:scim:schemas:extension:acmemotors:2.0:User" }
  appProperties: { acmeRegion: Swabia }
  org: { name: Acme Motors, subDomain: acmemotors }
users:
  - { email: Ada.Lovelace@acme-motors.com, login: alovelace, firstName: Ada, lastName: Lovelace, id: 00uAdaLovelace0001, profile: { department: Powertrain, acmeNickname: Countess, acmeBadgeNumber: 471112, hired: "2019-03-04" } }
  - { email: ada.byron@ACME-motors.com, login: ADA.byron, firstName: Ada, lastName: Byron, profile: { department: Powertrain - Berlin, acmeNickname: Babbage } }
  - { email: grace@hopper-consulting.io, firstName: Grace, lastName: Hopper, assigned: false }
groups:
  - { name: airflow-Powertrain, push: true, id: 00gPowertrain00001, members: [alovelace, ADA.byron] }
  - { name: Everybody at Acme Motors, members: [Ada.Lovelace@acme-motors.com, grace@hopper-consulting.io] }
protect: [alovelace]
`.replaceAll("alovelace, ADA.byron", "Ada.Lovelace@acme-motors.com, ada.byron@ACME-motors.com"),
);

const entra = readFixture(
  "tenant.yaml",
  `idp: entra
app:
  defaultDomain: acmemotors.onmicrosoft.com
  ssoAttribute: extension_0123456789abcdef0123456789abcdef_acmeLogin
  appRoles: [{ value: Powertrain.Admin, displayName: Powertrain administrators, id: 11111111-2222-3333-4444-555555555555 }]
  users:
    mappings:
      displayName: 'Switch([department], [displayName], "Powertrain", "Engine people", "Sales", "Sellers")'
      title: 'IIF(IsPresent([extension_0123456789abcdef0123456789abcdef_acmeGrade]), FormatDateTime([employeeHireDate], , "yyyy-MM-dd", "dd.MM.yyyy"), "nobody")'
    scopingFilters:
      - name: Powertrain alone
        clauses: [{ attribute: department, operator: REGEX MATCH, value: "^(Powertrain|Sales)\\\\d*$" }]
users:
  - { mail: ada@acme-motors.com, userPrincipalName: ada_acme-motors.com#EXT#@acmemotors.onmicrosoft.com, displayName: Ada Lovelace, department: Powertrain, userType: Guest, profile: { appRoleAssignments: [Powertrain.Admin], extension_0123456789abcdef0123456789abcdef_acmeGrade: Senior } }
  - { mail: grace@acme-motors.com, displayName: Grace Hopper, department: Sales, profile: { manager: ada@acme-motors.com, usageLocation: DE } }
groups:
  - { name: Powertrain, assign: true, members: [ada@acme-motors.com], nested: [Powertrain Berlin] }
  - { name: Powertrain Berlin, members: [grace@acme-motors.com] }
`,
);

const companies: readonly (readonly [string, Fixture])[] = [
  ["Okta", okta],
  ["Entra ID", entra],
];

/** Words with four letters or more, and numbers with three digits, that mean something in a fixture itself. */
function ownWords({ app }: Fixture): ReadonlySet<string> {
  const words = [
    "Guest Member active true false manual non-gallery gallery assigned always manager user users",
    "email login mail displayName givenName familyName userName profileUrl firstName lastName department",
    "String replace Switch FormatDateTime IsPresent IsSoftDeleted MATCH REGEX EQUALS yyyy objectId members Astro",
    "userPrincipalName surname jobTitle mailNickname appRoleAssignments usageLocation employeeHireDate defaultIfNull",
    "title nickName externalName externalNamespace extension params scim schemas ietf core work value",
    "string integer boolean https None True False Data okta entra catalog wizard emails type expression direct constant",
    "userType extensionAttribute EXT example com org name subDomain documented kind",
  ].join(" ");
  return new Set([...words.split(/[\s-]+/), app.integration].map((word) => word.toLowerCase()));
}

function realWords(company: Fixture): readonly string[] {
  const own = ownWords(company);
  const words = textsIn(company).flatMap((text) => text.match(/[\p{L}\p{M}]{4,}|\p{N}{4,}/gu) ?? []);
  return [...new Set(words.map((word) => word.toLowerCase()))].filter((word) => !own.has(word));
}

const written = (company: Fixture): string => fixtureText(company, { about: [], schema: undefined });

describe.each(companies)("%s", (_name, company) => {
  const other = anonymize(company, "a seed");

  test("no word of the company is left", () => {
    const text = written(other).toLowerCase();
    expect(realWords(company).length).toBeGreaterThan(20);
    expect(realWords(company).filter((word) => text.includes(word))).toEqual([]);
  });

  test("the file is a fixture, and says the same", () => {
    expect(lostInWriting(other, readFixture("a.yaml", written(other)))).toBeUndefined();
  });

  test("the same seed gives the same names, another one others", () => {
    expect(written(anonymize(company, "a seed"))).toBe(written(other));
    expect(written(anonymize(company, "another"))).not.toBe(written(other));
  });

  test("as many accounts and Teams are expected, with as many members", () => {
    const sizes = ({ start, app }: Fixture) => {
      const { users, teams } = expectedState(start, app);
      return { users: users.size, teams: [...teams.values()].map(({ members }) => members.size) };
    };
    expect(sizes(other)).toEqual(sizes(company));
  });
});

describe("structure", () => {
  test("who shares a name shares the invented one, in the same case", () => {
    const users = [...anonymize(okta, "a seed").start.users.values()];
    const [ada, byron] = users.map(({ profile }) => profile);
    expect(ada?.["firstName"]).toBe(byron?.["firstName"]);
    expect(String(byron?.["login"]).split(".")[0]).toBe(String(ada?.["firstName"]).toUpperCase());
  });

  test("domains are as many as before, and belong to nobody", () => {
    const domainsOf = ({ start }: Fixture) =>
      new Set([...start.users.keys()].map((key) => key.slice(key.lastIndexOf("@") + 1).toLowerCase()));
    const domains = domainsOf(anonymize(okta, "a seed"));
    expect(domains.size).toBe(domainsOf(okta).size);
    expect([...domains].filter((domain) => !domain.endsWith(".example"))).toEqual([]);
  });

  test("a literal of a mapping is still the value that users have", () => {
    const { app, start } = anonymize(okta, "a seed");
    const department = [...start.users.values()][0]?.profile["department"];
    expect(app.idp === "okta" && JSON.stringify(app.mappings["displayName"])).toContain(
      `\\"${String(department)}\\"`,
    );
  });

  test("no seed, no way back: a guess cannot be tested without it", () => {
    expect(written(anonymize(okta, "a seed"))).not.toContain("a seed");
  });
});

describe("any company", () => {
  test("keeps its size, its keys apart, and the form of a fixture", () => {
    fc.assert(
      fc.property(anyCompany, fc.string(), (company, seed) => {
        const { start } = anonymize(company, seed);
        expect(start.users.size).toBe(company.start.users.size);
        expect(start.groups.size).toBe(company.start.groups.size);
        const sizes = (all: Fixture["start"]) => [...all.groups.values()].map(({ members }) => members.size);
        expect(sizes(start)).toEqual(sizes(company.start));
      }),
    );
  });
});

test.each([
  String.raw`String.substringAfter(user.login, "\") + "Mueller" + "Schmidt"`,
  String.raw`String.replace(user.login, '\', "Mueller") + 'Schmidt'`,
  String.raw`user.login == 'O''Mueller' ? "a""Schmidt" : "Mueller"`,
])("a quote after a backslash ends a text of Okta's language: %s", (expression) => {
  const company = readFixture(
    "acme.yaml",
    `idp: okta\napp:\n  mappings:\n    displayName: ${JSON.stringify(expression)}\nusers:\n  - { email: ada@acme.com }\n`,
  );
  const text = fixtureText(anonymize(company, "seed"), { about: [], schema: undefined });
  expect(text).toContain("user.login");
  expect(text).not.toMatch(/Mueller|Schmidt/);
});

test("a number in an expression is replaced as the same number of a user is; a count stays", () => {
  const company = readFixture(
    "acme.yaml",
    `idp: okta
app:
  mappings:
    displayName: 'user.badge == 471112 ? String.substring(user.lastName, 0, 12) : "nobody"'
users:
  - { email: ada@acme.com, lastName: Lovelace, profile: { badge: 471112 } }
`,
  );
  const text = fixtureText(anonymize(company, "seed"), { about: [], schema: undefined });
  expect(text).not.toContain("471112");
  expect(text).toContain(", 0, 12)");
  const [, mapped] = /user\.\w+ == (\d+)/.exec(text) ?? [];
  expect(text).toMatch(new RegExp(`profile: \\{ \\w+: ${mapped} \\}`));
});
