/** `fixture export --from FIXTURE`: what the timeline has made of the directory is written down, too. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

test.each(["okta", "entra"])(
  "the directory of %s after its timeline reads back, and is exported as the same again",
  async (idp) => {
    const first = await runCommand(["fixture", "export", "--from", `fixtures/${idp}-small.yaml`]);
    expect(first).toMatchObject({ status: 0 });
    const file = join(await tempFolder(), "exported.yaml");
    await writeFile(file, first.stdout);
    expect(await runCommand(["fixture", "validate", file])).toMatchObject({ status: 0 });
    const again = await runCommand(["fixture", "export", "--from", file]);
    expect(again.stdout).toBe(first.stdout);
  },
);
