/** Servers that lie in one way each, by commands: nothing wrong is written, and nothing that was not done is called done. */

import { describe, expect, test } from "vitest";
import { runAgainst, type Facts } from "../support/drifted-company.ts";
import { lies } from "../support/lies.ts";

interface Asked {
  readonly words: readonly string[];
  /** What an honest server holds where the command is done. */
  readonly isDone: (after: Facts) => boolean;
}

const commands: readonly Asked[] = [
  {
    words: ["push-group", "--all"],
    isDone: (after) =>
      after.has("team fresh") &&
      after.has("member gus@example.com of fresh") &&
      !after.has("member left@example.com of data"),
  },
  { words: ["push-group", "data"], isDone: (after) => !after.has("member left@example.com of data") },
  {
    words: ["resync", "--all"],
    isDone: (after) =>
      ["user bob@example.com", "user eve@example.com", "given Gus of gus@example.com"].every((fact) =>
        after.has(fact),
      ) && after.has("member bob@example.com of data"),
  },
  { words: ["resync", "bob@example.com"], isDone: (after) => after.has("member bob@example.com of data") },
  { words: ["delete", "--all"], isDone: (after) => !after.has("user left@example.com") },
  { words: ["delete", "left@example.com"], isDone: (after) => !after.has("user left@example.com") },
];

describe.each(commands)("$words", ({ words, isDone }) => {
  test("a server that does not lie is repaired; exit status 0", async () => {
    const { status, after, wrong } = await runAgainst([], [...words, "--yes"]);
    expect(wrong).toEqual([]);
    expect(isDone(after)).toBe(true);
    expect(status).toBe(0);
  });

  test.each(lies)("$name", async (lie) => {
    const { status, after, wrong, stderr } = await runAgainst([lie], [...words, "--yes"]);
    expect(wrong).toEqual([]);
    const isTrue = status !== 0 || isDone(after) || lie.isSeamless === true;
    expect(isTrue).toBe(true);
    expect(stderr).not.toContain("internal error in astro-scim");
  });
});
