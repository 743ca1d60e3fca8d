/**
 * What tells Okta's integrations apart on the wire, and what of it is chosen: one row each, and nothing else in this
 * folder asks which integration it is.
 */

import type { OktaAppSettings, OktaIntegration } from "../../../directory/app-settings.ts";
import type { OktaFidelity } from "../../../fidelity/table.ts";
import { appAttributes, type AppAttribute } from "../mapping/app-attributes.ts";

/** `put`: read the resource, send it back whole. `patch`: send the change alone. */
type UpdateShape = "put" | "patch";

export interface RequestShapes {
  /** Changes of a profile. */
  readonly profile: UpdateShape;
  /** Activation and deactivation. */
  readonly activation: UpdateShape;
  /** Rename, change of members, full push. */
  readonly group: UpdateShape;
  /** Whether `POST /Groups` carries the members. */
  readonly membersInGroupPost: boolean;
  /** Whose value the look-up of an account asks for. */
  readonly lookupValue: "email" | "userName";
  /** What a profile says of a user, beside the userName. */
  readonly attributes: readonly AppAttribute[];
  /** The rest of what is uncertain. */
  readonly fidelity: OktaFidelity;
}

/**
 * `manual`: an app of the App Integration Wizard sends PUT for everything. `catalog`: an app of the integration
 * network sends PATCH for `active` and for groups (Okta: "Okta and SCIM Version 2.0", read 2026-08). `wizard`: a
 * private app of the Okta Integration Wizard has PATCH on for users and set for groups (Okta: Provisioning settings of
 * the wizard). Inferred: members in the POST of a manual app, from captures; that Astro's catalog app is so.
 */
const integrations: Readonly<Record<OktaIntegration, Omit<RequestShapes, "attributes" | "fidelity">>> = {
  manual: {
    profile: "put",
    activation: "put",
    group: "put",
    membersInGroupPost: true,
    lookupValue: "email",
  },
  catalog: {
    profile: "put",
    activation: "patch",
    group: "patch",
    membersInGroupPost: false,
    lookupValue: "userName",
  },
  wizard: {
    profile: "patch",
    activation: "patch",
    group: "patch",
    membersInGroupPost: false,
    lookupValue: "userName",
  },
};

/**
 * The shapes of an integration, with what was chosen otherwise.
 * @throws AppError invalid-file for a mapping of what is not an attribute
 */
export function requestShapes(
  settings: Pick<OktaAppSettings, "integration" | "mappings" | "fidelity">,
): RequestShapes {
  const { integration, fidelity } = settings;
  const own = integrations[integration];
  const { profileUpdate, groupPostMembers, lookupValue } = fidelity;
  return {
    ...own,
    profile: profileUpdate === "integration" ? own.profile : profileUpdate,
    membersInGroupPost:
      groupPostMembers === "integration" ? own.membersInGroupPost : groupPostMembers === "with",
    lookupValue: lookupValue === "integration" ? own.lookupValue : lookupValue,
    attributes: appAttributes(settings),
    fidelity,
  };
}
