/**
 * What tells the two kinds of Okta integration apart on the wire: one row each, and nothing else in this folder
 * asks which integration it is.
 */

import type { OktaIntegration } from "../../directory/app-settings.ts";

/** `put`: read the resource, send it back whole. `patch`: send the change alone. */
export type UpdateShape = "put" | "patch";

export interface RequestShapes {
  /** Activation and deactivation. */
  readonly activation: UpdateShape;
  /** Rename, change of members, full push. */
  readonly group: UpdateShape;
  /** Whether `POST /Groups` carries the members, and a PUT of the same follows; else a full push follows. */
  readonly membersInGroupPost: boolean;
}

/**
 * `manual`: an app of the App Integration Wizard sends PUT for everything. `catalog`: an app of the integration
 * network sends PATCH for `active` and for groups (Okta: "Okta and SCIM Version 2.0", read 2026-08). `wizard`: a
 * private app of the Okta Integration Wizard is set to PATCH for both (Okta: Provisioning settings of the wizard). Profiles
 * travel by PUT in both; an integration may be published with "Support PATCH for User", which Astro's is not
 * known to be. Inferred: members in the POST of a wizard app, from captures; that Astro's catalog app is so.
 */
export const requestShapes: Readonly<Record<OktaIntegration, RequestShapes>> = {
  manual: { activation: "put", group: "put", membersInGroupPost: true },
  catalog: { activation: "patch", group: "patch", membersInGroupPost: false },
  wizard: { activation: "patch", group: "patch", membersInGroupPost: false },
};
