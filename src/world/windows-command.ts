/**
 * How a command is started on Windows, where only `.exe` and `.com` files are programs: `npm` is `npm.cmd`, which `cmd.exe`
 * has to run, and Node refuses to start without a shell (CVE-2024-27980). Quoting follows cross-spawn.
 */

import { win32 } from "node:path";

/** What is handed to the system. */
export interface StartableCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** The arguments are one command line that is quoted already. */
  readonly isQuoted: boolean;
}

export interface WindowsSystem {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isFile: (path: string) => Promise<boolean>;
}

/** What cannot be quoted for `cmd.exe`: it ends a command line there. */
export class UnquotableArgument extends Error {}

/**
 * A command that is not found stays as it is: starting it says so.
 * @throws UnquotableArgument where a batch file would get a line break
 */
export async function windowsCommand(
  command: string,
  args: readonly string[],
  system: WindowsSystem,
): Promise<StartableCommand> {
  const file = (await findProgram(command, system)) ?? command;
  if (!/\.(?:cmd|bat)$/i.test(file)) return { file, args, isQuoted: false };
  if ([file, ...args].some((word) => /[\r\n]/.test(word))) {
    throw new UnquotableArgument("a batch file cannot be given a line break");
  }
  // The files that npm makes hand their arguments to a second cmd.exe.
  const isShim = /node_modules[\\/]\.bin[\\/][^\\/]+\.cmd$/i.test(file);
  const line = [escaped(win32.normalize(file)), ...args.map((arg) => quoted(arg, isShim))].join(" ");
  const shell = variable(system, "ComSpec") ?? "cmd.exe";
  return { file: shell, args: ["/d", "/s", "/c", `"${line}"`], isQuoted: true };
}

async function findProgram(command: string, system: WindowsSystem): Promise<string | undefined> {
  const isPath = /[\\/:]/.test(command);
  const folders = isPath ? [""] : (variable(system, "PATH") ?? "").split(";").filter((one) => one !== "");
  const endings = (variable(system, "PATHEXT") ?? ".COM;.EXE;.BAT;.CMD")
    .split(";")
    .filter((one) => one !== "");
  const hasEnding = endings.some((ending) => command.toLowerCase().endsWith(ending.toLowerCase()));
  for (const folder of folders) {
    for (const ending of hasEnding ? ["", ...endings] : endings) {
      const path = (folder === "" ? command : win32.join(folder, command)) + ending;
      if (await system.isFile(path)) return path;
    }
  }
  return undefined;
}

/** Names of variables have no case there. */
function variable({ env }: WindowsSystem, name: string): string | undefined {
  const found = Object.keys(env).find((one) => one.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : env[found];
}

/** Quoted for the program, as the runtime of C reads it, then for `cmd.exe`, to which `^` takes the meaning of the next sign. */
function quoted(arg: string, isReadTwice: boolean): string {
  const forProgram = `"${arg.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\*)$/, "$1$1")}"`;
  return isReadTwice ? escaped(escaped(forProgram)) : escaped(forProgram);
}

function escaped(text: string): string {
  return text.replaceAll(/[()\][%!^"`<>&|;, *?]/g, "^$&");
}
