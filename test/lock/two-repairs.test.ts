/** Two repairs of one organization on one machine: the second one is refused before it has read anything. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { terminal } from "../support/terminal.ts";
import { startWatchedAstro, type WatchedAstro } from "../support/watched-astro.ts";

const drift = shippedFixture("okta-drift.yaml");
const resync = ["resync", "--all", "--from", drift];

interface Meanwhile {
  readonly first: CommandResult;
  readonly second: CommandResult;
  /** What the second one sent. */
  readonly requests: readonly string[];
  readonly astro: WatchedAstro;
}

/** Runs the second command while the first one stands at its question, which is then answered with yes. */
async function whileAtTheQuestion(
  second: (astro: WatchedAstro) => readonly string[],
  first: readonly string[] = resync,
): Promise<Meanwhile> {
  const astro = await startWatchedAstro({ fixture: readFileSync(drift, "utf8") });
  let inside: CommandResult | undefined;
  let requests: readonly string[] = [];
  const io = terminal({
    question: "Apply",
    keys: "y\r",
    meanwhile: async () => {
      astro.forget();
      inside = await runCommand(second(astro));
      requests = [...astro.requests];
    },
  });
  const outside = await runCommand([...first, ...astro.target], { io });
  if (inside === undefined) throw new Error("the question was not asked");
  return { first: outside, second: inside, requests, astro };
}

describe("refused", () => {
  test.each<readonly [command: string, argv: readonly string[]]>([
    ["resync", [...resync, "--yes"]],
    ["push-group", ["push-group", "--all", "--yes", "--from", drift]],
    ["delete", ["delete", "--all", "--yes", "--from", drift]],
  ])("%s: exit status 5, who is at it is said, and nothing is sent", async (_command, argv) => {
    const { first, second, requests } = await whileAtTheQuestion(({ target }) => [...argv, ...target]);
    expect(second.stderr).toMatch(
      /^Error: Another repair of organization \S+ on 127\.0\.0\.1:\d+ is running on this machine \(resync, process 4242, since 2026-01-15T09:00:00\.000Z\)\. Nothing was changed\.\nWait until it has finished, or use --dry-run to see the plan\.$/m,
    );
    expect(second.status).toBe(5);
    expect(requests).toEqual([]);
    expect(first.status).toBe(0);
  });

  test("the target in another spelling", async () => {
    const { second } = await whileAtTheQuestion(({ url, token }) => {
      const spelt = `${url.replace("127.0.0.1", "LOCALHOST")}/?aadOptscim062020`;
      return [...resync, "--yes", "--url", spelt, "--token", token];
    });
    expect(second.status).toBe(5);
  });

  test("as JSON, too", async () => {
    const { second } = await whileAtTheQuestion(({ target }) => [...resync, "--yes", "--json", ...target]);
    expect(JSON.parse(second.stdout)).toMatchObject({ error: { code: "refused", exitStatus: 5 } });
  });
});

describe("not refused", () => {
  test.each<readonly [what: string, argv: readonly string[], status: number]>([
    ["diff", ["diff", drift], 2],
    ["a dry run", [...resync, "--dry-run"], 0],
    ["a repair for which nobody was named", ["resync", "--from", drift], 64],
    ["a simulation", ["simulate", "okta", drift], 1],
  ])("%s", async (_what, argv, status) => {
    const { second, requests } = await whileAtTheQuestion(({ target }) => [...argv, ...target]);
    expect(second.stderr).not.toContain("Another repair");
    expect(second.status).toBe(status);
    expect(requests).not.toEqual([]);
  });

  test("a repair of another organization", async () => {
    const other = await startWatchedAstro({ fixture: readFileSync(drift, "utf8") });
    const { second } = await whileAtTheQuestion(() => [...resync, "--yes", ...other.target]);
    expect(second.status).toBe(0);
  });

  test("a repair of the Astro inside the process", async () => {
    const { second } = await whileAtTheQuestion(() => [...resync, "--yes"]);
    expect(second.status).toBe(0);
  });
});

describe("a repair after it", () => {
  test.each<readonly [end: string, keys: string, status: number]>([
    ["is done", "y\r", 0],
    ["was answered with no", "n\r", 1],
    ["was interrupted at the question", "\u0003", 130],
  ])("is let in when the first one %s", async (_end, keys, status) => {
    const astro = await startWatchedAstro({ fixture: readFileSync(drift, "utf8") });
    const io = terminal({ question: "Apply", keys });
    expect((await runCommand([...resync, ...astro.target], { io })).status).toBe(status);
    expect((await runCommand([...resync, "--yes", ...astro.target])).status).toBe(0);
  });

  test("is let in when the first one failed to read", async () => {
    let isDown = true;
    const astro = await startWatchedAstro({
      fixture: readFileSync(drift, "utf8"),
      before: () => (isDown ? 500 : undefined),
    });
    expect((await runCommand([...resync, "--yes", ...astro.target])).status).toBe(3);
    isDown = false;
    expect((await runCommand([...resync, "--yes", ...astro.target])).status).toBe(0);
  });
});
