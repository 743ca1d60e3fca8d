/** What a live provider says beside its directory, in the terms of a comparison. */

import type { AssumedSetting, NotEvaluated, ProviderFinding } from "../../directory/provider-finding.ts";
import type { StateKey } from "../../astro/state.ts";

export interface ProviderSide {
  /** The provider's name. */
  readonly provider: string;
  /** Whether it was asked itself, or files say what it has. */
  readonly isLive: boolean;
  readonly findings: readonly ProviderFinding[];
  /** Mappings that cannot be evaluated. */
  readonly notEvaluated: readonly NotEvaluated[];
  /** Settings that nobody can read, and what is assumed of them. */
  readonly assumed: readonly AssumedSetting[];
  /** Key of the expected account, by the provider's id of the user; users who can have no account are not in it. */
  readonly userKeys: ReadonlyMap<string, StateKey>;
  /** The name that the directory gives a user, by the provider's id. */
  readonly userNames: ReadonlyMap<string, string>;
  /** Key of the Team, by the provider's id of the group; only of groups that become Teams. */
  readonly teamKeys: ReadonlyMap<string, StateKey>;
}
