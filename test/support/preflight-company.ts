/** A company before the day on which SCIM is switched on, in which nothing is in the way; tests plant what they look for. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type * as z from "zod";
import { readFixture } from "../../src/fixture/read.ts";
import { startServer } from "../../src/server/start.ts";
import { iamClient } from "./iam-client.ts";
import { preflightShape } from "./json-shapes.ts";
import { runCommand, type CommandResult } from "./run-command.ts";
import { tempFolder } from "./temp-folder.ts";

/** What is different from the company in which nothing is in the way; entries of YAML lists. */
export interface Planted {
  readonly idp?: "okta" | "entra";
  /** Keys below `app:`. */
  readonly app?: string;
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
  readonly accounts?: readonly string[];
  readonly teams?: readonly string[];
  /** Keys of `astro.organization`. */
  readonly organization?: string;
  /** `astro.behaviour`. */
  readonly behaviour?: string;
  readonly flags?: readonly string[];
  /** Resources of Terraform, given the ids that Astro has by name. */
  readonly terraform?: (idOf: (name: string) => string) => readonly object[];
}

const people = {
  okta: [
    "{ email: ada@example.com, firstName: Ada, lastName: King, displayName: Ada King }",
    "{ email: bob@example.com, firstName: Bob, lastName: Ray, displayName: Bob Ray }",
  ],
  entra: [
    "{ mail: ada@example.com, displayName: Ada King }",
    "{ mail: bob@example.com, displayName: Bob Ray }",
  ],
};
const provides = { okta: "push: true", entra: "assign: true" };
const app = { okta: undefined, entra: "{ accidentalDeletionThreshold: 2 }" };

/** As YAML: Ada and Bob are to come with one Team, Astro holds the owner whom the file protects. */
export function preflightCompany({ idp = "okta", ...planted }: Planted = {}): string {
  const { users = [], groups = [], accounts = [], teams = [], behaviour } = planted;
  const { organization = "isScimEnabled: false, managedDomains: [{ name: example.com }]" } = planted;
  const settings = planted.app ?? app[idp];
  const list = (entries: readonly string[], indent: string): string =>
    entries.map((entry) => `${indent}- ${entry}\n`).join("");
  return `idp: ${idp}
organization: cknaqyipv05731evsry6cj4n0
${settings === undefined ? "" : `app: ${settings}\n`}users:
${list([...people[idp], ...users], "  ")}groups:
${list([`{ name: data, ${provides[idp]}, members: [ada@example.com, bob@example.com] }`, ...groups], "  ")}protect: [root@example.com]
astro:
  organization: { ${organization} }
  workspaces: [{ name: Space, id: cm3k8f0aw000108l4c2d9h6qz }]
${behaviour === undefined ? "" : `  behaviour: ${behaviour}\n`}  users:
${list(["{ email: root@example.com, role: ORGANIZATION_OWNER }", ...accounts], "    ")}${
    teams.length === 0 ? "" : `  teams:\n${list(teams, "    ")}`
  }`;
}

export type PreflightJson = z.infer<typeof preflightShape>;

export interface Preflighted extends CommandResult {
  readonly json: PreflightJson;
  /** `kind subject`. */
  readonly found: readonly string[];
}

/** `preflight --json` of that company for a local Astro over HTTP. */
export async function preflightOf(planted: Planted = {}): Promise<Preflighted> {
  const text = preflightCompany(planted);
  const { astro: seed, organization } = readFixture("company.yaml", text);
  const server = await startServer({ seed, organizationId: organization });
  onTestFinished(() => server.close());
  const cwd = await tempFolder({ "company.yaml": text });
  const terraform: string[] = [];
  if (planted.terraform !== undefined) {
    const iam = iamClient(server);
    const ids = new Map<string, string>();
    for (const { id, username } of (await iam.get("/users")).body.users) ids.set(username, id);
    for (const { id, name } of (await iam.get("/teams")).body.teams) ids.set(name, id);
    const resources = planted.terraform((name) => ids.get(name) ?? name);
    await writeFile(join(cwd, "terraform.json"), terraformState(resources));
    terraform.push("--terraform", "terraform.json");
  }
  const words = ["preflight", "company.yaml", "--url", server.url, "--token", server.token, "--json"];
  return preflighted(
    await runCommand([...words, "--just-in-time", "off", ...terraform, ...(planted.flags ?? [])], { cwd }),
  );
}

export function preflighted(result: CommandResult): Preflighted {
  if (result.status !== 0 && result.status !== 1 && !result.stdout.includes('"verdict"')) {
    throw new Error(result.stderr);
  }
  const json = preflightShape.parse(JSON.parse(result.stdout));
  const found = json.findings.map(({ kind, subject }) => (subject === null ? kind : `${kind} ${subject}`));
  return { ...result, json, found };
}

/** As `terraform show -json` writes a state: the last resource is in a child module. */
export function terraformState(resources: readonly object[]): string {
  const all = resources.map((resource) => ({
    mode: "managed",
    provider_name: "registry.terraform.io/astronomer/astro",
    schema_version: 0,
    ...resource,
  }));
  return JSON.stringify({
    format_version: "1.0",
    terraform_version: "1.9.0",
    values: {
      root_module: {
        resources: all.slice(0, -1),
        child_modules: [
          { address: "module.m", child_modules: [{ address: "module.m.n", resources: all.slice(-1) }] },
        ],
      },
    },
  });
}
