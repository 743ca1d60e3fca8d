/** One difference, and a server that lies in one way: no command reports that Astro matches the directory. */

import { describe, expect, test } from "vitest";
import { runOver } from "../support/drifted-company.ts";
import { lies } from "../support/lies.ts";

const ada = "email: ada@example.com, givenName: Ada, familyName: X, displayName: Ada X, externalId: 00u-ada";
const left = "email: left@example.com, givenName: Left, familyName: X, displayName: Left X";

interface Difference {
  readonly is: string;
  readonly accounts: readonly string[];
  readonly members: string;
}

const differences: readonly Difference[] = [
  { is: "an account is left over", accounts: [ada, left], members: "ada@example.com" },
  { is: "an account is missing", accounts: [], members: "" },
  {
    is: "a value differs",
    accounts: [ada.replace("givenName: Ada", "givenName: Augusta")],
    members: "ada@example.com",
  },
  { is: "an account is inactive", accounts: [`${ada}, active: false`], members: "" },
  { is: "a member is left over", accounts: [ada, left], members: "ada@example.com, left@example.com" },
  { is: "a member is missing", accounts: [ada], members: "" },
];

function companyWith({ accounts, members }: Difference): string {
  return `idp: okta
organization: cknaqyipv05731evsry6cj4n0
users:
  - { email: ada@example.com, firstName: Ada, lastName: X, id: 00u-ada }
groups:
  - { name: data, push: true, members: [ada@example.com] }
astro:
  users: ${accounts.length === 0 ? "[]" : accounts.map((account) => `\n    - { ${account} }`).join("")}
  teams:
    - { name: data, members: [${members}] }
`;
}

describe.each(differences)("$is", (difference) => {
  test.each([{ name: "no lie at all" }, ...lies.filter(({ isSeamless }) => isSeamless !== true)])(
    "$name",
    async (lie) => {
      const { status, stderr } = await runOver(companyWith(difference), [lie], ["diff"]);
      expect(status).not.toBe(0);
      expect(stderr).not.toContain("internal error in astro-scim");
    },
  );
});
