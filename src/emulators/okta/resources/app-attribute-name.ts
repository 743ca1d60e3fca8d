/** Names of the app's attributes in Okta. */

/** The variable name of an attribute: its name, in which a SCIM path has no dots, colons and brackets. */
export function variableName(name: string): string {
  return name.replaceAll(/\W+/g, "_").replaceAll(/^_+|_+$/g, "");
}
