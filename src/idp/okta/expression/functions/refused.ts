/** Names that Okta has, and that a profile mapping towards an app cannot use. */

/** Functions by name, and why a mapping does not have them. */
export const refusedFunctions: ReadonlyMap<string, string> = new Map([
  ...["getFilteredGroups", "Groups.contains", "Groups.startsWith", "Groups.endsWith"].map(
    (name) =>
      [name, "works only in token claims, not in profile mappings; isMemberOfGroupName does"] as const,
  ),
  [
    "user.isMemberOf",
    "belongs to Identity Engine's policies and claims, not to profile mappings; write isMemberOfGroupName",
  ],
  ["DateTime.now", "belongs to Identity Engine's language, not to profile mappings; write Time.now()"],
]);

/** What a reference begins with, and why a mapping cannot read it. */
export const refusedRoots: ReadonlyMap<string, string> = new Map([
  ["idpuser", "is available only in the username transform of an identity provider"],
  ["session", "is available only at sign-in, in SAML attribute statements and policies"],
  ["access", "is available only in token claims"],
  ["device", "is available only in policies and federated claims"],
  ["security", "is available only in policies"],
]);
