/** What each scenario recommends at its end: followed until there is nothing new, whatever provider and server it plays. */

import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { followNext } from "../support/follow-next.ts";
import { runCommand } from "../support/run-command.ts";

const cwd = fileURLToPath(new URL("../../", import.meta.url));

describe.each(["okta", "entra"] as const)("%s", (idp) => {
  const names = readdirSync(new URL(`../../fixtures/${idp}/`, import.meta.url));

  test.each(names)("%s", async (name) => {
    const { status, stdout } = await runCommand(["simulate", idp, `fixtures/${idp}/${name}`], { cwd });
    expect(status).toBe(0);
    const env: Record<string, string> = {};
    const followed = await followNext(stdout, { cwd, env });
    // Where it ends with differences, the rehearsal is repeated at a server that keeps them.
    const last = stdout.includes("--provisioned")
      ? followed
      : await followNext(followed.stdout, { cwd, env });
    expect(followed.stdout).toMatch(/^Astro matches|went as expected\.$/m);
    expect(followed.status).toBe(0);
    expect(differencesIn(last.stdout)).toBe(differencesIn(stdout));
  });
});

/** As the summary counts them; none where Astro matches. */
function differencesIn(text: string): number {
  return Number(/^(\d+) differences? /m.exec(text)?.[1] ?? 0);
}
