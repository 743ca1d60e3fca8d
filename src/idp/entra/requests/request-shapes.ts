/**
 * What tells the forms of Entra's requests apart: the legacy ones, and those that the flag in the Tenant URL switches
 * on. One row each, and nothing else in this folder asks for the flag or the integration.
 */

import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import type { EntraFidelity } from "../../../fidelity/table.ts";

/** Whether a cycle runs, or an administrator has asked for one object. */
export type RunMode = "cycle" | "on-demand";

export type Verb = "add" | "replace" | "remove";

/** The form of a PATCH. */
interface PatchForm {
  /** `op`, as it is written. */
  readonly verbs: Readonly<Record<Verb, string>>;
  /** Booleans of a PATCH: in a POST they are JSON in any case. */
  readonly booleans: "text" | "json";
  /** `each`: one operation for each attribute. `merged`: one for each verb, without a path, with flat keys. */
  readonly attributes: "each" | "merged";
  /** `list`: the members in the value. `filter`: one operation for each, `members[value eq "…"]`. */
  readonly memberRemoval: "list" | "filter";
  /** `text`: each role is JSON in a text. */
  readonly roles: "text" | "json";
}

/** Microsoft: Known issues and resolutions with SCIM 2.0 protocol compliance, "Flags to alter the SCIM behavior". */
const patchForms = {
  legacy: {
    verbs: { add: "Add", replace: "Replace", remove: "Remove" },
    booleans: "text",
    attributes: "each",
    memberRemoval: "list",
    roles: "text",
  },
  flagged: {
    verbs: { add: "add", replace: "replace", remove: "remove" },
    booleans: "json",
    attributes: "merged",
    memberRemoval: "filter",
    roles: "json",
  },
} as const satisfies Record<string, PatchForm>;

export interface RequestShapes {
  readonly patch: PatchForm;
  /** Where the flag stands in a URL on the wire; undefined where the Tenant URL has none. */
  readonly flagOnWire: EntraFidelity["entraFlagOnWire"] | undefined;
  readonly fidelity: EntraFidelity;
}

/**
 * The gallery's app has no Tenant URL of the administrator's, so the flag does not apply to it; provisioning on demand
 * ignores the flag (Microsoft: Known issues and resolutions with SCIM 2.0 protocol compliance).
 */
export function requestShapes(
  { integration, flag, fidelity }: Pick<EntraAppSettings, "integration" | "flag" | "fidelity">,
  mode: RunMode,
): RequestShapes {
  const hasFlag = integration === "non-gallery" && flag;
  const legacy = {
    ...patchForms.legacy,
    booleans: fidelity.entraLegacyBooleans,
    attributes: fidelity.entraLegacyAttributes,
  };
  return {
    patch: hasFlag && mode === "cycle" ? patchForms.flagged : legacy,
    flagOnWire: hasFlag ? fidelity.entraFlagOnWire : undefined,
    fidelity,
  };
}
