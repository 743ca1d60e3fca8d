/** How the Astro app is set up in the identity provider's console. */

export type IdpName = "okta" | "entra";

/**
 * `catalog`: Okta's integration from the catalog, set up with organization ID and API token.
 * `manual`: an app from the App Integration Wizard, set up with SCIM URL, unique identifier and token.
 */
export type OktaIntegration = "catalog" | "manual";

export interface OktaAppSettings {
  readonly idp: "okta";
  readonly integration: OktaIntegration;
  /** "Application username format" of the sign-on settings: an Okta expression, `user.email` by default. */
  readonly applicationUsername: string;
  /** SCIM attribute → Okta expression; the documented table of astro.md §5 R6 is the default. */
  readonly mappings: Readonly<Record<string, string>>;
  /** The tick boxes under Provisioning > To App. */
  readonly createUsers: boolean;
  readonly updateUserAttributes: boolean;
  readonly deactivateUsers: boolean;
  /** "Rename app groups to match group name in Okta". */
  readonly renameGroups: boolean;
  /** Most membership changes in one PATCH (catalog only; okta.md §6.4). */
  readonly membersPerPatch: number;
}

/** Entra ID joins this union with its own settings. */
export type AppSettings = OktaAppSettings;
