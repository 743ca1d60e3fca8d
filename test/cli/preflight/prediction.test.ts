/** What a preflight says of the first run is what a rehearsal then does, with the same requests. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { preflighted } from "../../support/preflight-company.ts";
import { runCommand } from "../../support/run-command.ts";
import type { ScimClient } from "../../support/scim-client.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { startWatchedAstro } from "../../support/watched-astro.ts";

const fixtures = fileURLToPath(new URL("../../../fixtures/", import.meta.url));

interface Company {
  readonly file: string;
  readonly idp: "okta" | "entra";
  readonly text: string;
}

/**
 * The companies that come with the package, on their first day: the large ones, and those whose Astro holds something. Without
 * faults, which a preflight cannot know.
 */
const companies: readonly Company[] = ["", "okta/", "entra/"]
  .flatMap((folder) => readdirSync(fixtures + folder).map((name) => folder + name))
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => ({ file, text: readFileSync(fixtures + file, "utf8").replace(/^timeline:[^]*/m, "") }))
  .filter(({ text }) => !/^ {2}faults:/m.test(text))
  .filter(({ file, text }) => !file.includes("/") || (text.match(/^ {4}- \{ email:/gm) ?? []).length > 1)
  .map(({ file, text }) => ({ file, text, idp: /^idp: entra$/m.test(text) ? "entra" : "okta" }));

interface Shown {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly active?: boolean;
  readonly name?: { readonly givenName?: string; readonly familyName?: string };
  readonly emails?: readonly { readonly value: string; readonly primary?: boolean }[];
}

async function shownBy(client: ScimClient, endpoint: string): Promise<ReadonlyMap<string, Shown>> {
  const { body } = await client.get(`${endpoint}?count=1000`);
  return new Map(body.Resources.map((one: Shown) => [one.id, one]));
}

/** What the documented mappings write. */
function shown({ userName, displayName, active, name, emails = [] }: Shown): string {
  const email = emails.find(({ primary }) => primary === true)?.value;
  const { givenName, familyName } = name ?? {};
  return JSON.stringify({ userName, displayName, active, givenName, familyName, email });
}

interface Job {
  readonly subject: { readonly kind: string; readonly name: string };
  readonly outcome: { readonly did?: string };
}

const linking: ReadonlySet<string | undefined> = new Set(["linked", "reactivated", "enabled"]);
const folded = (names: Iterable<string>): readonly string[] =>
  [...names].map((name) => name.toLowerCase()).toSorted();

describe("the first run of", () => {
  test.each(companies)("$file", async ({ text, idp }) => {
    const astro = await startWatchedAstro({ fixture: text, hasIam: true });
    const cwd = await tempFolder({ "company.yaml": text });
    const run = (...words: readonly string[]) =>
      runCommand([...words, "company.yaml", ...astro.target, "--json"], { cwd });
    const [usersBefore, teamsBefore] = [
      await shownBy(astro.behind, "/Users"),
      await shownBy(astro.behind, "/Groups"),
    ];
    const { json } = preflighted(await run("preflight"));
    expect(astro.writes()).toEqual([]);

    astro.forget();
    const simulated = JSON.parse((await run("simulate", idp)).stdout);
    const { firstRun } = json;
    expect(firstRun.requests).toBe(simulated.requests);

    const jobs: readonly Job[] = simulated.first.jobs;
    const linked = (kind: string): readonly string[] =>
      jobs
        .filter(({ subject, outcome }) => subject.kind === kind && linking.has(outcome.did))
        .map(({ subject }) => subject.name);
    const [users, teams] = [await shownBy(astro.behind, "/Users"), await shownBy(astro.behind, "/Groups")];
    const newIn = (after: typeof users, before: typeof users): readonly Shown[] =>
      [...after.values()].filter(({ id }) => !before.has(id));
    const changed = [...users.values()].filter((user) => {
      const before = usersBefore.get(user.id);
      return before !== undefined && shown(user) !== shown(before);
    });
    expect({
      created: folded(firstRun.accounts.created),
      linked: folded(firstRun.accounts.linked),
      changed: folded(firstRun.accounts.changed),
      createdTeams: folded(firstRun.teams.created),
      linkedTeams: folded(firstRun.teams.linked),
    }).toEqual({
      created: folded(newIn(users, usersBefore).map(({ userName }) => userName)),
      linked: folded(linked("user")),
      changed: folded(changed.map(({ userName }) => userName)),
      createdTeams: folded(newIn(teams, teamsBefore).map(({ displayName }) => displayName)),
      linkedTeams: folded(linked("group")),
    });
  });
});
