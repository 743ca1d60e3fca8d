/** What a local Astro starts with, for a fixture. */

import type { AstroSeed } from "../astro/seed.ts";
import type { ExpectedState, StateKey } from "../astro/state.ts";
import { directoriesBeforeRemovals, directoryAt } from "../directory/timeline.ts";
import type { Fixture } from "../fixture/fixture.ts";
import { foldCase } from "../ground/fold-case.ts";
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
  return withoutThoseWhoLeft(provisionedSeed(fixture.astro, expected), expected, { fixture, at });
}

interface Moment {
  readonly fixture: Fixture;
  readonly at: string | number;
}

/** Users who were removed from the directory: the provider has deactivated the account. */
function withoutThoseWhoLeft(seed: AstroSeed, expected: ExpectedState, { fixture, at }: Moment): AstroSeed {
  const earlier = directoriesBeforeRemovals(fixture, at).map(
    (directory) => expectedState(directory, fixture.app).users,
  );
  const hasLeft = (key: StateKey): boolean =>
    !expected.users.has(key) && earlier.some((users) => users.has(key));
  const users = seed.users.map((user) =>
    hasLeft(foldCase(user.userName)) ? { ...user, active: false } : user,
  );
  return { ...seed, users };
}
