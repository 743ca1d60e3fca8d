/** How a command is started on Windows: found as its shell finds it, and quoted where a batch file gets the arguments. */

import { describe, expect, test } from "vitest";
import { UnquotableArgument, windowsCommand } from "../../src/world/windows-command.ts";

const env = { Path: "C:\\Windows;C:\\Program Files\\nodejs", PATHEXT: ".COM;.EXE;.BAT;.CMD" };

function windowsWith(...files: readonly string[]) {
  return { env, isFile: async (path: string) => files.includes(path) };
}

describe("on Windows", () => {
  test("a program is found by its name without the ending, and started without a shell", async () => {
    const system = windowsWith("C:\\Program Files\\nodejs\\node.EXE");
    expect(await windowsCommand("node", ["-e", 'say("a b")'], system)).toEqual({
      file: "C:\\Program Files\\nodejs\\node.EXE",
      args: ["-e", 'say("a b")'],
      isQuoted: false,
    });
  });

  test("a batch file is run by cmd.exe, and no argument is a command of it", async () => {
    const system = windowsWith("C:\\Program Files\\nodejs\\npm.CMD");
    const { file, args, isQuoted } = await windowsCommand(
      "npm",
      ["run", "a&calc", 'say "hi"', "end\\"],
      system,
    );
    expect(file).toBe("cmd.exe");
    expect(isQuoted).toBe(true);
    expect(args.slice(0, 3)).toEqual(["/d", "/s", "/c"]);
    expect(args[3]).toBe(
      '"C:\\Program^ Files\\nodejs\\npm.CMD ^"run^" ^"a^&calc^" ^"say^ \\^"hi\\^"^" ^"end\\\\^""',
    );
  });

  test("a file that npm made for a package hands its arguments to a second cmd.exe: quoted twice", async () => {
    const system = windowsWith("node_modules\\.bin\\vitest.CMD");
    const { args } = await windowsCommand("node_modules\\.bin\\vitest", ["a&b"], system);
    expect(args[3]).toBe('"node_modules\\.bin\\vitest.CMD ^^^"a^^^&b^^^""');
  });

  test("ComSpec names the shell, in whatever case the variable is written", async () => {
    const system = { ...windowsWith(".\\run.bat"), env: { ...env, comspec: "C:\\cmd.exe" } };
    expect(await windowsCommand(".\\run.bat", [], system)).toMatchObject({ file: "C:\\cmd.exe" });
  });

  test("a line break, which ends the command line of a batch file, is refused", async () => {
    const system = windowsWith("C:\\Windows\\run.BAT");
    await expect(windowsCommand("run", ["a\r\ncalc"], system)).rejects.toThrow(UnquotableArgument);
  });

  test("what is not there stays as it was given", async () => {
    expect(await windowsCommand("nope", ["x"], windowsWith())).toEqual({
      file: "nope",
      args: ["x"],
      isQuoted: false,
    });
  });
});
