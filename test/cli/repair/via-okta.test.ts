/** Repairs through an emulated Okta: what is repaired, which way, and that its link holds when the person leaves. */

import { describe, expect, test } from "vitest";
import { startOktaAndAstro, type OktaAndAstro } from "../../support/okta-and-astro.ts";

const company = `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper }
  - { email: linus@example.com, firstName: Linus, lastName: Torvalds }
groups:
  - { name: data, members: [ada@example.com, grace@example.com], push: true }
`;
const ada = "ada@example.com";

/** The person is deactivated in Okta: whether the account in Astro still is active. */
async function isActiveAfterLeaving(okta: OktaAndAstro, userName: string): Promise<boolean> {
  const { company: emulated } = okta;
  const user = [...emulated.directory().users.values()].find(({ key }) => key === userName);
  await okta.send("POST", `/api/v1/users/${user?.objectId}/lifecycle/deactivate`);
  await emulated.settled();
  return (await okta.held()).users.includes(userName);
}

describe("through Okta", () => {
  test("a missing account is provisioned by Okta, joins its Team, and goes when the person leaves", async () => {
    const okta = await startOktaAndAstro(company);
    await okta.client.delete(`/Users/${await okta.idOf(ada)}`);
    const result = await okta.run("resync", "--all", "--yes");
    expect(result.stdout + result.stderr).toBe("");
    expect(result.status).toBe(0);
    expect(await okta.held()).toEqual({});
    expect(await isActiveAfterLeaving(okta, ada)).toBe(false);
  });
});
