/**
 * How this server behaves where the RFCs leave it open, providers depart from them, or nothing public says what Astro
 * does: the rows of astro/behaviour/table.ts with what was chosen for them.
 */

import { resolveBehaviour } from "../astro/behaviour/resolve.ts";
import type { Behaviour, BehaviourChoice } from "../astro/behaviour/table.ts";

/**
 * One answer for every row: what was chosen for the server counts more than what its seed says.
 * @throws AppError usage for a choice that no row has
 */
export function behaviourOf(server: BehaviourChoice, seed: BehaviourChoice = {}): Behaviour {
  const strict = server.strict ?? seed.strict ?? false;
  return resolveBehaviour({ strict, behaviour: { ...seed.behaviour, ...server.behaviour } });
}
