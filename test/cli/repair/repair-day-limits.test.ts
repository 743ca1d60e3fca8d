/** The limits of what repairs take away hold over all runs of the last 24 hours. */

import { describe, expect, test } from "vitest";
import { runCommand, type CommandResult } from "../../support/run-command.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstro } from "../../support/watched-astro.ts";

const mail = (name: string): string => `${name}@example.com`;

/** A directory with these people, and an Astro with those. */
function company(assigned: readonly string[], held: readonly string[]): string {
  return `idp: okta
organization: cknaqyipv05731evsry6cj4n0
users:
${assigned.map((name) => `  - { email: ${mail(name)}, firstName: ${name}, lastName: X }\n`).join("")}groups:
  - { name: data, push: true, members: [${assigned.map(mail).join(", ")}] }
astro:
  users:
${held.map((name) => `    - { email: ${mail(name)}, givenName: ${name}, familyName: X }\n`).join("")}  teams: [{ name: data, members: [${assigned.map(mail).join(", ")}] }]
`;
}

const stay = ["ada", "bob"];
const leave = ["eve", "gus", "kim", "liv", "max", "ned"];
const morning = new Date("2026-01-15T09:00:00Z");
const evening = new Date("2026-01-15T21:00:00Z");
const nextDay = new Date("2026-01-16T09:00:01Z");

interface Day {
  readonly astro: WatchedAstro;
  /** Runs `delete --all` for a directory in which only these have left. */
  leaving(gone: readonly string[], now: Date, ...more: readonly string[]): Promise<CommandResult>;
}

async function day(): Promise<Day> {
  const folder = await tempFolder();
  const astro = await startWatchedAstro({ fixture: company(stay, [...stay, ...leave]) });
  return {
    astro,
    leaving: async (gone, now, ...more) => {
      const here = [...stay, ...leave].filter((name) => !gone.includes(name));
      const cwd = await tempFolder({ "own.yaml": company(here, here) });
      const who = more.length > 0 && more[0]?.includes("@") === true ? more : ["--all", ...more];
      const argv = ["delete", ...who, "--yes", "--from", "own.yaml", ...astro.target, "--state-dir", folder];
      return runCommand(argv, { cwd, now });
    },
  };
}

describe("the limit of deletions", () => {
  test("counts what was deleted in the last 24 hours", async () => {
    const { astro, leaving } = await day();
    expect((await leaving(["eve", "gus"], morning)).status).toBe(0);
    const { status, stdout } = await leaving(["eve", "gus", "kim", "liv"], evening);
    expect(stdout).toContain(
      "Refused: 2 of 7 accounts and Teams would be deleted (28.6 %), after 2 in the last 24 hours; the limit is 3; --max-deletions 4 allows it",
    );
    expect(status).toBe(5);
    expect((await astro.state()).users).toContain(mail("kim"));
    expect((await leaving(["eve", "gus", "kim", "liv"], evening, "--max-deletions", "4")).status).toBe(0);
  });

  test("forgets what was deleted before that", async () => {
    const { leaving } = await day();
    expect((await leaving(["eve", "gus"], morning)).status).toBe(0);
    expect((await leaving(["eve", "gus", "kim", "liv"], nextDay)).status).toBe(0);
  });

  test("does not count what an option allowed", async () => {
    const { leaving } = await day();
    expect((await leaving(["eve", "gus", "kim", "liv"], morning, "--max-deletions", "4")).status).toBe(0);
    expect((await leaving(["eve", "gus", "kim", "liv", "max"], evening)).status).toBe(0);
  });

  test("counts it where the option was not needed", async () => {
    const { leaving } = await day();
    expect((await leaving(["eve", "gus"], morning, "--max-deletions", "9")).status).toBe(0);
    expect((await leaving(["eve", "gus", "kim", "liv"], evening)).status).toBe(5);
  });

  test("does not count who was named", async () => {
    const { leaving } = await day();
    expect((await leaving(["eve", "gus"], morning, mail("eve"), mail("gus"))).status).toBe(0);
    expect((await leaving(["eve", "gus", "kim", "liv"], evening)).status).toBe(0);
  });

  test("is the same in a dry run", async () => {
    const { leaving } = await day();
    await leaving(["eve", "gus"], morning);
    const { status, stdout } = await leaving(["eve", "gus", "kim", "liv"], evening, "--dry-run");
    expect(stdout).toContain("after 2 in the last 24 hours");
    expect(status).toBe(5);
  });
});

test("without a journal, the first run says that nothing is known of the last 24 hours", async () => {
  const { leaving } = await day();
  const note = "it is not known what was removed in the last 24 hours";
  expect((await leaving(["eve"], morning)).stderr).toContain(note);
  expect((await leaving(["eve", "gus"], evening)).stderr).not.toContain(note);
});
