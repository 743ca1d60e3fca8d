/** What an expression is evaluated against: values only, so that the same expression always yields the same. */

import type { ExpressionValue } from "./value.ts";

/** The value of a name; null where it was never set. */
type ReadAttribute = (name: string) => ExpressionValue;

/**
 * What a reference begins with: the Okta profile, the profile in the app, the properties of the app, those of the
 * organization.
 */
export type ReferenceRoot = "user" | "appuser" | "app" | "org";

/** A group that the user is in. */
export interface ExpressionGroup {
  /** Null for a group whose id is not known here. */
  readonly id: string | null;
  readonly name: string;
  /** Okta API: Groups, "type": `OKTA_GROUP`, `APP_GROUP`, `BUILT_IN`. */
  readonly type: string;
}

export interface EvaluationContext {
  /** What `user.<attribute>` and its like read. */
  readonly references: Readonly<Record<ReferenceRoot, ReadAttribute>>;
  /** `user.getInternalProperty("…")`. */
  readonly internal: Readonly<Record<"id" | "status", string | null>>;
  /** The user's groups, as they were when the mapping was applied. */
  readonly groups: readonly ExpressionGroup[];
  /** The instant at which the mapping is applied; undefined where nothing is applied, only compared. */
  readonly now: Date | undefined;
}
