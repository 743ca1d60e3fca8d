/** A company that `fixture generate` writes with tables ends a rehearsal as it expects: the command that it recommends. */

import { expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

test.each(["okta", "entra"])("%s", async (idp) => {
  const cwd = await tempFolder();
  const size = ["--users", "2001", "--groups", "8", "--steps", "2", "--churn", "1"];
  const made = await runCommand(["fixture", "generate", "--idp", idp, ...size, "--out", "made.yaml"], {
    cwd,
  });
  const [, next = ""] = /^Next: astro-scim (.*)$/m.exec(made.stdout) ?? [];
  const { status, stdout } = await runCommand(next.split(" "), { cwd });
  expect({ status, shown: status === 0 ? "" : stdout }).toEqual({ status: 0, shown: "" });
});
