/** What somebody does in Astro directly, past the provider, in the timeline of a rehearsal. */

import { createScimWriter } from "../astro/api/write.ts";
import type { HeldState, Seen } from "../astro/held.ts";
import type { WriteResult } from "../astro/writer.ts";
import { isInAstro, type AstroAction } from "../directory/action.ts";
import type { Directory } from "../directory/directory.ts";
import type { Scenario } from "../directory/timeline.ts";
import { AppError } from "../ground/errors.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { isLoopbackHost } from "../http/loopback.ts";
import { accountFinder } from "../idp/expected/find-account.ts";
import type { Connection } from "./connect.ts";

/**
 * A rehearsal deletes nothing in an Astro that is not on this machine.
 * @throws AppError refused
 */
export function requireLocalFor({ timeline, file }: Scenario, { baseUrl, label }: Connection): void {
  const step = timeline.find(({ actions }) => actions.some(isInAstro));
  if (step === undefined || isLoopbackHost(new URL(baseUrl).hostname)) return;
  throw new AppError(
    "refused",
    `${file} deletes accounts or Teams in Astro (step ${JSON.stringify(step.name)}), so it cannot be rehearsed on ${label}.`,
    { hint: "Leave out --url, --org and --profile, or name a server on this machine." },
  );
}

export interface AstroToChange {
  readonly connection: Connection;
  readonly fixture: Scenario;
  readonly readHeld: () => Promise<HeldState>;
}

/**
 * Carries such an action out by our own client, so that it is not a request of the provider; what is not there stays away.
 * @throws AppError failed, where Astro refuses; whatever reading Astro throws
 */
export function astroChanger({ connection, fixture, readHeld }: AstroToChange) {
  const writer = createScimWriter(connection.send, { target: connection.baseUrl });
  return async (action: AstroAction, directory: Directory): Promise<void> => {
    const held = await readHeld();
    const remove = deletionOf(action, directory, { held, settings: fixture.app });
    if (remove.found === undefined) return;
    const result =
      action.kind === "delete-account"
        ? await writer.deleteUser(remove.found)
        : await writer.deleteTeam(remove.found);
    if (result.kind === "written" || result.kind === "gone") return;
    throw new AppError("failed", `${remove.what} could not be deleted in Astro: ${whyNot(result)}`);
  };
}

interface Deletion {
  readonly what: string;
  readonly found: Seen | undefined;
}

function deletionOf(
  action: AstroAction,
  directory: Directory,
  { held, settings }: { readonly held: HeldState; readonly settings: Scenario["app"] },
): Deletion {
  switch (action.kind) {
    case "delete-account": {
      const account = accountFinder({ state: held, directory, settings })(action.user);
      const found = account === undefined ? undefined : held.users.get(account.key);
      return { what: `The account of ${action.user}`, found };
    }
    case "delete-team": {
      const name = directory.groups.get(action.group)?.name ?? action.group;
      return { what: `The Team ${name}`, found: held.teams.get(foldCase(name)) };
    }
  }
}

function whyNot(result: WriteResult): string {
  return "message" in result ? result.message : "it changed in the meantime.";
}
