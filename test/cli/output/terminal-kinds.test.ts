/** What a stream gets, by its environment: colours, and lines that are drawn over. */

import { describe, expect, test } from "vitest";
import { canAnimate, wantsColour } from "../../../src/cli/output/wants-colour.ts";
import { fakeIo } from "../../support/fake-io.ts";
import { runCommand } from "../../support/run-command.ts";

type Row = readonly [env: Readonly<Record<string, string>>, onTerminal: boolean, elsewhere: boolean];

describe("colours", () => {
  test.each<Row>([
    [{}, true, false],
    [{ TERM: "dumb" }, false, false],
    [{ CLICOLOR: "0" }, false, false],
    [{ NO_COLOR: "1" }, false, false],
    [{ NO_COLOR: "0" }, false, false],
    [{ NO_COLOR: "" }, true, false],
    [{ CLICOLOR_FORCE: "1" }, true, true],
    [{ CLICOLOR_FORCE: "0" }, true, false],
    [{ CLICOLOR_FORCE: "1", NO_COLOR: "1" }, false, false],
    [{ FORCE_COLOR: "1" }, true, true],
    [{ FORCE_COLOR: "3" }, true, true],
    [{ FORCE_COLOR: "true" }, true, true],
    [{ FORCE_COLOR: "" }, true, false],
    [{ FORCE_COLOR: "0" }, false, false],
    [{ FORCE_COLOR: "false" }, false, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, true, true],
    [{ FORCE_COLOR: "", NO_COLOR: "1" }, false, false],
    [{ FORCE_COLOR: "0", CLICOLOR_FORCE: "1" }, false, false],
    [{ FORCE_COLOR: "1", TERM: "dumb" }, true, true],
  ])("%j", (env, onTerminal, elsewhere) => {
    expect(wantsColour({ env }, { isTTY: true })).toBe(onTerminal);
    expect(wantsColour({ env }, { isTTY: false })).toBe(elsewhere);
  });

  test("FORCE_COLOR colours what is piped on", async () => {
    const { stdout } = await runCommand(["diff"], { env: { FORCE_COLOR: "1" } });
    expect(stdout).toContain("\u001B[32m+\u001B[39m olga.ivanova@example.com");
  });
});

describe("lines that are drawn over", () => {
  test.each<Row>([
    [{}, true, false],
    [{ TERM: "xterm-256color" }, true, false],
    [{ TERM: "dumb" }, false, false],
    [{ CI: "true" }, false, false],
    [{ CI: "1" }, false, false],
    [{ CI: "" }, true, false],
    [{ CI: "false" }, true, false],
    [{ FORCE_COLOR: "1" }, true, false],
    [{ FORCE_COLOR: "1", CI: "true" }, false, false],
  ])("%j", (env, onTerminal, elsewhere) => {
    expect(canAnimate({ env }, { isTTY: true })).toBe(onTerminal);
    expect(canAnimate({ env }, { isTTY: false })).toBe(elsewhere);
  });

  const commands = ["simulate okta fixtures/okta-small.yaml", "diff"];
  const frame = new RegExp(String.raw`[⠀-⣿]|\r|\u001B\[[\d;?]*[A-HJ-Zhl]`);

  test.each(
    [{ TERM: "dumb" }, { CI: "true" }, { TERM: "dumb", FORCE_COLOR: "1" }].flatMap((env) =>
      commands.map((line) => ({ env, line })),
    ),
  )("$line with $env: no frame, no movement of the cursor", async ({ env, line }) => {
    const io = fakeIo({ cwd: process.cwd(), env, isTTY: true });
    const { stderr, stdout } = await runCommand(line.split(" "), { io });
    expect(stderr + stdout).not.toMatch(frame);
  });

  test.each(commands)("%s at another terminal: frames", async (line) => {
    const io = fakeIo({ cwd: process.cwd(), env: { TERM: "xterm" }, isTTY: true });
    expect((await runCommand(line.split(" "), { io })).stderr).toMatch(frame);
  });
});
