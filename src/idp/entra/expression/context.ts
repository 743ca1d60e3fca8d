/** What an expression knows of the world: everything it does not compute itself is passed in. */

import type { AppRole } from "../../../directory/app-role.ts";
import type { ProfileValue } from "../../../directory/directory.ts";

export interface EvaluationContext {
  /** The value of an attribute of the source object, case-sensitive; null where it is not set. */
  readonly attribute: (name: string) => ProfileValue;
  /** The app role that a value of `appRoleAssignments` names. */
  readonly appRole: (value: string) => AppRole;
  /** The time, for Now and for dates that are written without a day. */
  readonly now: () => Date;
  /** A number from 0, included, to 1, excluded: for Guid and RandomString. */
  readonly random: () => number;
  /** The tenant's default domain. */
  readonly defaultDomain: string;
  /**
   * Reproduces the trap documented for Switch: in an update that another attribute triggered, a Switch is null where
   * no attribute of its source changed. Says which attributes did not; absent, the trap does not spring.
   */
  readonly switchNullBug?: (attribute: string) => boolean;
}
