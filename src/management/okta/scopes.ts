/** The scopes of the calls that are made (Okta API: OAuth 2.0 scopes). */

export const oktaScopes = {
  apps: "okta.apps.read",
  groups: "okta.groups.read",
  users: "okta.users.read",
  profileMappings: "okta.profileMappings.read",
  schemas: "okta.schemas.read",
  logs: "okta.logs.read",
} as const;

/** Of repairs through Okta. */
export const oktaWriteScopes = { apps: "okta.apps.manage", groups: "okta.groups.manage" } as const;

export const requiredOktaScopes: readonly string[] = [
  oktaScopes.apps,
  oktaScopes.groups,
  oktaScopes.users,
  oktaScopes.profileMappings,
  oktaScopes.schemas,
];

/** Without the log, findings have neither errors nor who changed the app; everything else is read all the same. */
export const optionalOktaScopes: readonly string[] = [oktaScopes.logs];
