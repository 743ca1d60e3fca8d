/** A new account on a target whose /Schemas may not tell all: what does not seem to be kept is sent, as a provider does. */

import { expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const docker = "urn:ietf:params:scim:schemas:extension:docker:2.0:User:dockerRole";
const fixture = `idp: okta
app:
  mappings:
    department: user.department
    ${docker}: user.dockerRole
users:
  - { email: ada@example.com, id: 00uAda, firstName: Ada, lastName: King, profile: { department: Engines, dockerRole: editor } }
`;

test("resync creates it with what /Schemas do not have: what is kept is compared from then on, what is not is named", async () => {
  const cwd = await tempFolder({
    "company.yaml": fixture,
    "moved.yaml": fixture.replace("department: Engines", "department: Board"),
  });
  const astro = await startWatchedAstro({
    fixture,
    after: ({ path }, answer) => {
      if (!path.startsWith("/Schemas")) return answer;
      const all = JSON.parse(answer.body).Resources;
      const Resources = all.filter(({ id }: { id: string }) => id !== enterprise);
      const body = JSON.stringify({ totalResults: Resources.length, startIndex: 1, Resources });
      return { ...answer, headers: { "content-type": "application/scim+json" }, body };
    },
  });
  const run = (...words: readonly string[]) => runCommand([...words, ...astro.target], { cwd });
  const resync = ["resync", "--all", "--yes", "--from", "company.yaml"];

  expect(await run(...resync)).toMatchObject({ status: 0 });
  expect(JSON.parse(astro.writtenBodies[0] ?? "")).toMatchObject({ [enterprise]: { department: "Engines" } });
  const same = await run("diff", "company.yaml", "--json");
  expect([same.status, JSON.parse(same.stdout).notCompared]).toMatchObject([
    0,
    [{ attribute: docker, why: "not-kept", users: 1 }],
  ]);
  expect(await run("diff", "moved.yaml")).toMatchObject({
    status: 2,
    stdout: expect.stringContaining(`department is "Engines", should be "Board"`),
  });
  astro.forget();
  expect(await run(...resync)).toMatchObject({ status: 0 });
  expect(astro.writes()).toEqual([]);
});
