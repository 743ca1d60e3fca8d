// The package as it is published: what is in it, and whether that works where nothing else is.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { installPackage, type InstalledPackage } from "../support/installed-package.ts";
import { longEnoughMs } from "../support/long-enough.ts";
import { mustRun, plainEnvironment, runProgram, type ProgramResult } from "../support/run-program.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const { version } = JSON.parse(await readFile(join(repository, "package.json"), "utf8")) as {
  version: string;
};

/** What a rehearsal that went well ends with. */
const rehearsed = {
  status: 0,
  stdout: expect.stringMatching(/^Astro matches the directory/m) as string,
};

/** One that comes along. */
const small = "node_modules/astro-scim/fixtures/okta-small.yaml";

let installed: InstalledPackage;

beforeAll(async () => {
  installed = await installPackage();
});

afterAll(() => installed?.remove());

test("it holds what is listed, and each source compiled: no sources, no tests, no maps", async () => {
  const listed = (await readFile(new URL("packed-files.txt", import.meta.url), "utf8")).trim().split("\n");
  const compiled = installed.sources.flatMap((file) => {
    const name = `dist/${file.replace(/\.ts$/, "")}`;
    return [`${name}.js`, `${name}.d.ts`];
  });
  expect(installed.files).toEqual([...listed, ...compiled].sort());
});

test("npm installs it without a warning", () => {
  expect(installed.printed).toMatch(/^added \d+ packages/m);
  expect(installed.printed).not.toMatch(/npm (?:warn|error)/i);
});

test("npm start runs the command in a clone", async () => {
  const options = { cwd: repository, timeoutMs: longEnoughMs };
  expect(await runProgram("npm", ["start", "--silent", "--", "--version"], options)).toEqual({
    status: 0,
    stdout: `${version}\n`,
    stderr: "",
  });
});

describe("npx astro-scim", () => {
  test("--version prints it", async () => {
    expect(await npx("--version")).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("--help names the commands", async () => {
    const { status, stdout } = await npx("--help");
    expect(status).toBe(0);
    for (const command of ["simulate", "serve", "diff", "push-group", "resync", "delete"]) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, "m"));
    }
  });

  test("simulate okta rehearses with the fixture that comes along", async () => {
    expect(await npx("simulate", "okta")).toMatchObject(rehearsed);
  });

  test("simulate okta provisions one that serve serves", async () => {
    const { url, token } = await serve();
    const target = ["--url", url, "--token", token];
    expect(await npx("simulate", "okta", small, ...target)).toMatchObject(rehearsed);
    expect(await npx("diff", small, ...target)).toMatchObject({ status: 0 });
  });
});

describe.each(["20", "22", "24"])("on Node %s", (major) => {
  test("it starts, and rehearses without a warning", async () => {
    const node = ["npx", "--yes", `node@${major}`] as const;
    const options = { cwd: installed.folder, timeoutMs: longEnoughMs };
    const purpose = `Node ${major} cannot be had through npx (is the npm registry reachable?)`;
    const found = await mustRun(purpose, [...node, "-p", "process.versions.node"], options);
    expect(found).toMatch(new RegExp(String.raw`^${major}\.`));
    const bin = "node_modules/astro-scim/bin/astro-scim.js";
    const result = await runProgram(node[0], [...node.slice(1), bin, "simulate", "okta", small], options);
    expect(result).toMatchObject(rehearsed);
    expect(result.stderr).not.toMatch(/warning/i);
  });
});

describe("import from a program", () => {
  const program = `
import { diff, startServer, type AstroSeed, type AstroServer, type Drift } from "astro-scim";

const seed: AstroSeed = { users: [], teams: [{ name: "core", members: [] }] };
const astro: AstroServer = await startServer({ seed });
const answer = await fetch(astro.url + "/Groups", { headers: { authorization: "Bearer " + astro.token } });
const { totalResults } = (await answer.json()) as { totalResults: number };
await astro.close();
const drift: Drift = await diff({ fixture: "node_modules/astro-scim/fixtures/okta-drift.yaml" });
console.log(answer.status, totalResults, drift.changes.length > 0);
`;
  const compilerOptions = {
    target: "es2023",
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    skipLibCheck: false,
    types: ["node"],
    typeRoots: [join(repository, "node_modules", "@types")],
  };

  test("it compiles under strict and exactOptionalPropertyTypes, and starts and compares", async () => {
    await writeFile(join(installed.folder, "program.ts"), program);
    await writeFile(
      join(installed.folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["program.ts"] }),
    );
    const options = { cwd: installed.folder, timeoutMs: longEnoughMs };
    const compiler = join(repository, "node_modules", "typescript", "bin", "tsc");
    await mustRun("the program does not compile", [process.execPath, compiler], options);
    expect(await mustRun("the program fails", [process.execPath, "program.js"], options)).toBe(
      "200 1 true\n",
    );
  });
});

function npx(...argv: readonly string[]): Promise<ProgramResult> {
  return runProgram("npx", ["--no", "--", "astro-scim", ...argv], {
    cwd: installed.folder,
    timeoutMs: longEnoughMs,
  });
}

/** Starts the installed `serve`; it is stopped as Ctrl-C stops it, and must end well. */
async function serve(): Promise<{ readonly url: string; readonly token: string }> {
  const bin = join(installed.folder, "node_modules", ".bin", "astro-scim");
  const child = spawn(bin, ["serve", "--port", "0", "--json", "--quiet"], {
    env: plainEnvironment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  onTestFinished(async () => {
    child.kill("SIGINT");
    expect(await exited).toEqual([0, null]);
  });
  const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), exited])) as [string];
  return JSON.parse(line) as { url: string; token: string };
}
