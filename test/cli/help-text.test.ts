/** What stands below the options in the help: as wide as the terminal, commands whole. */

import { describe, expect, test } from "vitest";
import { laidOut } from "../../src/cli/output/help-text.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runCommand } from "../support/run-command.ts";

test.each<readonly [rule: string, text: string, columns: number, shown: string]>([
  ["a paragraph is broken between words", "one two three", 8, "one two\nthree"],
  ["its own line breaks do not count", "one\ntwo\n\nthree", 80, "one two\n\nthree"],
  [
    "a list keeps its columns",
    "  joiner  a user is created and assigned",
    34,
    "  joiner  a user is created and\n          assigned",
  ],
  [
    "a command is never broken",
    "  astro-scim diff my-company.yaml --json",
    20,
    "  astro-scim diff my-company.yaml --json",
  ],
])("%s", (_rule, text, columns, shown) => {
  expect(laidOut(text, columns)).toBe(shown);
});

describe.each([80, 140])("on a terminal with %i columns", (columns) => {
  test.each(["", "simulate entra", "trigger okta", "fixture generate", "fixture validate", "resync"])(
    "no line but a command is wider: %s",
    async (command) => {
      const words = command.split(" ").filter((word) => word !== "");
      const { stdout } = await runCommand([...words, "--help"], { io: fakeIo({ isTTY: true, columns }) });
      const lines = stdout.split("\n").filter((line) => line.length > columns);
      expect(lines.filter((line) => !/^ *astro-scim /.test(line))).toEqual([]);
    },
  );
});
