/** What `diff` and the repairs begin with: the directory and the target are read and compared, with progress. */

import { compareWithAstro } from "../assembly/compare.ts";
import { memoryTarget } from "../assembly/connect.ts";
import { fixtureSource, type FixtureChoice } from "../assembly/fixture-source.ts";
import type { Drift } from "../drift/compare/diff.ts";
import { printable } from "../ground/printable.ts";
import type { Session } from "./session.ts";

export interface MeasureOptions extends FixtureChoice {
  /** For a repair: a server whose ids are numbers is refused. */
  readonly textIdsOnly: boolean;
}

/** @throws AppError whatever reading the directory, the provider's memory or the target throws */
export async function measureDrift(
  { io, fixture, target, connection, settings, signal, output }: Session,
  { textIdsOnly, ...choice }: MeasureOptions,
): Promise<Drift> {
  const source = fixtureSource(io, fixture, choice);
  output.say(printable(`Comparing ${source.name} with ${connection.label}.`) + "\n");
  const links = target.kind === "in-process" ? undefined : memoryTarget(connection);
  const drift = await compareWithAstro(await source.read(links, signal), connection, {
    protect: settings.protect,
    concurrency: settings.concurrency,
    textIdsOnly,
    signal,
    onPage: (endpoint, read, total) =>
      output.progress.update(
        `reading ${endpoint.slice(1)}: ${read}${total === undefined ? "" : ` of ${total}`}`,
      ),
  });
  output.progress.stop();
  return drift;
}
