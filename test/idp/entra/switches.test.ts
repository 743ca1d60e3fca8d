/** Switches of restarts, deletions and provision on demand: what each answer makes of the same events. */

import { expect, test } from "vitest";

import { resolveEntraFidelity } from "../../../src/fidelity/resolve.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import { probes, rehearseEntra, type EntraRehearsal } from "../../support/entra-rehearsal.ts";
import { tinyScim, type TinyScim } from "../../support/tiny-scim.ts";

const ada = "ada@example.com";

interface Started {
  readonly entra: EntraRehearsal;
  readonly server: TinyScim;
  /** `PATCH /Groups/…` as sent since the first cycle. */
  readonly lines: readonly string[];
}

async function afterFirstCycle(switches: Readonly<Record<string, string | number>>): Promise<Started> {
  const server = tinyScim();
  const lines: string[] = [];
  const directory = aDirectory({
    users: [anEntraUser(ada)],
    groups: [aGroup("Data", [ada])],
    assignedGroups: ["Data"],
  });
  const entra = rehearseEntra(
    directory,
    (request) => {
      lines.push(`${request.method} ${request.path}`);
      return server.send(request);
    },
    { fidelity: resolveEntraFidelity(switches) },
  );
  await entra.begin();
  lines.length = 0;
  return { entra, server, lines };
}

test.each([
  ["all", true],
  ["missing", false],
])("entraRestartMembers %s: memberships that were sent are sent again: %s", async (answer, sent) => {
  const { entra, lines } = await afterFirstCycle({ entraRestartMembers: answer });
  await entra.act({ kind: "restart-provisioning" });
  expect(lines.some((line) => line.startsWith("PATCH /Groups/"))).toBe(sent);
});

test.each([
  ["done", []],
  ["error", ["InvalidAnchor"]],
])(
  "entraDeleteGone %s: an account that is gone when Entra deletes it fails with %j",
  async (answer, codes) => {
    const { entra, server, lines } = await afterFirstCycle({ entraDeleteGone: answer });
    await entra.act({ kind: "soft-delete-user", user: ada });
    const account = lines.find((line) => line.startsWith("PATCH /Users/"))?.replace("PATCH ", "") ?? "";
    await server.send({ method: "DELETE", path: account, headers: {} });
    await entra.act({ kind: "purge-user", user: ada });
    expect(lines).toContain(`DELETE ${account}`);
    expect([...entra.memory.escrows.values()].map(({ task }) => task.code)).toEqual(codes);
  },
);

test.each([1, 3])("entraOnDemandProbes %i: provision on demand begins with as many probes", async (count) => {
  const { entra, lines } = await afterFirstCycle({ entraOnDemandProbes: count });
  await entra.press({ kind: "provision-user-on-demand", user: ada });
  expect(lines.filter((line) => probes.includes(line))).toHaveLength(count);
});
