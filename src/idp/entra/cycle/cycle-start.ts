/** How a cycle begins: as an initial one, or as an incremental one from the watermark of the last. */

import type { Directory } from "../../../directory/directory.ts";
import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import type { CycleReport } from "../../run/events.ts";
import type { EntraMemory } from "../memory.ts";
import type { EntraWorld } from "../world.ts";

export interface CycleRun {
  readonly settings: EntraAppSettings;
  /** As it is now. */
  readonly directory: Directory;
  readonly memory: EntraMemory;
}

/** A cycle that has begun. */
export interface CycleStart {
  readonly number: number;
  readonly cycle: CycleReport["cycle"];
  readonly at: Date;
  /** The mappings and filters that it goes by. */
  readonly rules: string;
  /** Who is in scope: that of the last initial cycle until there is another. */
  readonly scope: EntraAppSettings["scope"];
}

/** Other mappings or scoping filters than those of the last cycle need a new initial one. */
export function startOf({ settings, memory }: CycleRun, { clock }: EntraWorld): CycleStart {
  const rules = rulesOf(settings);
  const isInitial = !memory.initialCycleDone || memory.rules !== rules;
  return {
    number: memory.cycles + 1,
    cycle: isInitial ? "initial" : "incremental",
    at: clock.now(),
    rules,
    scope: isInitial ? settings.scope : (memory.scope ?? settings.scope),
  };
}

function rulesOf({ users, groups, appRoles }: EntraAppSettings): string {
  const objects = [users, groups].map(({ mappings, scopingFilters }) => ({ mappings, scopingFilters }));
  return JSON.stringify(appRoles.length === 0 ? objects : [...objects, { appRoles }]);
}
