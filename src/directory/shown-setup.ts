/**
 * How the Astro app is set up in a live provider, as the provider shows it: also where nothing could be provisioned with it.
 * `AppSettings` is what a comparison goes by; this is what a person can see in the console.
 */

/** The settings of the consoles that a set-up sheet has, each with a value that can be compared. */
export const setupSettings = [
  "integration",
  "provisioning",
  "scim-url",
  "unique-identifier",
  "push-new-users",
  "push-profile-updates",
  "push-groups",
  "import-users",
  "import-groups",
  "authentication-mode",
  "token",
  "username-format",
  "username-updates",
  "create-users",
  "update-user-attributes",
  "deactivate-users",
  "sync-password",
  "scope",
  "job-state",
  "users-enabled",
  "users-create",
  "users-update",
  "users-delete",
  "users-scope",
  "groups-enabled",
  "groups-create",
  "groups-update",
  "groups-delete",
  "groups-scope",
] as const;

export type SetupSetting = (typeof setupSettings)[number];

/** A setting of the live app: its value, or a clause that says why it is not known. */
export type ShownValue =
  | { readonly kind: "shown"; readonly value: string | boolean }
  | { readonly kind: "not-shown"; readonly why: string };

/** One row of the app's attribute mappings. */
export interface ShownMapping {
  /** The app's attribute: `givenName` in Okta, `userName` in Entra ID. */
  readonly target: string;
  /** The attribute or expression, as the console has it. */
  readonly source: string;
  /** Whether the value is sent only when the account is created. */
  readonly onlyAtCreation: boolean;
  /** Whether objects are matched by it (Entra ID). */
  readonly isMatching: boolean;
}

export interface ShownSetup {
  /** The app, as messages name it. */
  readonly appName: string;
  /** Settings that are not in it do not exist for this kind of app. */
  readonly settings: ReadonlyMap<SetupSetting, ShownValue>;
  readonly mappings: Readonly<Record<"users" | "groups", readonly ShownMapping[]>>;
}
