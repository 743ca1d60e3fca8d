/** Names that Okta has, and that a profile mapping towards an app cannot use. */

/** Functions by name, and why a mapping does not have them. */
export const refusedFunctions: ReadonlyMap<string, string> = new Map([
  ...["getFilteredGroups", "Groups.contains", "Groups.startsWith", "Groups.endsWith"].map(
    (name) =>
      [name, "works only in claims of a token, not in profile mappings; isMemberOfGroupName does"] as const,
  ),
  [
    "user.isMemberOf",
    "belongs to Identity Engine's policies and claims, not to profile mappings; write isMemberOfGroupName",
  ],
  ["DateTime.now", "belongs to Identity Engine's language, not to profile mappings; write Time.now()"],
]);

/** What a reference begins with, and why a mapping cannot read it. */
export const refusedRoots: ReadonlyMap<string, string> = new Map([
  ["idpuser", "is known only in the username transform of an identity provider"],
  ["session", "is known only while a user signs in, to SAML attribute statements and policies"],
  ["access", "is known only to claims of a token"],
  ["device", "is known only to policies and federated claims"],
  ["security", "is known only to policies"],
]);
