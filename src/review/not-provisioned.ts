/** Who of a fixture's directory is not provisioned at the start. */

import { countNotProvisioned, type NotProvisioned } from "../astro/not-provisioned.ts";
import type { Fixture } from "../fixture/fixture.ts";
import { expectedState } from "../idp/expected/expected-state.ts";

/** @throws AppError invalid-file for a mapping that is wrong */
export function notProvisionedAtStart({
  app,
  start,
}: Pick<Fixture, "app" | "start">): NotProvisioned | undefined {
  return countNotProvisioned(expectedState(start, app));
}
