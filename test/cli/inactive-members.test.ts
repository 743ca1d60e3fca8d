/** Memberships of inactive accounts in what a step expects of a Team, on a server that keeps them. */

import { describe, expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("an inactive member", () => {
  const company = (step: string): string => `idp: okta
users:
  - { email: ada@example.com, firstName: Ada }
  - { email: grace@example.com, firstName: Grace }
groups:
  - { name: data, push: true, members: [ada@example.com] }
astro:
  behaviour: { deactivation: keeps-memberships }
  users: [{ email: ada@example.com }, { email: grace@example.com }]
  teams: [{ name: local, members: [ada@example.com, grace@example.com] }]
timeline:
  - name: Grace leaves
    do: [{ deactivate: grace@example.com }]
    expect: { ${step} }
`;

  test.each<[what: string, step: string, status: number]>([
    ["does not count", "teams: { local: [ada@example.com] }", 0],
    ["who is expected is a mistake", "teams: { local: [ada@example.com, grace@example.com] }", 1],
    [
      "counts where the step says so",
      "countInactive: true, teams: { local: [ada@example.com, grace@example.com] }",
      0,
    ],
    [
      "who counts is missed where nobody expects it",
      "countInactive: true, teams: { local: [ada@example.com] }",
      1,
    ],
  ])("%s", async (_what, step, status) => {
    const cwd = await tempFolder({ "f.yaml": company(step) });
    expect(await runCommand(["simulate", "okta", "f.yaml", "-q"], { cwd })).toMatchObject({ status });
  });

  test("who is expected is told with what to do", async () => {
    const cwd = await tempFolder({
      "f.yaml": company("teams: { local: [ada@example.com, grace@example.com] }"),
    });
    const { stdout } = await runCommand(["simulate", "okta", "f.yaml", "-q"], { cwd });
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "grace@example.com has an inactive account, and memberships of inactive accounts do not count: " +
        "remove it from the list, or add countInactive: true to expect if the server keeps them.",
    );
  });
});
