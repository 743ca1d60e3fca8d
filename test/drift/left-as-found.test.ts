/** Accounts that stay active because the provider sends nothing about their users: nobody is told that all is well. */

import { expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const leavers = {
  entra: `idp: entra
app: { users: { mappings: { active: null } } }
users:
  - { userPrincipalName: ada@example.com, mail: ada@example.com, displayName: Ada }
  - { userPrincipalName: bob@example.com, mail: bob@example.com, displayName: Bob }
timeline:
  - name: Ada leaves
    do: [{ unassign: ada@example.com }]
`,
  okta: `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }
  - { email: bob@example.com, firstName: Bob, lastName: Kahn }
timeline:
  - name: Ada is suspended
    do: [{ suspend: ada@example.com }]
`,
} as const;

test.each(["entra", "okta"] as const)(
  "%s: an account that is left active is listed and summed up",
  async (idp) => {
    const cwd = await tempFolder({ "leaver.yaml": leavers[idp] });
    const { stdout } = await runCommand(["simulate", idp, "leaver.yaml"], { cwd });
    expect(stdout).toContain(
      "Active, and not changed: the provider sends nothing about these users (not counted)\n  ? ada@example.com  ",
    );
    expect(stdout).toContain(
      "1 active user; listed apart: 1 active user about whom the provider sends nothing.".slice(14),
    );
    const json = await runCommand(["simulate", idp, "leaver.yaml", "--json"], { cwd });
    const { comparison } = JSON.parse(json.stdout) as { comparison: { drift: { leftAsFound: object[] } } };
    expect(comparison.drift.leftAsFound).toMatchObject([{ userName: "ada@example.com" }]);
  },
);

test("an app role that is taken away and that nothing removes is named as not compared", async () => {
  const cwd = await tempFolder({
    "roles.yaml": `idp: entra
app:
  users:
    mappings: { roles: "AppRoleAssignmentsComplex([appRoleAssignments])" }
users:
  - { userPrincipalName: ada@example.com, mail: ada@example.com, displayName: Ada, profile: { appRoleAssignments: [viewer] } }
timeline:
  - name: No role any more
    do: [{ update: { user: ada@example.com, set: { profile: { appRoleAssignments: [] } } } }]
`,
  });
  const { stdout } = await runCommand(["simulate", "entra", "roles.yaml"], { cwd });
  expect(stdout).toContain("not compared: roles");
});
