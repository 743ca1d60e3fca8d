/** What a local Astro starts with, for a fixture. */

import type { AstroSeed } from "../astro/seed.ts";
import { directoryAt } from "../directory/timeline.ts";
import type { Fixture } from "../fixture/fixture.ts";
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
  return provisionedSeed(fixture.astro, expectedState(directoryAt(fixture, at), fixture.app));
}
