/** Whether an account becomes inactive when its user stands so: what the mapping of `active` and the settings make of it. */

import type { DirectoryUser } from "../../../directory/directory.ts";
import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import { ExpressionError } from "../expression/expression-error.ts";
import { mapObject, type EvaluationWorld, type Mapping } from "../mapping/mapping.ts";
import type { StandingKind } from "../mapping/scope.ts";
import { readerOfUser } from "../mapping/source-attributes.ts";

/** By what it is decided. */
export interface DisablingRules {
  readonly settings: Pick<EntraAppSettings, "users" | "skipOutOfScopeDeletions">;
  readonly mapping: Mapping;
  readonly world: EvaluationWorld;
}

/** Out of scope, as opposed to deleted or blocked in Entra. */
export function isOutOfScope(standing: StandingKind): boolean {
  return standing === "unassigned" || standing === "filtered-out";
}

/**
 * Whether the account of a user in that state is set inactive. For a user who leaves the scope, only what follows
 * IsSoftDeleted is sent, so that a mapping from accountEnabled disables for blocked sign-in alone
 * (cloudflare/cloudflare-docs PR #30543).
 */
export function isDisabling(user: DirectoryUser, standing: StandingKind, rules: DisablingRules): boolean {
  const { settings, mapping, world } = rules;
  if (standing === "in-scope" || !settings.users.actions.update) return false;
  if (isOutOfScope(standing) && settings.skipOutOfScopeDeletions) return false;
  const rows = mapping.rows.filter(({ target, followsSoftDelete }) => {
    return target.path.text === "active" && (followsSoftDelete || !isOutOfScope(standing));
  });
  try {
    const [active] = mapObject(
      { ...mapping, rows },
      { read: readerOfUser(user, true), world, creating: false },
    );
    return active?.value === false;
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}
