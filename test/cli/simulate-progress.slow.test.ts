/** A long first provisioning: how far it has come is told on standard error, on a terminal as well as in a log. */

import { describe, expect, test } from "vitest";
import type { FakeIoOptions } from "../support/fake-io.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const people = Array.from({ length: 1200 }, (_, index) => `  - { email: user${index}@example.com }\n`);

async function simulateBig(words: readonly string[], options: FakeIoOptions = {}): Promise<CommandResult> {
  const cwd = await tempFolder({ "big.yaml": `idp: okta\nusers:\n${people.join("")}` });
  return runCommand(["simulate", "okta", "big.yaml", ...words], { cwd, ...options });
}

const milestones = (text: string): readonly string[] => text.match(/^ {2}[\d,]+ of 1,200 users.*$/gm) ?? [];

describe("1,200 users", () => {
  test("without a terminal: a line after each tenth, and none in the result", async () => {
    const { status, stdout, stderr } = await simulateBig([]);
    expect(milestones(stderr)).toHaveLength(9);
    expect(milestones(stderr)[0]).toBe("  120 of 1,200 users");
    expect(milestones(stdout)).toEqual([]);
    expect(stdout).toContain("  ✓ 1,200 users: 1,200 created\n");
    expect(status).toBe(0);
  });

  test("on a terminal: a bar that is drawn again and again", async () => {
    const { stderr } = await simulateBig([], { isTTY: true, columns: 120 });
    expect(milestones(stderr)).toEqual([]);
    expect(stderr).toMatch(/users [█░]{16} [\d,]+\/1,200 {2}user\d+@example\.com/);
  });

  test("--quiet: neither", async () => {
    const { stderr } = await simulateBig(["--quiet"]);
    expect(stderr).toBe("");
  });
});
