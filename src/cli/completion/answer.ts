/** Answers a shell that asks what a word can be. It loads next to nothing, and whatever goes wrong, there are no candidates. */

import { complete, type Candidate } from "../../completion/complete.ts";
import type { CompletedCommand, ValueKind } from "../../completion/tree.ts";
import type { Io } from "../../world/io.ts";
import { readBuiltTree, shippedFile, type BuiltTree } from "./built-tree.ts";
import { valuesOf } from "./values.ts";

/** What the shell adds by itself. */
const shellKinds: Readonly<Partial<Record<ValueKind, string>>> = {
  files: "files",
  folders: "folders",
  source: "files",
  fixture: "files",
};

/**
 * The arguments of the hidden command `complete`: the words before, and the word that is being typed behind `=`, so that it is never
 * empty. Writes `:files`, `:folders` or `:nothing`, then a line for each candidate: value, tab, description.
 * @param buildTree the tree of commands where none was written at the build
 */
export async function answerCompletion(
  io: Io,
  args: readonly string[],
  buildTree: () => Promise<CompletedCommand>,
): Promise<void> {
  try {
    const built = (await readBuiltTree(io)) ?? { tree: await buildTree(), fixtures: [] };
    const begun = (args.at(-1) ?? "=").replace(/^=/, "");
    io.stdout.write(await completionText(io, built, { words: args.slice(0, -1), begun }));
  } catch {
    // A message would stand in the middle of the line that is being typed.
  }
}

interface Typed {
  readonly words: readonly string[];
  readonly begun: string;
}

async function completionText(
  io: Io,
  { tree, fixtures }: BuiltTree,
  { words, begun }: Typed,
): Promise<string> {
  const found = complete(tree, words, begun);
  const named = {
    io,
    arguments: found.arguments,
    given: found.given,
    fixtures: new Map(fixtures.map((name) => [name, shippedFile(name)])),
  };
  const lines = [...found.candidates, ...(await valuesOf(found.kind, named))]
    .filter(({ value }) => value.startsWith(found.begun) && !/\p{Cc}/u.test(value))
    .map((candidate) => lineOf(candidate, found.before));
  return [`:${shellKinds[found.kind] ?? "nothing"}`, ...new Set(lines), ""].join("\n");
}

function lineOf({ value, description }: Candidate, before: string): string {
  return `${before}${value}\t${description.replaceAll(/\p{Cc}/gu, " ")}`;
}
