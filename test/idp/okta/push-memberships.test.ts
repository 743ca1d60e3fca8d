/** "Push group memberships immediately" unticked (Okta: Enable Group Push): a group comes without its members. */

import { describe, expect, test } from "vitest";
import type { OktaIntegration } from "../../../src/directory/app-settings.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { outcomes, rehearse, type Rehearsal } from "../../support/okta-rehearsal.ts";
import { tinyScim, type TinyScim } from "../../support/tiny-scim.ts";

const [ada, grace, root] = ["ada@example.com", "grace@example.com", "root@example.com"];

const integrations: readonly OktaIntegration[] = ["manual", "catalog", "wizard"];

async function start(
  integration: OktaIntegration,
  { existing, renameGroups = true }: { readonly existing?: string; readonly renameGroups?: boolean } = {},
): Promise<{ readonly server: TinyScim; readonly okta: Rehearsal }> {
  const server = tinyScim();
  if (existing !== undefined) {
    const post = (path: string, body: Record<string, string | { value: string }[]>) =>
      server.send({ method: "POST", path, headers: {}, body });
    await post("/Users", { userName: root });
    await post("/Groups", { displayName: existing, members: [{ value: "Users-1" }] });
    server.forget();
  }
  const directory = aDirectory({
    users: [aUser(ada), aUser(grace)],
    groups: [aGroup("data", [ada])],
    pushedGroups: ["data"],
  });
  const settings = { integration, renameGroups, pushMembershipsImmediately: false };
  const okta = rehearse(directory, server.send, settings);
  await okta.run();
  return { server, okta };
}

describe.each(integrations)("%s", (integration) => {
  test("a new Team is created empty, in one request, and a second run sends nothing", async () => {
    const { server, okta } = await start(integration);
    expect(server.writes().filter((line) => line.includes("/Groups"))).toEqual(["POST /Groups"]);
    expect(server.members("data")).toEqual([]);
    server.forget();
    await okta.run();
    expect(server.lines).toEqual([]);
  });

  test("a Team that is linked is renamed and keeps its members", async () => {
    const { server } = await start(integration, { existing: "DATA" });
    expect(server.writes().filter((line) => line.includes("/Groups"))).toHaveLength(1);
    expect(server.members("data")).toEqual([root]);
    expect(server.state().teams.get("data")?.displayName).toBe("data");
  });

  test("nothing at all is written to it where groups are not renamed", async () => {
    const { server } = await start(integration, { existing: "DATA", renameGroups: false });
    expect(server.writes().filter((line) => line.includes("/Groups"))).toEqual([]);
    expect(server.members("DATA")).toEqual([root]);
  });

  test("later changes are pushed, and Push now brings everybody (Inferred: a change brings itself alone)", async () => {
    const { server, okta } = await start(integration);
    await okta.act({ kind: "add-member", group: "data", user: grace });
    expect(server.members("data")).toEqual([grace]);
    expect(outcomes(await okta.act({ kind: "push-now", group: "data" }))).toEqual(["push-now data: updated"]);
    expect(server.members("data")).toEqual([ada, grace]);
  });
});
