/** Every option that README and docs/ give to a command in a block of shell is an option of that command. */

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { fakeIo } from "../support/fake-io.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const docs = readdirSync(`${repository}docs`).filter((name) => name.endsWith(".md"));
const pages = ["README.md", ...docs.map((name) => `docs/${name}`)];

/** A line `astro-scim …` of a block of shell, without its comment and without what belongs to another command. */
const lines = pages.flatMap((page) => {
  const blocks = readFileSync(repository + page, "utf8").matchAll(/```(?:sh|console)\n([^]*?)```/g);
  return [...blocks].flatMap(([, block = ""]) =>
    [...block.matchAll(/^(?:\$ )?(?:npx )?astro-scim (.*)$/gm)].map(([, words = ""]) => ({
      page,
      words: words.replace(/\s#.*$/, "").replace(/ -- .*$/, ""),
    })),
  );
});

const groups = new Set(["setup", "simulate", "trigger", "fixture"]);
/** Groups that do something without a subcommand, too. */
const byDefault: Readonly<Record<string, string>> = { users: "ls", teams: "ls", runs: "ls", profile: "list" };
const subcommands = new Set(["show", "close", "prune", "use", "add"]);

test("the pages show commands", () => {
  expect(lines.length).toBeGreaterThan(10);
});

test.each(lines)("$page: astro-scim $words", async ({ words }) => {
  const [command = "", subcommand = ""] = words.split(" ");
  const io = fakeIo({ cwd: repository });
  await main([command, ...subcommandOf(command, subcommand), "--help"], io);
  const help = io.stdoutText();
  const options = words.match(/(?<=\s)--?[a-z][a-z-]*/g) ?? [];
  const known = new Set(help.match(/(?<=^\s+(?:-\w, )?)--?[a-z][a-z-]*/gm));
  expect(help).toContain(`Usage: astro-scim ${command}`);
  expect(options.filter((option) => !known.has(option))).toEqual([]);
});

function subcommandOf(command: string, word: string): readonly string[] {
  if (groups.has(command)) return [word];
  const usual = byDefault[command];
  return usual === undefined ? [] : [subcommands.has(word) ? word : usual];
}
