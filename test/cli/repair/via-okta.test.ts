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
const [ada, grace, linus] = ["ada@example.com", "grace@example.com", "linus@example.com"];
const provisioned = { users: [ada, grace, linus], teams: { data: [ada, grace] } };

/** The person is deactivated in Okta: whether the account in Astro still is active. */
async function isActiveAfterLeaving(okta: OktaAndAstro, userName: string): Promise<boolean> {
  const { company: emulated } = okta;
  const user = [...emulated.directory().users.values()].find(({ key }) => key === userName);
  await okta.send("POST", `/api/v1/users/${user?.objectId}/lifecycle/deactivate`);
  await emulated.settled();
  return (await okta.held()).users.includes(userName);
}

interface Repaired {
  readonly name: string;
  readonly fixture?: string;
  readonly damage: (okta: OktaAndAstro) => Promise<unknown>;
  readonly command: readonly string[];
  /** Lines of the plan. */
  readonly plan: readonly string[];
  readonly leaver: string;
}

const repairs: readonly Repaired[] = [
  {
    name: "a missing account is assigned again, and joins its Team",
    damage: async ({ client, idOf }) => client.delete(`/Users/${await idOf(ada)}`),
    command: ["resync", "--all"],
    plan: [
      "~ remove ada@example.com from the app in Okta and assign again: the account is missing",
      "~ push the group data from Okta now (adds 1 member: ada@example.com): the members differ",
    ],
    leaver: ada,
  },
  {
    name: "an account that somebody made in Astro again is linked",
    damage: async ({ client, idOf }) => {
      await client.delete(`/Users/${await idOf(linus)}`);
      await client.user(linus, { active: true });
    },
    command: ["resync", linus],
    plan: [
      "~ remove linus@example.com from the app in Okta and assign again: Okta is linked to an account that no longer exists",
    ],
    leaver: linus,
  },
  {
    name: "an account that is linked and inactive is activated over SCIM",
    damage: async ({ client, idOf }) =>
      client.patch(`/Users/${await idOf(linus)}`, { op: "replace", value: { active: false } }),
    command: ["resync", "--all"],
    plan: ["~ activate the account linus@example.com (over SCIM: Okta is linked to the account)"],
    leaver: linus,
  },
  {
    name: "a Team whose members differ is pushed now",
    damage: async ({ client, idOf, teamId }) =>
      client.patch(`/Groups/${await teamId("data")}`, {
        op: "replace",
        path: "members",
        value: [{ value: await idOf(linus) }],
      }),
    command: ["push-group", "data"],
    plan: [
      "~ push the group data from Okta now (adds 2 members: ada@example.com and grace@example.com; removes 1 member: linus@example.com): the members differ",
    ],
    leaver: ada,
  },
  {
    name: "an account that Okta failed to link is linked",
    damage: async (okta) => {
      const { client, company: emulated, astro, app } = okta;
      const user = [...emulated.directory().users.values()].find(({ key }) => key === linus);
      await okta.send("DELETE", `${app}/users/${user?.objectId}?sendEmail=false`);
      await emulated.settled();
      await client.delete(`/Users/${await okta.idOf(linus)}`);
      astro.faults.set([{ method: "POST", path: "/Users", status: 400 }]);
      await okta.send("POST", `${app}/users`, { body: { id: user?.objectId, scope: "USER" } });
      await emulated.settled();
      astro.faults.clear();
      await client.user(linus, { active: true });
    },
    command: ["resync", "--all"],
    plan: [
      "~ remove linus@example.com from the app in Okta and assign again: Okta is not linked to the account",
    ],
    leaver: linus,
  },
  {
    name: "a push mapping in ERROR is made again",
    damage: async (okta) => {
      const { company: emulated, astro, teamId, client } = okta;
      const group = [...emulated.directory().groups.values()].find(({ name }) => name === "data");
      const user = [...emulated.directory().users.values()].find(({ key }) => key === linus);
      astro.faults.set([
        { method: "PUT", path: "/Groups", status: 400 },
        { method: "PATCH", path: "/Groups", status: 400 },
      ]);
      await okta.send("PUT", `/api/v1/groups/${group?.objectId}/users/${user?.objectId}`);
      await emulated.settled();
      await okta.send("DELETE", `/api/v1/groups/${group?.objectId}/users/${user?.objectId}`);
      await emulated.settled();
      astro.faults.clear();
      await client.patch(`/Groups/${await teamId("data")}`, {
        op: "replace",
        path: "members",
        value: [{ value: await okta.idOf(linus) }],
      });
    },
    command: ["push-group", "--all"],
    plan: [
      "~ make the push mapping of the group data in Okta again (adds 2 members: ada@example.com and grace@example.com; removes 1 member: linus@example.com): its push mapping is in ERROR",
    ],
    leaver: ada,
  },
  {
    name: "a missing Team gets a new push mapping",
    damage: async ({ client, teamId }) => client.delete(`/Groups/${await teamId("data")}`),
    command: ["push-group", "--all"],
    plan: [
      "~ make the push mapping of the group data in Okta again (creates the Team; adds 2 members: ada@example.com and grace@example.com): the Team is missing, and Okta does not create it again by itself",
    ],
    leaver: ada,
  },
];

const throughGroup = `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace, assigned: false }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper, assigned: false }
groups:
  - { name: everyone, members: [ada@example.com, grace@example.com], assign: true }
`;

describe("through Okta", () => {
  test.each(repairs)("$name", async ({ damage, command, plan, leaver }) => {
    const okta = await startOktaAndAstro(company);
    await damage(okta);
    const result = await okta.run(...command, "--yes");
    const lines = result.stdout.replaceAll(/\n {4,}/g, " ").split("\n");
    expect({ ...result, lines }).toMatchObject({
      status: 0,
      lines: expect.arrayContaining(plan.map((line) => `  ${line}`)),
    });
    expect(await okta.held()).toEqual(provisioned);
    expect(await okta.run("diff")).toMatchObject({ status: 0 });
    expect(await isActiveAfterLeaving(okta, leaver)).toBe(false);
    expect((await okta.held()).teams["data"]).not.toContain(leaver);
  });
});

describe("users who are assigned through a group", () => {
  const withoutAda = async (options: Parameters<typeof startOktaAndAstro>[1] = {}): Promise<OktaAndAstro> => {
    const okta = await startOktaAndAstro(throughGroup, options);
    await okta.client.delete(`/Users/${await okta.idOf(ada)}`);
    return okta;
  };
  const groupId = async (okta: OktaAndAstro): Promise<string> =>
    (await okta.get("/api/v1/groups?q=everyone")).body[0].id;

  test("are left out, with the option that would change the group", async () => {
    const okta = await withoutAda();
    const result = await okta.run("resync", "--all", "--yes");
    expect(result.stdout).toContain('add --change-group "everyone"');
    expect(result.status).toBe(1);
    expect((await okta.held()).users).toEqual([grace]);
  });

  test("are taken out of the group and added again with --change-group", async () => {
    const okta = await withoutAda();
    const result = await okta.run("resync", ada, "--change-group", "everyone", "--yes");
    expect(result).toMatchObject({ status: 0 });
    expect(result.stdout).toContain("take ada@example.com out of the group everyone in Okta and add again");
    expect((await okta.held()).users).toEqual([ada, grace]);
    expect((await okta.get(`/api/v1/groups/${await groupId(okta)}/users`)).body).toHaveLength(2);
    expect(await isActiveAfterLeaving(okta, ada)).toBe(false);
  });

  test("stay where Okta itself keeps the group", async () => {
    const okta = await withoutAda();
    const result = await okta.run("resync", ada, "--change-group", "Everyone", "--yes");
    expect(result.status).toBe(5);
    expect(result.stderr.replaceAll(/\s+/g, " ")).toContain("from Okta itself (BUILT_IN)");
  });

  const closed: readonly (readonly [why: string, rules: "mine" | undefined, said: string])[] = [
    ["a rule fills it", "mine", 'the group rule "All of data" fills it'],
    ["the rules cannot be read", undefined, "it is unknown whether a group rule fills it"],
  ];
  test.each(closed)("stay where %s", async (_, rules, said) => {
    const okta = await withoutAda();
    okta.switches.groupRules =
      rules === undefined
        ? undefined
        : [{ id: "0pr1", name: "All of data", groupIds: [await groupId(okta)] }];
    const result = await okta.run("resync", ada, "--change-group", "everyone", "--yes");
    expect(result.status).toBe(5);
    expect(result.stderr.replaceAll(/\s+/g, " ")).toContain(said);
    expect((await okta.held()).users).toEqual([grace]);
  });
});
