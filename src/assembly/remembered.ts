/** The accounts and Teams that a provider made or linked, as its memory has them: what a comparison matches and counts by. */

import type { StateKey } from "../astro/state.ts";
import type { Directory } from "../directory/directory.ts";
import type { DiffOptions } from "../drift/compare/diff.ts";
import { AppError } from "../ground/errors.ts";
import { accountRules } from "../idp/accounts/accounts.ts";
import { foldCase } from "../ground/fold-case.ts";
import { readMemoryFile } from "./files/memory-file.ts";
import { withProviderKit } from "./rehearsal/provider-kit.ts";
import { memoryTarget } from "./rehearsal/rehearse.ts";
import type { Session } from "../cli/session.ts";

/**
 * The provider's accounts, and the SCIM ids of its Teams by the key of the Team that is expected; a Team of which the
 * directory knows no more has a key that no Team can have.
 * @throws AppError usage without a target; invalid-file or refused for a file that is no memory of this target and fixture
 */
export async function readRemembered(
  { io, fixture, connection, target }: Session,
  file: string,
  directory: Directory,
): Promise<Required<Pick<DiffOptions, "linkedTeams" | "remembered">>> {
  if (target.kind === "in-process") throw noTarget();
  const opening = { file, target: memoryTarget(connection), fixture };
  const { links, remembered } = await withProviderKit(
    fixture.app,
    { retryTasks: false },
    async ({ form }) => {
      const memory = await readMemoryFile(io, { ...opening, form });
      return { links: form.linkedTeams(memory), remembered: form.linkedAccounts(memory) };
    },
  );
  const names = new Map(
    accountRules(directory, fixture.app).teams.map(({ group, name }) => [group.objectId, foldCase(name)]),
  );
  const linkedTeams = new Map<StateKey, string>(
    [...links].map(([objectId, scimId]) => [names.get(objectId) ?? keyOfNoTeam(objectId), scimId]),
  );
  return { linkedTeams, remembered };
}

/** Keys are folded, so none of them has a capital letter. */
function keyOfNoTeam(objectId: string): StateKey {
  return `LINK ${objectId}`;
}

function noTarget(): AppError {
  return new AppError("usage", "--state needs --url, --org or --profile.", {
    hint: "A state file belongs to a server that keeps its data; the local Astro inside the process starts empty each time.",
  });
}
