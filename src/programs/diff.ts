/** `diff` for programs: the engine of `astro-scim diff`. */

import * as z from "zod";
import type { AstroApiName } from "../astro/records/record.ts";
import { compareWithAstro } from "../assembly/compare.ts";
import { memoryTarget } from "../assembly/connect.ts";
import { fixtureSource } from "../assembly/fixture-source.ts";
import type { Drift } from "../drift/compare/diff.ts";
import { AppError } from "../ground/errors.ts";
import { checkOptions, step, text, type OptionChecks } from "./check-options.ts";
import { programOptionChecks, withOpened, type ProgramOptions } from "./open.ts";

export interface DiffOptions extends ProgramOptions {
  /** The directory after this step of the timeline: `start`, `end` (the default), or a step's name or number. */
  readonly at?: string | number;
  /** With a target: path of a file with the provider's memory, whose links count besides names. */
  readonly state?: string;
  /**
   * `iam`: reads Astro's IAM API alone, also before SCIM is enabled; `scim`: SCIM alone. Without it SCIM is read, and the IAM API
   * beside it where the target has one.
   */
  readonly api?: AstroApiName;
}

const checks: OptionChecks<DiffOptions> = {
  ...programOptionChecks,
  at: step.optional(),
  state: text.optional(),
  api: z.enum(["iam", "scim"], { error: "iam or scim" }).optional(),
};

/**
 * Compares a fixture's directory with what the target holds; `changes` is empty where nothing differs.
 * @throws AppError usage, for options that do not exist, are wrong or do not go together; invalid-file, for the fixture or the
 * state file; unreachable, unauthorized, not-scim or source-incomplete, where the target cannot be read completely
 */
export async function diff(options: DiffOptions): Promise<Drift> {
  checkOptions<DiffOptions>("diff", options, checks);
  if (options.state !== undefined && options.target === undefined) {
    throw new AppError("usage", "The option state needs target.", {
      hint: "A state file belongs to a server that keeps its data; without target, a local Astro starts for this call.",
    });
  }
  return withOpened(options, async ({ io, fixture, connection, settings, responsibleFor, signal }) => {
    const { at, state, api } = options;
    const links = options.target === undefined ? undefined : memoryTarget(connection);
    const provided = await fixtureSource(io, fixture, { at, state }).read(links, signal);
    const { protect, concurrency } = settings;
    return compareWithAstro(provided, connection, {
      protect,
      responsibleFor,
      concurrency,
      signal,
      api,
    });
  });
}
