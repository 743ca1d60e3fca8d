/** docs/cli.md is what the commands say of themselves. */

import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { buildProgram } from "../../src/cli/program.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runCommand } from "../support/run-command.ts";

interface Scripts {
  readonly cliPage: (program: Command, helpOf: (words: readonly string[]) => string) => string;
}

// A path that TypeScript does not follow: the script has no types.
const script: string = new URL("../../scripts/cli-page.mjs", import.meta.url).href;

test("the committed page is made from the commands: node scripts/write-cli.mjs", async () => {
  const { cliPage } = (await import(script)) as Scripts;
  const program = buildProgram(fakeIo(), () => {});
  const helps = new Map<string, string>();
  for (const words of everyCommand(program, [])) {
    helps.set(words.join(" "), (await runCommand([...words, "--help"])).stdout);
  }
  const page = await readFile(new URL("../../docs/cli.md", import.meta.url), "utf8");
  expect(page).toBe(cliPage(program, (words) => helps.get(words.join(" ")) ?? ""));
});

function everyCommand(command: Command, words: readonly string[]): readonly (readonly string[])[] {
  return command.commands.flatMap((one) => {
    const own = [...words, one.name()];
    return [own, ...everyCommand(one, own)];
  });
}
