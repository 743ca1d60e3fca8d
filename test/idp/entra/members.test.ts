import { describe, expect, test } from "vitest";

import { resolveEntraFidelity } from "../../../src/fidelity/resolve.ts";
import type { JsonValue } from "../../../src/ground/json.ts";
import type { WireRequest } from "../../../src/wire/exchange.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import { json, list, scimError } from "../../support/conversation.ts";
import { rehearseEntra } from "../../support/entra-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";
import { outcomesOf, patchOf, watchEntra } from "../../support/watched-entra.ts";

const names = ["ada", "alan", "barbara", "edsger", "grace", "kathleen", "tony"];
const mails = names.map((name) => `${name}@example.com`);
const directory = aDirectory({
  users: mails.map((mail) => anEntraUser(mail)),
  groups: [aGroup("Data", mails)],
  assignedUsers: [],
  assignedGroups: ["Data"],
});
const ids = mails.map((_mail, index) => `Users-${index + 1}`);

/** The values of the operations about members, in their order. */
function membersIn(bodies: readonly JsonValue[]): readonly JsonValue[] {
  return bodies.filter((body) => JSON.stringify(body).includes('"path":"members"'));
}

// Captain-P-Goldfish/SCIM-SDK #646.
test("each member is added by a PATCH of its own", async () => {
  const { entra, bodies } = watchEntra(directory);
  await entra.begin();
  expect(membersIn(bodies())).toEqual(
    ids.map((value) => patchOf({ op: "add", path: "members", value: [{ value }] })),
  );
});

describe("entraMemberVerb replace (Microsoft SCIM Validator)", () => {
  test("the list has all members that were sent, and the new ones", async () => {
    const { entra, server, bodies } = watchEntra(directory, {
      given: { entraMemberVerb: "replace", entraMembersPerPatch: 3, entraParallelMembers: 5 },
    });
    await entra.begin();
    const replace = (count: number): JsonValue =>
      patchOf({ op: "replace", path: "members", value: ids.slice(0, count).map((value) => ({ value })) });
    expect(membersIn(bodies())).toEqual([replace(3), replace(6), replace(7)]);
    expect(server.members("Data")).toEqual(mails);
    await entra.act({ kind: "remove-member", group: "Data", user: mails[0] ?? "" });
    expect(server.members("Data")).toEqual(mails.slice(1));
    await entra.act(
      { kind: "assign-user", user: mails[0] ?? "" },
      { kind: "add-member", group: "Data", user: mails[0] ?? "" },
    );
    expect(server.members("Data")).toEqual(mails);
  });

  test("the first member of a group is sent as the Validator sends it", async () => {
    const one = aDirectory({
      users: [anEntraUser("ada@example.com")],
      groups: [aGroup("Data", ["ada@example.com"])],
      assignedGroups: ["Data"],
    });
    const { entra, bodies } = watchEntra(one, { given: { entraMemberVerb: "replace" } });
    await entra.begin();
    expect(bodies().at(-1)).toEqual(
      patchOf({ op: "replace", path: "members", value: [{ value: "Users-1" }] }),
    );
  });
});

describe("entraParallelMembers", () => {
  interface Crowd {
    readonly most: number;
    readonly members: readonly string[] | undefined;
    readonly outcomes: readonly string[];
    readonly escrows: number;
  }

  async function cycle(
    entraParallelMembers: number,
    fails: (request: WireRequest) => boolean,
  ): Promise<Crowd> {
    const server = tinyScim({
      intercept: (request) => (fails(request) ? scimError(500, "oops") : undefined),
    });
    let open = 0;
    let most = 0;
    const entra = rehearseEntra(
      directory,
      async (request) => {
        const isMembers = request.method === "PATCH" && request.path.startsWith("/Groups");
        if (isMembers) open += 1;
        most = Math.max(most, open);
        const answer = await server.send(request);
        await Promise.resolve();
        if (isMembers) open -= 1;
        return answer;
      },
      { fidelity: resolveEntraFidelity({ entraParallelMembers }) },
    );
    const run = await entra.begin();
    return {
      most,
      members: server.members("Data"),
      outcomes: outcomesOf(run).filter((line) => line.startsWith("Data")),
      escrows: entra.memory.escrows.size,
    };
  }

  test.each([1, 5, 20])("%i requests about one group at once, and every member is there", async (count) => {
    const { most, members, escrows } = await cycle(count, () => false);
    expect(most).toBe(Math.min(count, mails.length));
    expect(members).toEqual(mails);
    expect(escrows).toBe(0);
  });

  test("what fails is one object in escrow, whoever of the crowd fails and whoever ends last", async () => {
    for (const failing of ids) {
      const { members, outcomes, escrows } = await cycle(
        5,
        ({ method, body }) => method === "PATCH" && JSON.stringify(body).includes(`"${failing}"`),
      );
      expect(members).not.toContain(mails[ids.indexOf(failing)]);
      expect(outcomes.filter((line) => line.endsWith("InternalServerError"))).toHaveLength(1);
      expect(escrows).toBe(1);
    }
  });

  test("all that fail are one object, which the next cycle tries again whole", async () => {
    let isDown = true;
    const { entra, server } = watchEntra(directory, {
      given: { entraParallelMembers: 3 },
      intercept: ({ method, path }) =>
        isDown && method === "PATCH" && path.startsWith("/Groups") ? scimError(500, "oops") : undefined,
    });
    await entra.begin();
    expect([...entra.memory.escrows.values()]).toMatchObject([{ retries: 0 }]);
    isDown = false;
    await entra.act();
    expect(server.members("Data")).toEqual(mails);
    expect(entra.memory.escrows.size).toBe(0);
  });
});

// Microsoft: Understand how provisioning logs work, error codes.
describe("a group that is returned with its members, although they are excluded", () => {
  const group = { id: "Groups-8", displayName: "Data", members: [{ value: "Users-1" }] };
  const code = "SystemForCrossDomainIdentityManagementMultipleEntriesInResponse";

  test.each<[what: string, entraMembersReturned: string, outcomes: readonly string[]]>([
    ["in a look-up", "error", [`Data ${code}`]],
    ["in a look-up", "ignored", ["Data linked", "Data updated"]],
  ])("%s: %s", async (_what, entraMembersReturned, outcomes) => {
    const { entra } = watchEntra(directory, {
      given: { entraMembersReturned },
      intercept: ({ method, path }) => {
        if (method === "GET" && path.endsWith("%22Data%22")) return list(group);
        return method === "PATCH" ? json(200, group) : undefined;
      },
    });
    expect(outcomesOf(await entra.begin()).filter((line) => line.startsWith("Data"))).toEqual(outcomes);
  });

  test("when it is read before a change", async () => {
    const { entra } = watchEntra(directory, {
      intercept: ({ path }) => (path.startsWith("/Groups/Groups-8?") ? json(200, group) : undefined),
    });
    await entra.begin();
    const run = await entra.act({ kind: "remove-member", group: "Data", user: mails[0] ?? "" });
    expect(outcomesOf(run)).toContain(`Data ${code}`);
  });

  test("without any is as good as without the attribute", async () => {
    const { entra } = watchEntra(directory, {
      intercept: ({ method, path }) =>
        method === "GET" && path.startsWith("/Groups/") ? json(200, { ...group, members: [] }) : undefined,
    });
    await entra.begin();
    const run = await entra.act({ kind: "remove-member", group: "Data", user: mails[0] ?? "" });
    expect(outcomesOf(run)).toContain("Data updated");
  });
});
