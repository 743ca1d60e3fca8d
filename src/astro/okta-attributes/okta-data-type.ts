/** What an attribute of Okta's app profile holds. */

/** Of the data types that "Add Attribute" offers, those that SCIM can carry (Okta: Add custom attributes to apps). */
export const oktaDataTypes = [
  "string",
  "boolean",
  "number",
  "integer",
  "string array",
  "number array",
  "integer array",
] as const;

export type OktaDataType = (typeof oktaDataTypes)[number];

export function isListType(type: OktaDataType): boolean {
  return type.endsWith(" array");
}
