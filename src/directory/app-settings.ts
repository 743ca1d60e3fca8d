/** How the Astro app is set up in the identity provider's console: Okta's settings here, Entra's beside it. */

import { forEachAttribute } from "../astro/attributes.ts";
import type { MappingEntry } from "../astro/okta-attributes/okta-app-attribute.ts";
import { resolveOktaFidelity } from "../fidelity/resolve.ts";
import type { OktaFidelity } from "../fidelity/table.ts";
import type { EntraAppSettings } from "./entra-app-settings.ts";

/**
 * `catalog`: Okta's integration from the catalog, set up with organization ID and API token.
 * `manual`: an app from the App Integration Wizard, set up with SCIM URL, unique identifier and token.
 * `wizard`: a private app of the Okta Integration Wizard of 2026, set up with SCIM URL and token.
 */
export type OktaIntegration = (typeof oktaIntegrations)[number];

export const oktaIntegrations = ["catalog", "manual", "wizard"] as const;

export interface OktaAppSettings {
  readonly idp: "okta";
  readonly integration: OktaIntegration;
  /** "Application username format" of the sign-on settings: an Okta expression, `user.email` by default. */
  readonly applicationUsername: string;
  /**
   * App attribute → Okta expression: by its name in the console (`givenName`, `title`), by the SCIM path that it is sent as, or
   * by any name with its external name and namespace. `userName` has no row.
   */
  readonly mappings: Readonly<Record<string, MappingEntry>>;
  /** The tick boxes under Provisioning > To App. */
  readonly createUsers: boolean;
  readonly updateUserAttributes: boolean;
  readonly deactivateUsers: boolean;
  /** "Import Groups", among the supported provisioning actions of the integration. */
  readonly importGroups: boolean;
  /** "Rename app groups to match group name in Okta". */
  readonly renameGroups: boolean;
  /** "Push group memberships immediately", of every push mapping. */
  readonly pushMembershipsImmediately: boolean;
  /** Most membership changes in one PATCH (catalog and wizard only; Okta: OIN submission guide, 100 to 1000). */
  readonly membersPerPatch: number;
  /** What `app.<property>` reads in an expression: properties of the app instance. */
  readonly appProperties: Readonly<Record<string, string>>;
  /** What `org.name` and `org.subDomain` read. */
  readonly orgProperties: Readonly<Record<string, string>>;
  /** Attributes of the Okta profile that exist although no user may have a value yet, beside the base profile's. */
  readonly customAttributes: readonly string[];
  /** What is uncertain about Okta, and what this Okta does. */
  readonly fidelity: OktaFidelity;
}

/**
 * What the setup page asks for, the default of every fixture (Astro docs: Set up SCIM provisioning, Okta,
 * attribute table). 256 members a PATCH is what ory/polis #4080 observed: publishers choose it, between 100 and 1000.
 */
export const documentedOktaSettings: OktaAppSettings = {
  idp: "okta",
  integration: "manual",
  applicationUsername: "user.email",
  mappings: forEachAttribute(({ okta }) => `user.${okta.source}`),
  createUsers: true,
  updateUserAttributes: true,
  deactivateUsers: true,
  importGroups: false,
  renameGroups: true,
  pushMembershipsImmediately: true,
  membersPerPatch: 256,
  appProperties: {},
  orgProperties: {},
  customAttributes: [],
  fidelity: resolveOktaFidelity(),
};

export type AppSettings = OktaAppSettings | EntraAppSettings;
