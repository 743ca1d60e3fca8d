/**
 * The attributes of a user that Astro documents, one row each. The name of a row is the name of the attribute in Okta's app
 * and in a fixture; any other attribute of a SCIM user is named by its path.
 */

import { recordOf } from "../ground/record-of.ts";

interface DocumentedAttribute {
  /** Where a SCIM resource has it. */
  readonly path: string;
  /** What it is called where differences are shown. */
  readonly label: string;
  /** What it is called within a sentence. */
  readonly words: string;
  /** Directories and servers fold the case of an e-mail address, and of nothing else. */
  readonly comparison: "exact" | "ignoring-case";
  /** The attribute of the Okta profile that is mapped to it (Astro docs: Set up SCIM provisioning, Okta). */
  readonly okta: { readonly source: string; readonly meaning: string };
  /** The attribute of the Entra user that is mapped to it (the same, Microsoft Entra ID); undefined: the row is deleted. */
  readonly entra: { readonly source: string } | undefined;
}

/** In the order of Astro's documentation; userName, by which accounts are matched, is none of them. */
export const documentedAttributes = {
  givenName: {
    path: "name.givenName",
    label: "name.givenName",
    words: "first name",
    comparison: "exact",
    okta: { source: "firstName", meaning: "First name (givenName)." },
    entra: undefined,
  },
  familyName: {
    path: "name.familyName",
    label: "name.familyName",
    words: "last name",
    comparison: "exact",
    okta: { source: "lastName", meaning: "Last name (familyName)." },
    entra: undefined,
  },
  email: {
    path: "emails[primary eq true].value",
    label: "e-mail",
    words: "e-mail address",
    comparison: "ignoring-case",
    okta: { source: "email", meaning: "E-mail address; the rest of the file refers to the user by it." },
    entra: undefined,
  },
  displayName: {
    path: "displayName",
    label: "displayName",
    words: "display name",
    comparison: "exact",
    okta: { source: "displayName", meaning: "Display name; often empty." },
    entra: { source: "displayName" },
  },
  profileUrl: {
    path: "profileUrl",
    label: "profileUrl",
    words: "profile URL",
    comparison: "exact",
    okta: { source: "profileUrl", meaning: "URL of the user's page or picture." },
    entra: undefined,
  },
} as const satisfies Readonly<Record<string, DocumentedAttribute>>;

export type AttributeName = keyof typeof documentedAttributes;

/** The attributes of the Okta profile that a fixture's users have keys for. */
export type OktaSource = (typeof documentedAttributes)[AttributeName]["okta"]["source"];

export const attributeNames: readonly AttributeName[] =
  Object.keys(documentedAttributes).filter(isAttributeName);

export const oktaSources: readonly OktaSource[] = attributeNames.map(
  (name) => documentedAttributes[name].okta.source,
);

export const documentedAttributePaths: readonly string[] = attributeNames.map(
  (name) => documentedAttributes[name].path,
);

export function isAttributeName(name: string): name is AttributeName {
  return Object.hasOwn(documentedAttributes, name);
}

/** The path of an attribute that is named as documented; any other name is a path. */
export function attributePathOf(name: string): string {
  return isAttributeName(name) ? documentedAttributes[name].path : name;
}

/** The documented name of a path; undefined for what Astro does not document. */
export function attributeNameOf(path: string): AttributeName | undefined {
  return nameOf.get(path);
}

/** What an attribute is called where differences are shown: its path, unless Astro documents it and people have a word for it. */
export function attributeLabel(path: string): string {
  const name = nameOf.get(path);
  return name === undefined ? path : documentedAttributes[name].label;
}

/** How two values at a path are compared: as those of the documented attribute that has the same first part, if one has. */
export function comparisonAt(path: string): DocumentedAttribute["comparison"] {
  return comparisonOf.get(firstPart(path)) ?? "exact";
}

/** One value for each documented attribute. */
export function forEachAttribute<Value>(
  valueOf: (row: DocumentedAttribute, name: AttributeName) => Value,
): Readonly<Record<AttributeName, Value>> {
  return recordOf(attributeNames.map((name) => [name, valueOf(documentedAttributes[name], name)]));
}

const nameOf: ReadonlyMap<string, AttributeName> = new Map(
  attributeNames.map((name) => [documentedAttributes[name].path, name]),
);

const comparisonOf: ReadonlyMap<string, DocumentedAttribute["comparison"]> = new Map(
  attributeNames.map((name) => [
    firstPart(documentedAttributes[name].path),
    documentedAttributes[name].comparison,
  ]),
);

/** `emails` of `emails[primary eq true].value`. */
function firstPart(path: string): string {
  return path.split(/[[.]/, 1)[0] ?? path;
}
