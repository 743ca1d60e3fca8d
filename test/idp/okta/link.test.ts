/** "Link Group" to a Team of another name (Okta: Group Push; OIN test plan C9315, C9330). */

import { describe, expect, test } from "vitest";
import type { Action } from "../../../src/directory/action.ts";
import type { OktaAppSettings } from "../../../src/directory/app-settings.ts";
import { resolveOktaFidelity } from "../../../src/fidelity/resolve.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { outcomes, rehearse, type Rehearsal } from "../../support/okta-rehearsal.ts";
import { tinyScim, type TinyScim } from "../../support/tiny-scim.ts";

const [ada, root] = ["ada@example.com", "root@example.com"];
const link: Action = { kind: "push-group", group: "data", team: "Data Platform" };
const importNow: Action = { kind: "import", match: "userName", confirmsExact: true, groups: true };

/** An Okta that has provisioned Ada, and a server with a Team of another member. */
async function start(
  settings: Partial<OktaAppSettings> = {},
): Promise<{ server: TinyScim; okta: Rehearsal }> {
  const server = tinyScim();
  const post = (path: string, body: Record<string, unknown>) =>
    server.send({ method: "POST", path, headers: {}, body: JSON.parse(JSON.stringify(body)) });
  await post("/Users", { userName: root });
  await post("/Groups", { displayName: "Data Platform", members: [{ value: "Users-1" }] });
  const directory = aDirectory({ users: [aUser(ada)], groups: [aGroup("data", [ada])], pushedGroups: [] });
  const okta = rehearse(directory, server.send, settings);
  await okta.run();
  return { server, okta };
}

describe("after an import of groups", () => {
  test.each<[renameGroups: boolean, keep: boolean, team: string, members: string[]]>([
    [true, false, "data", [ada]],
    [false, false, "Data Platform", [ada]],
    [true, true, "data", [ada, root]],
    [false, true, "Data Platform", [ada, root]],
  ])("rename: %s, members stay: %s", async (renameGroups, keep, team, members) => {
    const fidelity = resolveOktaFidelity({ linkedMembers: keep ? "add" : "replace" });
    const { server, okta } = await start({ renameGroups, fidelity });
    await okta.act(importNow);
    server.forget();
    expect(outcomes(await okta.act(link))).toEqual(["push-group data: linked"]);
    expect(server.lines.map((line) => line.split("/")[1])).toEqual(["Groups", "Groups"]);
    expect(server.members(team)).toEqual(members);
    expect(okta.memory.pushMappings.get("00g-data")).toMatchObject({ sourceName: "data", targetName: team });
    server.forget();
    await okta.run();
    expect(server.lines).toEqual([]);
  });
});

test("a Team that no import has read cannot be chosen; after one, Retry links it", async () => {
  const { server, okta } = await start({ renameGroups: false });
  server.forget();
  expect(outcomes(await okta.act(link))).toEqual(["push-group data: failed"]);
  expect(server.lines).toEqual([]);
  const [task] = okta.memory.tasks.values();
  expect(task?.reason).toBe("no imported group is called Data Platform; import with groups, then retry");
  await okta.act(importNow);
  expect(outcomes(await okta.act({ kind: "retry", group: "data" }))).toEqual(["push-group data: linked"]);
  expect(server.members("Data Platform")).toEqual([ada, "root@example.com"]);
  expect(server.members("data")).toBeUndefined();
});
