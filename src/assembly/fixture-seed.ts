/** What a local Astro starts with, for a fixture. */

import type { AstroSeed, SeedUser } from "../astro/seed.ts";
import type { ExpectedState, StateKey } from "../astro/state.ts";
import { directoriesUntil, directoryAt } from "../directory/timeline.ts";
import type { Fixture } from "../fixture/fixture.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { expectedState } from "../idp/expected/expected-state.ts";
import { provisionedSeed } from "../idp/expected/provisioned-seed.ts";

export interface SeedChoice {
  /** What the directory says that Astro should hold, on top of the fixture's `astro:` part. */
  readonly provisioned?: boolean | undefined;
  /** With `provisioned`: after which step of the timeline; `end` by default. */
  readonly at?: string | number | undefined;
}

/** @throws AppError usage for a step that there is not */
export function fixtureSeed(fixture: Fixture, { provisioned, at = "end" }: SeedChoice): AstroSeed {
  if (provisioned !== true) return fixture.astro;
  const expected = expectedState(directoryAt(fixture, at), fixture.app);
  const hasBeenProvisioned = everProvisioned(fixture, at);
  const isLinked = ({ userName, externalId }: SeedUser): boolean =>
    externalId !== undefined || hasBeenProvisioned(foldCase(userName));
  return withoutThoseWhoLeft(
    provisionedSeed(fixture.astro, expected, isLinked),
    expected,
    hasBeenProvisioned,
  );
}

/** Whether an account was to be active at any moment so far: the provider has linked it then. */
function everProvisioned(fixture: Fixture, at: string | number): (key: StateKey) => boolean {
  let states: readonly ExpectedState[] | undefined;
  return (key) => {
    states ??= directoriesUntil(fixture, at).map((directory) => expectedState(directory, fixture.app));
    return states.some(({ users }) => users.get(key)?.presence === "active");
  };
}

/** Users who were removed from the directory: the provider has deactivated the account. */
function withoutThoseWhoLeft(
  seed: AstroSeed,
  expected: ExpectedState,
  hasBeenProvisioned: (key: StateKey) => boolean,
): AstroSeed {
  const hasLeft = (key: StateKey): boolean => !expected.users.has(key) && hasBeenProvisioned(key);
  const users = seed.users.map((user) =>
    hasLeft(foldCase(user.userName)) ? { ...user, active: false } : user,
  );
  return { ...seed, users };
}
