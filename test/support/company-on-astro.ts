/** A local Astro with a small company, told apart by everything that `users` and `teams` show; always with the same ids. */

import { onTestFinished } from "vitest";
import { startServer, type AstroServer, type StartServerOptions } from "../../src/server/start.ts";
import { iamClient, type IamClient } from "./iam-client.ts";
import { runCommand, type CommandOptions, type CommandResult } from "./run-command.ts";
import { scimClient } from "./scim-client.ts";
import { seededWorld } from "./seeded-world.ts";
import { seedUser } from "./seed-user.ts";

export interface Company {
  readonly server: AstroServer;
  readonly iam: IamClient;
  /** By e-mail address, and by the name of a Team. */
  readonly ids: ReadonlyMap<string, string>;
  /** Runs a command with this Astro as its target. */
  readonly run: (words: readonly string[], options?: CommandOptions) => Promise<CommandResult>;
}

export const organizationId = "clmaxoarx000008l2c5ayb9pt";
export const workspaces = { etl: "clm8t5u4q000008jq4qoc3036", ml: "clm8t5u4q000008jq4qoc3037" };

/**
 * Olga owns the organization. Ada is in the pushed Team `data-platform` and the local Team `analysts`, Grace in the first.
 * Both Teams have roles in Workspaces, Ada one of her own. Ivan is inactive, Paul was invited.
 */
export async function startCompany(options: StartServerOptions = {}): Promise<Company> {
  const server = await startServer({
    world: seededWorld({ seed: 1 }),
    organizationId,
    seed: {
      users: [
        seedUser("olga@example.com", { displayName: "Olga Owner", role: "ORGANIZATION_OWNER" }),
        seedUser("Ada@Example.com", { displayName: "Ada Lovelace" }),
        seedUser("grace@example.com", { displayName: "Grace Hopper" }),
        seedUser("ivan@example.com", { displayName: "Ivan Inactive", active: false }),
      ],
      teams: [{ name: "analysts", members: ["Ada@Example.com"] }],
    },
    ...options,
  });
  onTestFinished(() => server.close());
  const iam = iamClient(server);
  const ids = new Map<string, string>();
  for (const { id, username } of (await iam.get("/users")).body.users) ids.set(username, id);
  const idOf = (name: string): string => ids.get(name) ?? "";
  await scimClient(server).team("data-platform", idOf("Ada@Example.com"), idOf("grace@example.com"));
  await iam.post("/invites", { inviteeEmail: "paul@example.com", role: "ORGANIZATION_MEMBER" });
  for (const { id, name } of (await iam.get("/teams")).body.teams) ids.set(name, id);
  const organizationRole = "ORGANIZATION_MEMBER";
  const roleIn = (workspaceId: string, role: string) => ({ workspaceId, role });
  await iam.post(`/teams/${idOf("data-platform")}/roles`, {
    organizationRole,
    workspaceRoles: [roleIn(workspaces.etl, "WORKSPACE_AUTHOR")],
  });
  await iam.post(`/teams/${idOf("analysts")}/roles`, {
    organizationRole,
    workspaceRoles: [roleIn(workspaces.etl, "WORKSPACE_MEMBER"), roleIn(workspaces.ml, "WORKSPACE_MEMBER")],
  });
  await iam.post(`/users/${idOf("Ada@Example.com")}/roles`, {
    organizationRole,
    workspaceRoles: [roleIn(workspaces.ml, "WORKSPACE_OPERATOR")],
    deploymentRoles: [{ deploymentId: "clm8t5u4q000008jq4qoc3038", role: "DEPLOYMENT_ADMIN" }],
  });
  const target = ["--url", server.url, "--token", server.token];
  return { server, iam, ids, run: async (words, more) => runCommand([...words, ...target], more) };
}
