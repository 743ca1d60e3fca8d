import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { JsonObject } from "../../../src/ground/json.ts";
import type { EntraMapping } from "../../../src/directory/entra-app-settings.ts";
import { aDirectory, anEntraUser } from "../../support/builders.ts";
import { list, text } from "../../support/conversation.ts";
import { tinyScim } from "../../support/tiny-scim.ts";
import { guid, rehearseEntra } from "../../support/entra-rehearsal.ts";
import { directRow, mappedUsers, outcomesOf, watchEntra } from "../../support/watched-entra.ts";

const ada = "ada@example.com";
const byTitle: readonly EntraMapping[] = [
  directRow("userName", "mail"),
  directRow("title", "jobTitle", { matching: 1 }),
];

describe("userName taken out of matching (Microsoft: Customize attribute mappings)", () => {
  const directory = aDirectory({
    users: [
      anEntraUser(ada, { profile: { jobTitle: "Engineer" } }),
      anEntraUser("grace@example.com", { profile: { jobTitle: "Engineer" } }),
    ],
  });
  const found: JsonObject = { id: "u1", userName: ada, active: true, displayName: "ada", title: "Engineer" };

  test("probes and look-ups go by the attribute that matches, and the account keeps its userName as its name", async () => {
    const { entra, server } = watchEntra(directory, { settings: mappedUsers(...byTitle) });
    const run = await entra.begin();
    expect(server.lines.slice(0, 3)).toEqual([
      `GET /Users?filter=title+eq+%22${guid}%22`,
      expect.stringContaining("GET /Groups"),
      "GET /Users?filter=title+eq+%22Engineer%22",
    ]);
    expect(run.reports[0]?.subject.name).toBe(ada);
    expect([...entra.memory.users.values()][0]).toMatchObject({ name: ada, values: { userName: ada } });
  });

  test("the second of two whom the attribute matches fails with that attribute and its value", async () => {
    const server = tinyScim({
      intercept: ({ method, path }) =>
        method === "GET" && path.includes("Engineer") ? list(found) : undefined,
    });
    const entra = rehearseEntra(directory, server.send, mappedUsers(...byTitle));
    const run = await entra.begin();
    expect(outcomesOf(run)).toEqual([`${ada} linked`, "grace@example.com DuplicateSourceEntries"]);
    const [escrow] = [...entra.memory.escrows.values()];
    expect(escrow?.task.reason).toBe(
      'Another object of Entra ID is already linked to the target\'s object with title "Engineer"',
    );
  });

  test("of several matching attributes, the message names the one that hit", async () => {
    const server = tinyScim({
      intercept: ({ method, path }) =>
        method === "GET" && path.includes("Engineer") ? list(found) : undefined,
    });
    const settings = mappedUsers(
      directRow("userName", "mail", { matching: 1 }),
      directRow("title", "jobTitle", { matching: 2 }),
    );
    const entra = rehearseEntra(directory, server.send, settings);
    await entra.begin();
    expect([...entra.memory.escrows.values()][0]?.task.reason).toContain('with title "Engineer"');
  });
});

// Any answer to a look-up: what it is depends on how many of its resources fit, and on nothing else.
test("a look-up is one hit, none, duplicates, several entries of which some fit, or an ignored filter", async () => {
  const directory = aDirectory({ users: [anEntraUser(ada)] });
  const resource = fc.constantFrom<readonly [name: string | undefined, fits: boolean]>(
    [ada, true],
    ["ADA@Example.com", true],
    [undefined, true],
    ["root@example.com", false],
    ["", true],
  );
  await fc.assert(
    fc.asyncProperty(fc.array(resource, { maxLength: 4 }), async (resources) => {
      const answer = list(
        ...resources.map(([userName], index) => ({
          id: `u${index}`,
          active: true,
          displayName: "ada",
          ...(userName === undefined ? {} : { userName }),
        })),
      );
      const server = tinyScim({
        intercept: ({ method, path }) => {
          if (method === "PATCH") return text(204);
          return method === "GET" && path.includes("ada%40") ? answer : undefined;
        },
      });
      const [outcome] = outcomesOf(await rehearseEntra(directory, server.send).begin());
      const fitting = resources.filter(([, fits]) => fits).length;
      expect(outcome).toMatch(expected(resources.length, fitting));
    }),
  );
});

function expected(hits: number, fitting: number): RegExp {
  if (hits === 0) return /created$/;
  if (fitting === 0) return / SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering$/;
  if (fitting < hits) return / SystemForCrossDomainIdentityManagementMultipleEntriesInResponse$/;
  return fitting > 1 ? / DuplicateTargetEntries$/ : / linked$/;
}
