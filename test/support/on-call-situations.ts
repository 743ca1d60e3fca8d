/** How each situation of docs/runbook.md comes about, by the heading of its section. */

import { anEntraUser, aUser } from "./builders.ts";
import type { CompanyAction } from "../../src/emulators/company/company.ts";
import type { EmulatedCompany } from "./emulated-company.ts";
import { iamClient } from "./iam-client.ts";
import { at, type OnCallCompany } from "./on-call-company.ts";
import { scimClient } from "./scim-client.ts";

export interface Situation {
  readonly plant: (company: OnCallCompany) => Promise<void>;
  /** Of a command line: Ctrl-C is pressed as soon as this is printed. */
  readonly pressing?: Readonly<Record<string, string>>;
}

export const plants: Readonly<Record<string, Situation>> = {
  "A Team is out of sync": {
    plant: async ({ okta }) => {
      const [team, user] = [await teamId(okta, "data-platform"), await userId(okta, "grace")];
      await iamClient(okta.astro).delete(`/teams/${team}/members/${user}`);
    },
  },
  "An account is left behind": {
    plant: async ({ okta }) =>
      failing(okta, "status=500,method=PUT,path=/Users", { kind: "unassign-user", user: at("peter") }),
  },
  "A user never appears": {
    plant: async ({ okta }) => failing(okta, "status=500,method=POST,path=/Users", joiner("nora")),
  },
  "Entra ID's provisioning is in quarantine": {
    plant: async ({ entra }) => {
      entra.astro.faults.set(["status=401"]);
      entra.company.act({ kind: "create-user", user: anEntraUser(at("nora")), assigned: false, groups: [] });
      entra.company.act({ kind: "add-member", group: "data-platform", user: at("nora") });
      entra.company.runCycle();
      await entra.company.settled();
      entra.astro.faults.clear();
    },
  },
  "A push mapping is in ERROR": {
    plant: async ({ okta }) =>
      failing(okta, "status=400,method=PUT,path=/Groups", {
        kind: "add-member",
        group: "analytics",
        user: at("grace"),
      }),
  },
  "A leaver has no link": {
    plant: async ({ okta }) => act(okta, { kind: "deactivate-user", user: at("lea") }),
  },
  "Somebody deleted a Team in Astro": {
    plant: async ({ okta }) => {
      const iam = iamClient(okta.astro);
      const team = await teamId(okta, "finance");
      await iam.post(`/teams/${team}/roles`, { organizationRole: "ORGANIZATION_BILLING_ADMIN" });
      await iam.delete(`/teams/${team}`);
    },
  },
  "A repair was interrupted": {
    plant: async ({ okta }) =>
      failing(okta, "status=500,method=POST,path=/Users", joiner("mia"), joiner("ned"), joiner("sam")),
    pressing: { "resync --all --concurrency 1 --yes --from okta --profile prod": "✓" },
  },
  "A repair was wrong": {
    plant: async ({ okta, run }) => {
      await scimClient(okta.astro).post("/Users", { userName: at("reports"), active: true });
      const roles = { organizationRole: "ORGANIZATION_BILLING_ADMIN" };
      await iamClient(okta.astro).post(`/users/${await userId(okta, "reports")}/roles`, roles);
      await run("delete --all --yes --from okta --profile prod");
    },
  },
};

const joiner = (name: string): CompanyAction => ({
  kind: "create-user",
  user: aUser(at(name)),
  assigned: true,
  groups: [],
});

/** Does it, and waits until the provider has done what follows. */
async function act({ company }: EmulatedCompany, ...actions: readonly CompanyAction[]): Promise<void> {
  for (const action of actions) company.act(action);
  await company.settled();
}

/** The same while Astro fails. */
async function failing(
  emulated: EmulatedCompany,
  fault: string,
  ...actions: readonly CompanyAction[]
): Promise<void> {
  emulated.astro.faults.set([fault]);
  await act(emulated, ...actions);
  emulated.astro.faults.clear();
}

async function userId(company: EmulatedCompany, name: string): Promise<string> {
  return idIn(company, `/Users?filter=userName eq "${at(name)}"`);
}

async function teamId(company: EmulatedCompany, name: string): Promise<string> {
  return idIn(company, `/Groups?filter=displayName eq "${name}"`);
}

async function idIn({ astro }: EmulatedCompany, path: string): Promise<string> {
  const { body } = await scimClient(astro).get(encodeURI(path));
  return body.Resources[0].id;
}
