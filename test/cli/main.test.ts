import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { runCommand } from "../support/run-command.ts";

const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
const { version } = JSON.parse(manifest) as { version: string };

test.each([[["--version"]], [["-V"]], [["--version", "diff"]]])(
  "%j prints the version of package.json and nothing else",
  async (argv) => {
    expect(await runCommand(argv)).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  },
);
