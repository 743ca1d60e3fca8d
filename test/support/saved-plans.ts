/** A plan that `diff --save` wrote for a company that has drifted, edited by hand and applied to its Astro. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { driftedCompany } from "./drifted-company.ts";
import { runCommand, type CommandOptions, type CommandResult } from "./run-command.ts";
import { tempFolder } from "./temp-folder.ts";
import { startWatchedAstro, type WatchedAstro, type WatchedAstroOptions } from "./watched-astro.ts";

/** What any JSON looks like to somebody who edits it. */
// oxlint-disable-next-line typescript/no-explicit-any -- an edit reaches into plans of any shape, valid or not
export type Edited = any;

export interface SavedOnce {
  readonly astro: WatchedAstro;
  readonly cwd: string;
  readonly saving: CommandResult;
  /** As it was saved. */
  readonly text: string;
  /** Applies what the file holds now, or with one of its values changed. */
  apply(
    words?: readonly string[],
    options?: CommandOptions & {
      readonly edit?: (plan: Edited) => void;
      readonly text?: string;
      /** The words name the target. */
      readonly isByProfile?: true;
    },
  ): Promise<CommandResult>;
}

export interface SavingOptions extends Omit<WatchedAstroOptions, "fixture"> {
  readonly fixture?: string;
  /** The command that saves; `diff` unless said. */
  readonly command?: readonly string[];
}

/** Starts the Astro of the fixture, and saves the plan that ends its drift. */
export async function savedPlan({
  fixture = driftedCompany,
  command = ["diff"],
  ...options
}: SavingOptions = {}): Promise<SavedOnce> {
  const astro = await startWatchedAstro({ ...options, fixture });
  const cwd = await tempFolder({ "own.yaml": fixture });
  const saving = await runCommand(
    [...command, "--from", "own.yaml", "--save", "plan.json", ...astro.target],
    { cwd },
  );
  const file = join(cwd, "plan.json");
  const text = await readFile(file, "utf8");
  astro.forget();
  return {
    astro,
    cwd,
    saving,
    text,
    apply: async (words = ["--yes"], { edit, text: other = text, isByProfile, ...world } = {}) => {
      const plan: Edited = edit === undefined ? undefined : JSON.parse(other);
      edit?.(plan);
      await writeFile(file, plan === undefined ? other : JSON.stringify(plan));
      const where = isByProfile === true ? [] : astro.target;
      return runCommand(["apply", "plan.json", ...words, ...where], { cwd, ...world });
    },
  };
}
