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
    if (stdout.includes("--provisioned")) {
      expect(followed).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Astro matches/m) });
      return;
    }
    // It ends with differences, and does so again at a server that keeps them.
    expect(followed).toMatchObject({ status: 0, stdout: expect.stringMatching(/went as expected\.$/m) });
    const differences = (await followNext(followed.stdout, { cwd, env })).stdout;
    const count = /^(?:\d+ differences?) /m;
    expect(count.exec(differences)?.[0]).toBe(count.exec(stdout)?.[0]);
  });
});
