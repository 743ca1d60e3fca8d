/** Who is missing from the count of provisioned users is explained: everybody who is missing, once. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { diff } from "../../src/drift/compare/diff.ts";
import { readFixture } from "../../src/fixture/read.ts";
import { expectedState } from "../../src/idp/expected/expected-state.ts";
import { notProvisionedText } from "../../src/report/drift/not-provisioned-text.ts";
import { heldState } from "../support/states.ts";

interface Person {
  readonly status: number;
  readonly assigned: boolean;
  readonly domain: string;
  /** Whose mail address it has: two of the same have the same userName. */
  readonly mailbox: number;
  readonly hasMail: boolean;
  readonly isSsoOnly: boolean;
}

const person = fc.record<Person>({
  status: fc.nat({ max: 3 }),
  assigned: fc.boolean(),
  domain: fc.constantFrom("example.com", "partner.example"),
  mailbox: fc.nat({ max: 30 }),
  hasMail: fc.boolean(),
  isSsoOnly: fc.boolean(),
});

const mailOf = ({ mailbox, domain }: Pick<Person, "mailbox" | "domain">): string =>
  `user${mailbox}@${domain}`;

const fixtures: Readonly<Record<"okta" | "entra", (people: readonly Person[]) => string>> = {
  okta: (people) => {
    const statuses = ["active", "staged", "suspended", "deactivated"];
    const users = people.map(({ status, assigned, ...one }, index) => ({
      email: `user${index}@example.com`,
      status: statuses[status],
      ...(statuses[status] === "deactivated" ? {} : { assigned }),
      ...(assigned && one.isSsoOnly && statuses[status] !== "deactivated" ? { assignment: "sso-only" } : {}),
      profile: one.hasMail ? { nickName: mailOf(one) } : {},
    }));
    return `idp: okta\napp: { applicationUsername: user.nickName }\nusers: ${JSON.stringify(users)}\n`;
  },
  entra: (people) => {
    const statuses = ["active", "blocked", "soft-deleted", "active"];
    const users = people.map(({ status, assigned, ...one }, index) => ({
      userPrincipalName: `upn${index}@example.com`,
      ...(one.hasMail ? { jobTitle: mailOf(one) } : {}),
      status: statuses[status],
      assigned,
    }));
    return `idp: entra\napp: { users: { mappings: { userName: jobTitle } } }\nusers: ${JSON.stringify(users)}\n`;
  },
};

describe.each(["okta", "entra"] as const)("%s", (idp) => {
  test("the classes add up to the difference between the directory and the provisioned users", () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 40 }), fc.boolean(), (people, isLimited) => {
        const { app, start } = readFixture("f.yaml", fixtures[idp](people));
        const expected = expectedState(start, app);
        const responsibleFor = isLimited ? [{ domains: ["example.com"], statedBy: "a test" }] : [];
        const { notProvisioned, compared } = diff(expected, heldState({}), { responsibleFor });
        const missing = start.users.size - compared.expectedUsers;
        const counted = (notProvisioned?.classes ?? []).reduce((sum, { users }) => sum + users, 0);
        expect(counted).toBe(missing);
        expect(notProvisioned?.directoryUsers).toBe(start.users.size);
        // One class each: nobody is there twice, and nobody who is provisioned.
        const explained = [...(expected.notProvisioned?.keys() ?? [])];
        const provisioned = [...expected.users.values()].filter(({ presence }) => presence === "active");
        expect(new Set(explained).size + provisioned.length).toBe(start.users.size);
        expect(explained.every((user) => start.users.has(user))).toBe(true);
      }),
    );
  });
});

test("in words, the most frequent reason first", () => {
  const classes = [
    { reason: "not assigned to the app", users: 1200 },
    { reason: "suspended in Okta", users: 1 },
  ];
  expect(notProvisionedText({ directoryUsers: 20_000, classes })).toBe(
    "1,201 of 20,000 users in the directory are not provisioned: 1,200 not assigned to the app, 1 suspended in Okta",
  );
  expect(notProvisionedText({ directoryUsers: 3, classes: [] })).toBeUndefined();
});
