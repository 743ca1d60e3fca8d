/** The directory's expected state against what the target holds: read, then compared. */

import { readAstroState } from "../astro/api/read.ts";
import { comparedPaths } from "../astro/compared-paths.ts";
import { diff, type DiffOptions, type Drift } from "../drift/compare/diff.ts";
import type { Directory } from "../directory/directory.ts";
import { directoryAt } from "../fixture/fixture.ts";
import { expectedState } from "../idp/accounts/expected.ts";
import { providerWords } from "../report/provider-words.ts";
import { printable } from "../ground/printable.ts";
import { targetName } from "../target/resolve-target.ts";
import type { Session } from "../cli/session.ts";

/** As of which step of the fixture's timeline, with which memory of the provider's, and for what. */
export interface Measuring {
  readonly at?: string;
  /** A file with the provider's memory, whose links count besides names. */
  readonly state?: string;
  /** For a repair: a server whose ids are numbers is refused. */
  readonly textIdsOnly: boolean;
}

/**
 * Says what is compared, and measures the drift.
 * @throws AppError usage, for a step that the timeline has not; and whatever reading throws
 */
export async function measureDrift(session: Session, { at, state, textIdsOnly }: Measuring): Promise<Drift> {
  const { fixture, connection, settings, signal, output } = session;
  output.say(printable(`Comparing ${fixture.file} with ${connection.label}.`) + "\n");
  const directory = directoryAt(fixture, at ?? "end");
  const expected = expectedState(directory, fixture.app);
  const remembered = state === undefined ? {} : await rememberedIn(session, state, directory);
  const held = await readAstroState(connection.send, {
    target: connection.baseUrl,
    attributePaths: comparedPaths(expected),
    concurrency: settings.concurrency,
    textIdsOnly,
    signal,
    onPage: (endpoint, read, total) =>
      output.progress.update(
        `reading ${endpoint.slice(1)}: ${read}${total === undefined ? "" : ` of ${total}`}`,
      ),
  });
  output.progress.stop();
  const { idp } = fixture.app;
  const provided = idp === "okta" ? directory.pushedGroups : directory.assignedGroups;
  const notPushed = [...directory.groups.values()].filter(({ key }) => !provided.has(key));
  return diff(expected, held, {
    target: targetName(connection.target),
    protect: [...fixture.protect, ...settings.protect],
    groupsNotPushed: notPushed.map(({ name }) => name),
    groupTerms: providerWords(idp).groups,
    ...remembered,
  });
}

/** The engines of the providers are loaded where a memory is to be read, and nowhere else. */
async function rememberedIn(
  session: Session,
  file: string,
  directory: Directory,
): Promise<Pick<DiffOptions, "linkedTeams" | "remembered">> {
  const { readRemembered } = await import("./remembered.ts");
  return readRemembered(session, file, directory);
}
