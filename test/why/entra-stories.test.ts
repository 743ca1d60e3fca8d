/** One company at an emulated Entra ID with everything that can go wrong in it: each story ends with its own cause. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentedEntraSettings } from "../../src/directory/entra-app-settings.ts";
import { aDirectory, aGroup, anEntraUser } from "../support/builders.ts";
import { startEmulatedGraph, type EmulatedGraph } from "../support/emulated-graph.ts";
import { tellWhy, type Asked, type ToldStory } from "../support/telling-why.ts";

const at = (name: string): string => `${name}@example.com`;

interface StoryCase {
  readonly rule: string;
  readonly name: string;
  readonly plant: (company: EmulatedGraph) => Promise<void>;
  readonly cause: string;
  readonly sure: "certain" | "likely";
  readonly says: RegExp;
}

/** Another cycle, to its end. */
async function cycle({ company }: EmulatedGraph): Promise<void> {
  company.runCycle();
  await company.settled();
}

const nothing = async (): Promise<void> => {};

const cases: readonly StoryCase[] = [
  {
    rule: "a user is only in a group within the assigned group",
    name: at("nia"),
    plant: nothing,
    cause: "nested-group",
    sure: "certain",
    says: /^nia@example\.com is only in a group within the assigned group healthy/,
  },
  {
    rule: "a guest has no mail",
    name: "gus_partner.example#EXT#@example.com",
    plant: nothing,
    cause: "guest",
    sure: "certain",
    says: /is a guest without a value for mail/,
  },
  {
    rule: "a user has no mail",
    name: at("max"),
    plant: nothing,
    cause: "no-mail",
    sure: "certain",
    says: /has no value for mail, from which the userName is made/,
  },
  {
    rule: "a scoping filter leaves the user out",
    name: at("sam"),
    plant: nothing,
    cause: "scoping-filter",
    sure: "certain",
    says: /^a scoping filter of .* leaves sam@example\.com out/,
  },
  {
    rule: "the members of a group were sent before the user was there",
    name: at("late"),
    plant: async (company) => {
      company.company.act({ kind: "update-user", user: at("late"), profile: { department: "Data" } });
      await cycle(company);
    },
    cause: "membership-before-user",
    sure: "certain",
    says: /sent the members of the group before late@example\.com had an account/,
  },
  // Last: a later cycle tries again, and succeeds.
  {
    rule: "the last export of a user failed and waits in escrow",
    name: at("eddy"),
    plant: async (company) => {
      company.astro.faults.set(["status=500,method=POST,path=/Users"]);
      company.company.act({
        kind: "create-user",
        user: anEntraUser(at("eddy"), { profile: { department: "Data" } }),
        assigned: true,
        groups: [],
      });
      await cycle(company);
      company.astro.faults.clear();
    },
    cause: "escrow",
    sure: "certain",
    says: /^the last export of eddy@example\.com failed/,
  },
];

let asked: Asked;
let company: EmulatedGraph;
const told = new Map<string, ToldStory>();

beforeAll(async () => {
  const withDepartment = (name: string, department = "Data") =>
    anEntraUser(at(name), { profile: { department } });
  const outer = { ...aGroup("healthy", [at("hana"), at("hugo")]), nestedGroups: new Set(["inner"]) };
  company = await startEmulatedGraph({
    directory: aDirectory({
      users: [
        withDepartment("hana"),
        withDepartment("hugo"),
        withDepartment("nia"),
        withDepartment("late", "Sales"),
        withDepartment("sam", "Sales"),
        anEntraUser("gus", {
          profile: {
            mail: null,
            userType: "Guest",
            userPrincipalName: "gus_partner.example#EXT#@example.com",
            department: "Data",
          },
        }),
        anEntraUser("max", { profile: { mail: null, userPrincipalName: at("max"), department: "Data" } }),
      ],
      groups: [outer, aGroup("inner", [at("nia")]), aGroup("newcomers", [at("hana"), at("late")])],
      assignedUsers: [at("hana"), at("hugo"), at("sam"), at("late"), "gus", "max"],
      assignedGroups: ["healthy", "newcomers"],
      pushedGroups: [],
    }),
    app: {
      ...documentedEntraSettings,
      users: {
        ...documentedEntraSettings.users,
        scopingFilters: [{ clauses: [{ attribute: "department", operator: "NOT EQUALS", value: "Sales" }] }],
      },
    },
    graph: {
      clients: [
        {
          clientId: "why",
          secret: "a secret",
          permissions: [
            "Application.Read.All",
            "User.Read.All",
            "GroupMember.Read.All",
            "Synchronization.Read.All",
            "ProvisioningLog.Read.All",
          ],
        },
      ],
    },
    keep: true,
  });
  for (const { plant } of cases) await plant(company);
  asked = {
    source: [
      "--from",
      "entra",
      "--entra-cloud",
      company.emulator.url,
      "--entra-tenant",
      company.tenantId,
      "--entra-app",
      "Astro",
    ],
    env: { AZURE_CLIENT_ID: "why", AZURE_CLIENT_SECRET: "a secret" },
    astro: company.astro,
  };
  for (const { name } of cases) told.set(name, await tellWhy([name], asked));
});

afterAll(() => company.stop());

describe("a story ends with its cause, and with no other", () => {
  test.each(cases)("$rule", ({ name, cause, sure, says }) => {
    const { story, causes, status } = told.get(name) ?? { story: {}, causes: [], status: -1 };
    expect(causes).toEqual([cause]);
    const [named] = story.causes;
    expect(named.sentence).toMatch(says);
    expect(named.sure).toBe(sure);
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
