/** `diff` for programs: the engine of `astro-scim diff`. */

import { compareWithAstro } from "../assembly/compare.ts";
import { memoryTarget } from "../assembly/connect.ts";
import { fixtureSource } from "../assembly/fixture-source.ts";
import type { Drift } from "../drift/compare/diff.ts";
import { checkOptions, step, text, type OptionChecks } from "./check-options.ts";
import { programOptionChecks, withOpened, type ProgramOptions } from "./open.ts";

export interface DiffOptions extends ProgramOptions {
  /** The directory after this step of the timeline: `start`, `end` (the default), or a step's name or number. */
  readonly at?: string | number;
  /** With a target: path of a file with the provider's memory, whose links count besides names. */
  readonly state?: string;
}

const checks: OptionChecks<DiffOptions> = {
  ...programOptionChecks,
  at: step.optional(),
  state: text.optional(),
};

/**
 * Compares a fixture's directory with what the target holds; `changes` is empty where nothing differs.
 * @throws AppError usage, for options that do not exist or are wrong; for the fixture, the memory or the target, and where the target cannot be read completely
 */
export async function diff(options: DiffOptions): Promise<Drift> {
  checkOptions<DiffOptions>("diff", options, checks);
  return withOpened(options, async ({ io, fixture, connection, settings, responsibleFor, signal }) => {
    const { at, state } = options;
    const links = options.target === undefined ? undefined : memoryTarget(connection);
    const provided = await fixtureSource(io, fixture, { at, state }).read(links, signal);
    const { protect, concurrency } = settings;
    return compareWithAstro(provided, connection, { protect, responsibleFor, concurrency, signal });
  });
}
