/** One company at an emulated Okta with everything that can go wrong in it: each story ends with its own cause. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CompanyAction } from "../../src/emulators/company/company.ts";
import { aDirectory, aGroup, aUser } from "../support/builders.ts";
import { oktaToken, startEmulatedOkta, type EmulatedOkta } from "../support/emulated-okta.ts";
import { iamClient, type IamClient } from "../support/iam-client.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";
import { seedUser } from "../support/seed-user.ts";
import { tellWhy, type Asked, type ToldStory } from "../support/telling-why.ts";

const at = (name: string): string => `${name}@example.com`;
const people = [
  "hana",
  "hugo",
  "rob",
  "rena",
  "tom",
  "otto",
  "sue",
  "togo",
  "mia",
  "ned",
  "lou",
  "ron",
  "eve",
];

interface Scene {
  readonly emulated: EmulatedOkta;
  readonly iam: IamClient;
  readonly scim: ScimClient;
  /** Does it, and waits until Okta has done what follows. */
  readonly act: (...actions: readonly CompanyAction[]) => Promise<void>;
  /** While it is done, Astro fails in this way. */
  readonly failing: (fault: string, ...actions: readonly CompanyAction[]) => Promise<void>;
  readonly userId: (name: string) => Promise<string>;
  readonly teamId: (name: string) => Promise<string>;
  /** As an administrator with curl. */
  readonly curl: (method: string, path: string, body?: unknown) => Promise<void>;
}

interface StoryCase {
  readonly rule: string;
  readonly name: string;
  readonly plant: (scene: Scene) => Promise<void>;
  readonly cause: string;
  readonly sure: "certain" | "likely";
  readonly says: RegExp;
  readonly next?: RegExp;
}

const cases: readonly StoryCase[] = [
  {
    rule: "a user is assigned, and Okta's provisioning of the user failed",
    name: at("frida"),
    plant: ({ failing }) =>
      failing("status=500,method=POST,path=/Users", {
        kind: "create-user",
        user: aUser(at("frida")),
        assigned: true,
        groups: [],
      }),
    cause: "not-provisioned",
    sure: "certain",
    says: /^Okta has not provisioned frida@example\.com: .*Internal Server Error/,
  },
  {
    rule: "a Team is out of sync, because a member was removed from it in Astro",
    name: "analytics",
    plant: async ({ iam, userId, teamId }) => {
      await iam.delete(`/teams/${await teamId("analytics")}/members/${await userId("hugo")}`);
    },
    cause: "member-removed-in-astro",
    sure: "certain",
    says: /^hugo@example\.com was removed from the Team analytics in Astro/,
  },
  {
    rule: "a user was unassigned, and Okta's deactivation failed",
    name: at("otto"),
    plant: ({ failing }) =>
      failing("status=500,method=PUT,path=/Users", { kind: "unassign-user", user: at("otto") }),
    cause: "deactivation-failed",
    sure: "certain",
    says: /^Okta tried to deactivate the account of otto@example\.com, and failed/,
  },
  {
    rule: "a user left, and Okta never had a link to the account",
    name: at("lea"),
    plant: ({ act }) => act({ kind: "deactivate-user", user: at("lea") }),
    cause: "leaver-without-link",
    sure: "certain",
    says: /^Okta has no link to the account of lea@example\.com, so it never sends the deactivation/,
  },
  {
    rule: "the push mapping of a group is in ERROR",
    name: "broken",
    plant: ({ failing }) =>
      failing("status=400,method=PUT,path=/Groups", { kind: "add-member", group: "broken", user: at("ned") }),
    cause: "mapping-error",
    sure: "certain",
    says: /^the last push of the group failed, and Okta pushes nothing more/,
    next: /^astro-scim push-group broken --dry-run --from okta /,
  },
  {
    rule: "a userName was changed in Okta, and the change did not reach Astro",
    name: at("rena"),
    plant: ({ failing }) =>
      failing("status=500,method=PUT,path=/Users", {
        kind: "update-user",
        user: at("rena"),
        profile: { email: at("rena.new"), login: at("rena.new") },
      }),
    cause: "renamed",
    sure: "certain",
    says: /^the userName changed from rena@example\.com to rena\.new@example\.com in Okta/,
  },
  {
    rule: "a person has two accounts",
    name: at("tom"),
    plant: async () => {},
    cause: "two-accounts",
    sure: "likely",
    says: /tom@example\.com, which the directory means, and tom\+old@example\.com/,
  },
  {
    rule: "an account was removed by hand in Astro",
    name: at("rob"),
    plant: async ({ curl, userId }) => curl("DELETE", `/Users/${await userId("rob")}`),
    cause: "removed-in-astro",
    sure: "certain",
    says: /^the account of rob@example\.com was removed in Astro, past Okta, by .*curl/,
  },
  {
    rule: "an owner removed a Team in Astro",
    name: "finance",
    plant: async ({ iam, teamId, act }) => {
      // So that the audit log shows the name of the Team.
      await act({ kind: "add-member", group: "finance", user: at("mia") });
      await iam.delete(`/teams/${await teamId("finance")}`);
    },
    cause: "owner-removed-team",
    sure: "certain",
    says: /^the Team finance was deleted in Astro, past Okta/,
  },
  {
    rule: "a Team was deleted and pushed again, and has lost its roles",
    name: "ops",
    plant: async ({ iam, teamId, act }) => {
      await act({ kind: "add-member", group: "ops", user: at("mia") });
      const id = await teamId("ops");
      await iam.post(`/teams/${id}/roles`, { organizationRole: "ORGANIZATION_BILLING_ADMIN" });
      await iam.delete(`/teams/${id}`);
      await act(
        { kind: "unpush-group", group: "ops", deleteTeam: false },
        { kind: "push-group", group: "ops" },
      );
    },
    cause: "team-roles-lost",
    sure: "certain",
    says: /^the Team ops was deleted in Astro and pushed again/,
  },
  {
    rule: "a user is suspended",
    name: at("sue"),
    plant: ({ act }) => act({ kind: "suspend-user", user: at("sue") }),
    cause: "suspended",
    sure: "certain",
    says: /^sue@example\.com is suspended in Okta, which sends nothing/,
  },
  {
    rule: "the toggle Deactivate Users is off",
    name: at("togo"),
    plant: async ({ emulated, act }) => {
      emulated.company.changeApp((app) => (app.idp === "okta" ? { ...app, deactivateUsers: false } : app));
      await act({ kind: "unassign-user", user: at("togo") });
    },
    cause: "toggle-off",
    sure: "certain",
    says: /^"Deactivate Users" is switched off in Okta/,
  },
];

let scene: Scene;
let asked: Asked;
let stop: () => Promise<void>;
const told = new Map<string, ToldStory>();

beforeAll(async () => {
  const users = people.map((name) => aUser(at(name)));
  const emulated = await startEmulatedOkta({
    directory: aDirectory({
      users: [...users, aUser(at("lea"))],
      groups: [
        aGroup("healthy", [at("hana"), at("hugo")]),
        aGroup("analytics", [at("hana"), at("hugo")]),
        aGroup("broken", [at("lou")]),
        aGroup("finance", [at("lou"), at("ron")]),
        aGroup("ops", [at("lou"), at("ron")]),
      ],
      ssoOnlyUsers: [at("lea")],
    }),
    astro: {
      seed: {
        users: [
          seedUser(at("olga"), { role: "ORGANIZATION_OWNER" }),
          seedUser(at("lea")),
          seedUser(at("tom+old")),
        ],
        teams: [],
      },
    },
    keep: true,
  });
  stop = emulated.stop;
  const { company, astro, okta } = emulated;
  const [iam, scim] = [iamClient(astro), scimClient(astro)];
  const idIn = async (path: string, key: string, name: string): Promise<string> => {
    const { body } = await scim.get(`${path}?count=1000`);
    const found = body.Resources.find((one: Record<string, string>) => one[key] === name);
    return found.id;
  };
  const act: Scene["act"] = async (...actions) => {
    for (const action of actions) company.act(action);
    await company.settled();
  };
  scene = {
    emulated,
    iam,
    scim,
    act,
    failing: async (fault, ...actions) => {
      astro.faults.set([fault]);
      await act(...actions);
      astro.faults.clear();
    },
    userId: (name) => idIn("/Users", "userName", at(name)),
    teamId: (name) => idIn("/Groups", "displayName", name),
    curl: async (method, path, body) => {
      await scim.send(method, path, { headers: { "user-agent": "curl/8.5.0" }, body });
    },
  };
  await company.settled();
  for (const { plant } of cases) await plant(scene);
  asked = {
    source: ["--from", "okta", "--okta-url", okta.url, "--okta-app", "Astro"],
    env: { OKTA_CLIENT_TOKEN: oktaToken },
    astro,
  };
  for (const { name } of cases) told.set(name, await tellWhy([name], asked));
});

afterAll(() => stop());

describe("a story ends with its cause, and with no other", () => {
  test.each(cases)("$rule", ({ name, cause, sure, says, next }) => {
    const { story, causes, status } = told.get(name) ?? { story: {}, causes: [], status: -1 };
    expect(causes).toEqual([cause]);
    const [named] = story.causes;
    expect(named.sentence).toMatch(says);
    expect(named.sure).toBe(sure);
    expect(story.next).toMatch(next ?? /^astro-scim /);
    expect(named.evidence).not.toEqual([]);
    expect(story.verdict).toBe("found");
    expect(status).toBe(1);
  });
});

test.each([
  ["a user", at("hana")],
  ["a Team", "healthy"],
])("of %s with whom nothing is wrong nothing is said", async (_what, name) => {
  const { story, causes, status } = await tellWhy([name], asked);
  expect(causes).toEqual([]);
  expect(story.symptoms).toEqual([]);
  expect(story.verdict).toBe("fine");
  expect(status).toBe(0);
});
