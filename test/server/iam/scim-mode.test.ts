/** What SCIM mode changes for those who manage Teams in Astro itself: each action, on each kind of Team (Astro docs: Manage Teams). */

import { describe, expect, onTestFinished, test } from "vitest";
import type { Behaviour } from "../../../src/astro/behaviour/table.ts";
import { startServer } from "../../../src/server/start.ts";
import { iamClient, type IamClient } from "../../support/iam-client.ts";
import { scimClient } from "../../support/scim-client.ts";

interface Scene {
  readonly iam: IamClient;
  readonly ada: string;
  readonly bob: string;
  /** The Team that the action is about, with ada in it. */
  readonly teamId: string;
}

type Mode = "SCIM off" | "SCIM on, Team made before SCIM" | "SCIM on, IdP-managed Team";

async function sceneOf(mode: Mode, behaviour: Partial<Behaviour> = {}): Promise<Scene> {
  const server = await startServer({ behaviour });
  onTestFinished(() => server.close());
  const [iam, scim] = [iamClient(server), scimClient(server)];
  const [ada, bob] = [await scim.user("ada@example.com"), await scim.user("bob@example.com")];
  const enable = (isScimEnabled: boolean): Promise<unknown> =>
    iam.post("", { name: "Acme", billingEmail: "", isScimEnabled });
  if (mode === "SCIM on, IdP-managed Team") return { iam, ada, bob, teamId: await scim.team("core", ada) };
  await enable(false);
  const teamId = await iam.team("core", { memberIds: [ada] });
  if (mode === "SCIM on, Team made before SCIM") await enable(true);
  return { iam, ada, bob, teamId };
}

const actions = {
  "create a Team": ({ iam }: Scene) => iam.post("/teams", { name: "edge" }),
  "add a member": ({ iam, teamId, bob }: Scene) => iam.post(`/teams/${teamId}/members`, { memberIds: [bob] }),
  "remove a member": ({ iam, teamId, ada }: Scene) => iam.delete(`/teams/${teamId}/members/${ada}`),
  "delete the Team": ({ iam, teamId }: Scene) => iam.delete(`/teams/${teamId}`),
  "change the name": ({ iam, teamId }: Scene) => iam.post(`/teams/${teamId}`, { name: "edge" }),
  "change the description": ({ iam, teamId }: Scene) =>
    iam.post(`/teams/${teamId}`, { name: "core", description: "The core" }),
  "change the roles": ({ iam, teamId }: Scene) =>
    iam.post(`/teams/${teamId}/roles`, { organizationRole: "ORGANIZATION_OWNER" }),
} as const;

type Verdict = "allowed" | "refused";

/** A cell that is not documented has a switch, which is named; its default is the verdict. */
type Cell = Verdict | readonly [Verdict, keyof Behaviour];

const off = "SCIM off";
const before = "SCIM on, Team made before SCIM";
const managed = "SCIM on, IdP-managed Team";

const table: Readonly<Record<keyof typeof actions, Readonly<Record<Mode, Cell>>>> = {
  "create a Team": { [off]: "allowed", [before]: "refused", [managed]: "refused" },
  "add a member": { [off]: "allowed", [before]: "refused", [managed]: "refused" },
  "remove a member": { [off]: "allowed", [before]: "allowed", [managed]: ["allowed", "removeFromIdpTeam"] },
  "delete the Team": { [off]: "allowed", [before]: "allowed", [managed]: ["allowed", "deleteIdpTeam"] },
  "change the name": {
    [off]: "allowed",
    [before]: ["allowed", "renameLocalTeam"],
    [managed]: ["allowed", "renameIdpTeam"],
  },
  "change the description": {
    [off]: "allowed",
    [before]: ["allowed", "renameLocalTeam"],
    [managed]: ["allowed", "renameIdpTeam"],
  },
  "change the roles": { [off]: "allowed", [before]: "allowed", [managed]: "allowed" },
};

const cells = Object.entries(table).flatMap(([action, modes]) =>
  Object.entries(modes).map(([mode, cell]) => ({
    action: action as keyof typeof actions,
    mode: mode as Mode,
    verdict: typeof cell === "string" ? cell : cell[0],
    switchName: typeof cell === "string" ? undefined : cell[1],
  })),
);

async function everything({ iam, teamId }: Scene): Promise<unknown> {
  return [(await iam.get("/teams")).body, (await iam.get(`/teams/${teamId}/members`)).body];
}

const allowed = cells.filter(({ verdict }) => verdict === "allowed");
const refused = cells.filter(({ verdict }) => verdict === "refused");

test.each(allowed)("$mode: $action is allowed", async ({ action, mode }) => {
  const scene = await sceneOf(mode);
  const held = await everything(scene);
  expect([200, 204]).toContain((await actions[action](scene)).status);
  expect(await everything(scene)).not.toEqual(held);
});

test.each(refused)("$mode: $action is refused, and nothing changes", async ({ action, mode }) => {
  const scene = await sceneOf(mode);
  const held = await everything(scene);
  const { status, body } = await actions[action](scene);
  expect([status, body.statusCode, body.message]).toEqual([
    400,
    400,
    expect.stringMatching(/in Astro while SCIM is enabled; use the identity provider$/),
  ]);
  expect(await everything(scene)).toEqual(held);
});

describe("a cell that is not documented is a switch", () => {
  test.each(
    cells.flatMap((cell) => (cell.switchName === undefined ? [] : [{ ...cell, name: cell.switchName }])),
  )("$mode: $action with $name=refuse", async ({ action, mode, name }) => {
    const scene = await sceneOf(mode, { [name]: "refuse" });
    const held = await everything(scene);
    expect((await actions[action](scene)).status).toBe(400);
    expect(await everything(scene)).toEqual(held);
  });
});

test("a refusal is 403 where the behaviour says so", async () => {
  const { iam } = await sceneOf(managed, { scimModeRefusal: "forbidden" });
  const { status, body } = await iam.post("/teams", { name: "edge" });
  expect([status, body.statusCode]).toEqual([403, 403]);
});
