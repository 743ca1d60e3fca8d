/** Servers that show the members of some Teams, and of others none or not all: what the users say of their groups is heard. */

import { describe, expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const company = `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: King }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper }
groups:
  - { name: data, members: [ada@example.com, grace@example.com], push: true }
  - { name: ops, members: [grace@example.com, ada@example.com], push: true }
`;

interface TeamJson {
  readonly displayName: string;
  members?: readonly unknown[];
}

/** Provisioned as above, behind a server that edits each answer about a Team; then Grace has left `data`, in the directory alone. */
async function after(edit: (team: TeamJson) => void) {
  const cwd = await tempFolder({
    "same.yaml": company,
    "left.yaml": company.replace("[ada@example.com, grace@example.com]", "[ada@example.com]"),
    "empty.yaml": company.replace("[ada@example.com, grace@example.com]", "[]"),
  });
  let isEdited = false;
  const astro = await startWatchedAstro({
    fixture: company,
    after: ({ path, method }, answer) => {
      if (!isEdited || method !== "GET" || !path.startsWith("/Groups")) return answer;
      const body = JSON.parse(answer.body);
      for (const team of body.Resources ?? [body]) edit(team);
      return {
        ...answer,
        headers: { "content-type": "application/scim+json" },
        body: JSON.stringify(body),
      };
    },
  });
  const run = (...words: readonly string[]) => runCommand([...words, ...astro.target], { cwd });
  await run("simulate", "okta", "same.yaml");
  isEdited = true;
  astro.forget();
  const diff = async (file: string) => {
    const { status, stdout } = await run("diff", file, "--json");
    const { changes, cannotTell } = JSON.parse(stdout);
    const teams = cannotTell.map(({ team }: { team: { name: string } }) => team.name);
    return { status, kinds: changes.map(({ kind }: { kind: string }) => kind), cannotTell: teams };
  };
  return { astro, run, diff };
}

describe("one Team says nothing of its members", () => {
  const hide = (team: TeamJson): void => {
    if (team.displayName === "data") delete team.members;
  };

  test("the users tell: it is the same, and who should not be in it is left over", async () => {
    const { diff } = await after(hide);
    expect(await diff("same.yaml")).toEqual({ status: 0, kinds: [], cannotTell: [] });
    for (const file of ["left.yaml", "empty.yaml"]) {
      expect(await diff(file)).toEqual({ status: 2, kinds: ["team-members-differ"], cannotTell: [] });
    }
  });

  test("push-group takes out who should not be in it, and nobody else", async () => {
    const { astro, run } = await after(hide);
    expect(await run("push-group", "data", "--yes", "--from", "left.yaml")).toMatchObject({ status: 0 });
    expect((await astro.state()).teams).toEqual({
      data: ["ada@example.com"],
      ops: ["ada@example.com", "grace@example.com"],
    });
  });
});

const ofData =
  (edit: (team: TeamJson) => void) =>
  (team: TeamJson): void => {
    if (team.displayName === "data") edit(team);
  };

test.each([
  [
    "shows the first of its members alone",
    ofData((team) => (team.members = (team.members ?? []).slice(0, 1))),
  ],
  ["says that it is empty", ofData((team) => (team.members = []))],
])(
  "a Team that %s, against the users who say that they are in it: it cannot be told",
  async (_what, edit) => {
    const { diff, run, astro } = await after(edit);
    for (const file of ["same.yaml", "left.yaml", "empty.yaml"]) {
      expect(await diff(file)).toEqual({ status: 3, kinds: [], cannotTell: ["data"] });
    }
    expect(await run("push-group", "--all", "--yes", "--from", "left.yaml")).toMatchObject({ status: 1 });
    expect(astro.writes()).toEqual([]);
  },
);
