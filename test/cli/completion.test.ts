/** Completion: what a word can be, and the functions of the shells, which are run as those shells run them. */

import { execFileSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { completionScripts } from "../../src/cli/completion/scripts.ts";
import { startServer } from "../../src/programs/start-server.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const repository = new URL("../../", import.meta.url).pathname;

const files = {
  "astro-scim.yaml": "profiles:\n  prod: { org: o }\n  preview: { org: p }\n  broken: [",
  "company.yaml": 'idp: okta\nusers: []\ntimeline:\n  - name: Ada leaves\n  - name: "It\'s $(touch evil)"\n',
};

async function completed(words: readonly string[], cwd = repository): Promise<readonly string[]> {
  const { status, stdout, stderr } = await runCommand(["complete", ...words], { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout.split("\n").flatMap((line) => (line === "" ? [] : [line.split("\t")[0] ?? ""]));
}

describe("complete", () => {
  test.each<readonly [words: readonly string[], has: readonly string[], hasNot: readonly string[]]>([
    [["="], ["setup", "simulate", "users"], ["complete", "--help"]],
    [["=si"], ["simulate"], ["serve"]],
    [["simulate", "="], ["okta", "entra"], ["simulate"]],
    [["simulate", "okta", "=--st"], ["--step", "--state"], ["--help"]],
    [["users", "=--s"], ["--status", "--sort"], []],
    [["setup", "okta", "--integration", "="], ["manual", "catalog"], ["--help"]],
    [["setup", "okta", "=--integration=c"], ["--integration=catalog"], ["catalog"]],
    [["setup", "okta", "--integration=manual", "=--us"], ["--users-only"], []],
    [["diff", "--from", "=o"], [":files", "okta"], ["entra"]],
    [["diff", "--ca", "="], [":files"], ["okta"]],
    [["runs", "--state-dir", "="], [":folders"], []],
    [["help", "=si"], ["simulate"], []],
    [["completion", "="], ["bash", "zsh", "fish", "powershell"], []],
    [["exec", "--", "=--"], [":files"], ["--help"]],
    [["no-such", "command", "="], [":nothing"], ["setup"]],
    [["users", "show", "="], [":nothing"], ["ls"]],
    [[], ["setup"], []],
  ])("%j", async (words, includes, excludes) => {
    const found = await completed(words);
    expect(found).toEqual(expect.arrayContaining([...includes]));
    for (const one of excludes) expect(found).not.toContain(one);
  });

  test("names profiles, and says nothing where the file is not valid", async () => {
    const cwd = await tempFolder({
      "astro-scim.yaml": "profiles:\n  prod: { org: o }\n  preview: { org: p }\n",
    });
    expect(await completed(["diff", "--profile", "=pr"], cwd)).toEqual([":nothing", "prod", "preview"]);
    expect(await completed(["profile", "show", "=pro"], cwd)).toEqual([":nothing", "prod"]);
    const broken = await tempFolder(files);
    expect(await completed(["diff", "--profile", "="], broken)).toEqual([":nothing"]);
  });

  test("names the steps of the fixture that the line names", async () => {
    const cwd = await tempFolder(files);
    expect(await completed(["simulate", "okta", "company.yaml", "--step", "=A"], cwd)).toContain(
      "Ada leaves",
    );
    expect(await completed(["diff", "company.yaml", "--at", "="], cwd)).toEqual(
      expect.arrayContaining(["start", "end", "Ada leaves"]),
    );
    expect(await completed(["simulate", "okta", "missing.yaml", "--step", "="], cwd)).toEqual([]);
  });

  test("names the Teams that were listed last, and asks no server", async () => {
    const folder = await tempFolder({
      "company.yaml": "idp: okta\nusers: []\nastro:\n  teams:\n    - { name: Data Eng }\n",
    });
    const server = await startServer({ fixture: join(folder, "company.yaml") });
    const env = { ASTRO_SCIM_TOKEN: server.token, XDG_STATE_HOME: await tempFolder({}) };
    const listed = await runCommand(["teams", "--url", server.url], { env });
    expect(listed.status).toBe(0);
    await server.close();
    const found = await runCommand(["complete", "teams", "show", "="], { env });
    expect(found.stdout).toBe(":nothing\nData Eng\tTeam\n");
    const other = await runCommand(["complete", "teams", "show", "--org", "other", "="], { env });
    expect(other.stdout).toBe(":nothing\n");
  });
});

/** Where the shells find `astro-scim`, a fixture and a profile. */
async function shellFolder(): Promise<{ readonly cwd: string; readonly path: string }> {
  const cwd = await tempFolder({
    "astro-scim.yaml": "profiles:\n  prod: { org: o }\n",
    "company.yaml": files["company.yaml"],
  });
  const path = join(cwd, "bin");
  await mkdir(path);
  const command = `#!/bin/sh\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(join(repository, "bin/astro-scim.js"))} "$@"\n`;
  await writeFile(join(path, "astro-scim"), command);
  await chmod(join(path, "astro-scim"), 0o755);
  return { cwd, path };
}

function has(shell: string): boolean {
  try {
    execFileSync(shell, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** How each shell is asked what it would offer for a line, one candidate a line. */
const ask = {
  bash: (line: string) => `${completionScripts.bash}
COMP_LINE=${quoted(line)}; COMP_POINT=\${#COMP_LINE}
COMP_WORDS=(${line
    .split(/(?<=\s)|(?==)|(?<==)/)
    .map((word) => quoted(word.trim()))
    .join(" ")} ${line.endsWith(" ") ? "''" : ""})
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_astro_scim
printf '%s\\n' "\${COMPREPLY[@]}"`,
  zsh: (line: string) => `compdef() { :; }
_describe() { local one; for one in "\${(@P)4}"; do print -r -- "$one"; done }
_files() { print -r -- "FILES $*"; }
${completionScripts.zsh}
words=(${line.trim().split(" ").map(quoted).join(" ")} ${line.endsWith(" ") ? "''" : ""})
CURRENT=$#words
PREFIX=$words[-1]
_astro-scim`,
  fish: (line: string) => `${completionScripts.fish}
complete -C ${quoted(line)}`,
};

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** `astro-scim` as a clone has it, which is in no folder of PATH; the README says how. */
const named = {
  bash: `shopt -s expand_aliases\nalias astro-scim="$ASTRO_SCIM"\n`,
  zsh: `astro-scim() { eval "$ASTRO_SCIM" '"$@"'; }\n`,
  fish: `function astro-scim; eval $ASTRO_SCIM (string escape -- $argv); end\n`,
};

const shells = ["bash", "zsh", "fish"] as const;

describe.each(shells)("%s, where it is installed", (shell) => {
  const isInstalled = has(shell);
  const asker = async (): Promise<(line: string) => readonly string[]> => {
    const { cwd, path } = await shellFolder();
    const env = { ...process.env, PATH: `${path}:${process.env["PATH"] ?? ""}`, HOME: cwd };
    return (line) => {
      const words = shell === "bash" ? ["--norc", "-c", ask[shell](line)] : ["-c", ask[shell](line)];
      const out = execFileSync(shell, words, { cwd, env, encoding: "utf8" });
      return out.split("\n").flatMap((one) => (one === "" ? [] : [one.split(/\t|(?<!\\):/)[0] ?? ""]));
    };
  };

  test.runIf(isInstalled)("offers commands, options and choices", async () => {
    const offered = await asker();
    expect(offered("astro-scim si")).toEqual(["simulate"]);
    expect(offered("astro-scim setup okta --users")).toEqual(["--users-only"]);
    expect(offered("astro-scim setup okta --integration c")).toEqual(["catalog"]);
  });

  test.runIf(isInstalled)("offers profiles and files", async () => {
    const offered = await asker();
    expect(offered("astro-scim diff --profile p")).toEqual(["prod"]);
    const found = offered("astro-scim diff comp");
    expect(found).toContain(shell === "zsh" ? "FILES " : "company.yaml");
  });

  test.runIf(isInstalled)(
    "offers a step with a space in its name, and runs nothing that is in one",
    async () => {
      const offered = await asker();
      const found = offered("astro-scim simulate okta company.yaml --step ");
      expect(found.map((one) => one.replaceAll("\\", ""))).toEqual(["Ada leaves", "It's $(touch evil)"]);
      offered("astro-scim simulate okta $(touch evil) --step ");
      expect(offered("astro-scim diff --from ev")).toEqual(shell === "zsh" ? ["FILES "] : []);
    },
  );

  test.runIf(isInstalled)("offers the same where astro-scim is only an alias or a function", async () => {
    const { cwd } = await shellFolder();
    const command = `${quoted(process.execPath)} ${quoted(join(repository, "bin/astro-scim.js"))}`;
    const script = `${named[shell]}eval ${quoted(ask[shell]("astro-scim si"))}`;
    const words = shell === "bash" ? ["--norc", "-c", script] : ["-c", script];
    const env = { ...process.env, HOME: cwd, ASTRO_SCIM: command };
    expect(execFileSync(shell, words, { cwd, env, encoding: "utf8" })).toMatch(/^simulate\b/);
  });

  test.runIf(isInstalled)("offers nothing, and says nothing, where the line makes no sense", async () => {
    const offered = await asker();
    expect(offered("astro-scim no such --thing=")).toEqual([]);
  });
});
