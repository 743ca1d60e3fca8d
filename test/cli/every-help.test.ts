/** The help of every command says what it does, and shows two examples. */

import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { buildProgram } from "../../src/cli/program.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runCommand } from "../support/run-command.ts";

const program = buildProgram(fakeIo(), () => {});

function withWords(command: Command, words: readonly string[]): readonly (readonly string[])[] {
  const visible = command.createHelp().visibleCommands(command);
  return [
    words,
    ...visible
      .filter((one) => one.name() !== "help")
      .flatMap((one) => withWords(one, [...words, one.name()])),
  ];
}

describe.each(
  withWords(program, []).map((words) => ({ words: words.join(" "), argv: [...words, "--help"] })),
)("astro-scim $words --help", ({ argv, words }) => {
  test("has a description, and two examples that begin with what the command is called", async () => {
    const { status, stdout } = await runCommand(argv);
    expect(status).toBe(0);
    const [usage = "", , description = ""] = stdout.split("\n");
    expect(usage).toContain(`Usage: ${["astro-scim", words].join(" ").trim()}`);
    expect(description).toMatch(/^\S.{10}/);
    const [, examples = ""] = stdout.split("\nExamples:\n");
    const lines = examples
      .split("\n")
      .filter((line) => line.includes(["astro-scim", words].join(" ").trim()));
    expect(lines.length).toBeGreaterThanOrEqual(2);
  });
});
