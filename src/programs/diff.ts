/** `diff` for programs: the engine of `astro-scim diff`. */

import { readAstroState } from "../astro/api/read.ts";
import { comparedPaths } from "../astro/compared-paths.ts";
import { diff as compare, type Drift } from "../drift/compare/diff.ts";
import { directoryAt } from "../fixture/fixture.ts";
import { providerWords } from "../report/provider-words.ts";
import { expectedState } from "../idp/accounts/expected.ts";
import { targetName } from "../target/resolve-target.ts";
import { withOpened, type ProgramOptions } from "./open.ts";

export interface DiffOptions extends ProgramOptions {
  /** The directory after this step of the timeline: `start`, `end` (the default), or a step's name or number. */
  readonly at?: string | number;
}

/**
 * Compares a fixture's directory with what the target holds; `changes` is empty where nothing differs.
 * @throws AppError for the fixture or the target, and where the target cannot be read completely
 */
export async function diff(options: DiffOptions): Promise<Drift> {
  return withOpened(options, async ({ fixture, connection, signal }) => {
    const expected = expectedState(directoryAt(fixture, options.at ?? "end"), fixture.app);
    const held = await readAstroState(connection.send, {
      target: connection.baseUrl,
      attributePaths: comparedPaths(expected),
      signal,
    });
    return compare(expected, held, {
      target: targetName(connection.target),
      protect: fixture.protect,
      groupTerms: providerWords(fixture.app.idp).groups,
    });
  });
}
