/** The examples of docs/library.md: they compile against the package's types, run, and print what they say. */

import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { diff, simulate, startServer } from "../../src/index.ts";
import { tempFolder } from "../support/temp-folder.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = await readFile(join(root, "docs/library.md"), "utf8");
const examples = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, example]) => example ?? "");

test("there is an example for each function", () => {
  for (const name of ["startServer", "simulate", "diff"]) {
    expect(examples.some((example) => example.includes(`await ${name}(`))).toBe(true);
  }
});

test("the examples compile in strict TypeScript, as a program's own files", async () => {
  const folder = await tempFolder();
  for (const [index, example] of examples.entries()) {
    await writeFile(join(folder, `example-${index}.ts`), example);
  }
  // The body of an answer is JSON of any form.
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: "nodenext",
    target: "es2023",
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
    paths: { "astro-scim": [join(root, "dist/index.d.ts")] },
  };
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, "-p", folder]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
}, 120_000);

test.each(examples.map((example, index) => [index + 1, example] as const))(
  "example %i runs, and prints what it says",
  async (_number, example) => {
    const printed: string[] = [];
    const console = {
      log: (...values: readonly unknown[]) => printed.push(values.map(shown).join(" ")),
    };
    const body = example.replaceAll(/^import .*$/gm, "");
    const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as FunctionConstructor;
    const run = new AsyncFunction("startServer", "simulate", "diff", "console", body);
    await run(startServer, simulate, diff, console);
    const said = [...example.matchAll(/console\.log\(.*\);?(?:\n)?\s*\/\/ (.*)/g)].map(
      ([, comment]) => comment,
    );
    expect(said.length).toBeGreaterThan(1);
    expect(printed).toEqual(said);
  },
);

/** As `console.log` does, short lists on one line. */
function shown(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  if (value.length === 0) return "[]";
  return `[ ${value.map((item) => `'${String(item)}'`).join(", ")} ]`;
}
