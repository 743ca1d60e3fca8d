/** Stories of a provisioning that is stopped as a whole, or refused: each needs a company of its own. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentedEntraSettings, type EntraAppSettings } from "../../src/directory/entra-app-settings.ts";
import type { BehaviourChoice } from "../../src/astro/behaviour/table.ts";
import { aDirectory, aGroup, anEntraUser, aUser } from "../support/builders.ts";
import { startEmulatedGraph, type EmulatedGraph } from "../support/emulated-graph.ts";
import { oktaToken, startEmulatedOkta } from "../support/emulated-okta.ts";
import { tellWhy, type Asked, type ToldStory } from "../support/telling-why.ts";

const at = (name: string): string => `${name}@example.com`;

const permissions = [
  "Application.Read.All",
  "User.Read.All",
  "GroupMember.Read.All",
  "Synchronization.Read.All",
  "ProvisioningLog.Read.All",
];

async function entraCompany(
  app: Partial<EntraAppSettings> = {},
  behaviour: BehaviourChoice["behaviour"] = {},
): Promise<{ readonly company: EmulatedGraph; readonly asked: Asked }> {
  const company = await startEmulatedGraph({
    directory: aDirectory({
      users: ["hana", "leo", "mia"].map((name) => anEntraUser(at(name))),
      groups: [aGroup("staff", [at("hana"), at("leo")])],
      assignedUsers: [at("hana"), at("leo")],
      assignedGroups: ["staff"],
      pushedGroups: [],
    }),
    app: { ...documentedEntraSettings, ...app },
    astro: { behaviour },
    graph: { clients: [{ clientId: "why", secret: "a secret", permissions }] },
    keep: true,
  });
  const { emulator, tenantId, astro } = company;
  const address = ["--entra-cloud", emulator.url, "--entra-tenant", tenantId];
  return {
    company,
    asked: {
      source: ["--from", "entra", ...address, "--entra-app", "Astro"],
      env: { AZURE_CLIENT_ID: "why", AZURE_CLIENT_SECRET: "a secret" },
      astro,
    },
  };
}

async function cycle({ company }: EmulatedGraph): Promise<void> {
  company.runCycle();
  await company.settled();
}

/** What a story ends with: its causes with how sure they are, and the exit status. */
function endingOf({ story, causes, status }: ToldStory): unknown {
  const [first] = story.causes;
  return { causes, sure: first.sure, hasEvidence: first.evidence.length > 0, says: first.sentence, status };
}

function likely(cause: string, says: RegExp): unknown {
  return ending(cause, "likely", says);
}

function certain(cause: string, says: RegExp): unknown {
  return ending(cause, "certain", says);
}

function ending(cause: string, sure: string, says: RegExp): unknown {
  return {
    causes: [cause],
    sure,
    hasEvidence: true,
    says: expect.stringMatching(says),
    status: 1,
  };
}

describe("Entra ID without its flag, at an Astro that refuses its older form", () => {
  let setting: Awaited<ReturnType<typeof entraCompany>>;

  beforeAll(async () => {
    setting = await entraCompany({ flag: false }, { textBooleans: "refuse" });
    const { company } = setting;
    company.company.act({ kind: "remove-member", group: "staff", user: at("leo") });
    company.company.act({ kind: "unassign-user", user: at("leo") });
    await cycle(company);
  });
  afterAll(() => setting.company.stop());

  test("is the cause for a leaver who stays active", async () => {
    expect(endingOf(await tellWhy([at("leo")], setting.asked))).toEqual(
      certain("wrong-flag", /aadOptscim062020 is missing in the Tenant URL/),
    );
  });

  test("is not named for a user with whom nothing is wrong", async () => {
    const { story, status } = await tellWhy([at("hana")], setting.asked);
    expect([story.verdict, status]).toEqual(["fine", 0]);
  });
});

describe("Entra ID's job in quarantine", () => {
  let setting: Awaited<ReturnType<typeof entraCompany>>;

  beforeAll(async () => {
    setting = await entraCompany({ accidentalDeletionThreshold: 1 });
    const { company } = setting;
    company.company.act({ kind: "create-user", user: anEntraUser(at("newt")), assigned: true, groups: [] });
    company.company.act({ kind: "remove-member", group: "staff", user: at("leo") });
    company.company.act({ kind: "unassign-user", user: at("leo") });
    await cycle(company);
  });
  afterAll(() => setting.company.stop());

  test("is the cause for a leaver who stays active", async () => {
    expect(endingOf(await tellWhy([at("leo")], setting.asked))).toEqual(
      certain("quarantine", /in quarantine \(TooManyDeletes\)/),
    );
  });

  test("is named for a user with whom nothing is wrong yet", async () => {
    expect(endingOf(await tellWhy([at("hana")], setting.asked))).toEqual(
      certain("quarantine", /TooManyDeletes/),
    );
  });
});

describe("an API token that Astro refuses", () => {
  test("is the cause at Entra ID, whose job is in quarantine because of it", async () => {
    const { company, asked } = await entraCompany();
    try {
      company.astro.faults.set(["status=401"]);
      company.company.act({ kind: "assign-user", user: at("mia") });
      await cycle(company);
      company.astro.faults.clear();
      expect(endingOf(await tellWhy([at("mia")], asked))).toEqual(
        certain("token-expired", /^Astro refuses the API token that Entra ID has/),
      );
    } finally {
      await company.stop();
    }
  });

  test("is the cause at Okta, whose task failed because of it", async () => {
    const { company, astro, okta, stop } = await startEmulatedOkta({
      directory: aDirectory({ users: [aUser(at("hana"))] }),
      keep: true,
    });
    try {
      await company.settled();
      astro.faults.set(["status=401"]);
      company.act({ kind: "create-user", user: aUser(at("newt")), assigned: true, groups: [] });
      await company.settled();
      astro.faults.clear();
      const source = ["--from", "okta", "--okta-url", okta.url, "--okta-app", "Astro"];
      const asked = { source, env: { OKTA_CLIENT_TOKEN: oktaToken }, astro };
      expect(endingOf(await tellWhy([at("newt")], asked))).toEqual(
        likely("token-expired", /^Astro refuses the API token that Okta has/),
      );
    } finally {
      await stop();
    }
  });
});
