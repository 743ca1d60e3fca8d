/** Both sides where only one of them could be read: nothing is compared, and nothing is called a difference. */

import type { HeldState } from "../../astro/held.ts";
import { emptyDirectory } from "../../directory/directory.ts";
import type { AppSettings } from "../../directory/app-settings.ts";
import type { ProvidedDirectory } from "../../directory/source.ts";
import { diff, type Drift } from "../../drift/compare/diff.ts";
import { expectedState } from "../../idp/expected/expected-state.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import { sidesOf, type Sides } from "./sides.ts";

const nothingHeld: HeldState = {
  users: new Map(),
  teams: new Map(),
  namesakeUsers: [],
  namesakeTeams: [],
};

/** @param why a clause: why Astro could not be read */
export function withoutAstro(provided: ProvidedDirectory, words: ProviderWords, why: string): Sides {
  const expected = expectedState(provided.directory, provided.app);
  return {
    ...sidesOf(provided, uncompared(diff(expected, nothingHeld)), words),
    unreadSide: { of: "astro", why },
  };
}

/** @param why a clause: why the directory could not be read */
export function withoutDirectory(
  app: AppSettings,
  held: HeldState,
  words: ProviderWords,
  why: string,
): Sides {
  const provided: ProvidedDirectory = {
    directory: emptyDirectory,
    app,
    protect: [],
    remembered: undefined,
    findings: [],
  };
  const drift = diff(expectedState(emptyDirectory, app), held);
  return { ...sidesOf(provided, uncompared(drift), words), unreadSide: { of: "directory", why } };
}

function uncompared(drift: Drift): Drift {
  return { ...drift, changes: [], protectedSkipped: [], cannotTell: [] };
}
