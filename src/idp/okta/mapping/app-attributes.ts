/** The attributes that the app has in Okta, as far as they are sent. */

import {
  appAttribute,
  appAttributeNames,
  expressionOf,
  isSamePlace,
  samePlaceError,
  type AppAttribute,
  type MappingEntry,
} from "../../../astro/okta-attributes/okta-app-attribute.ts";
import { attributeNames, type AttributeName } from "../../../astro/attributes.ts";
import { AppError } from "../../../ground/errors.ts";
import type { OktaAppSettings } from "../../../directory/app-settings.ts";

export type { AppAttribute } from "../../../astro/okta-attributes/okta-app-attribute.ts";

/** What an attribute of the app has for a user, in its data type. */
export type AppValue = string | number | boolean | readonly (string | number)[];

/** Values by the names of the app's attributes; unset ones are absent. */
export type AppValues = Readonly<Partial<Record<AttributeName, string>> & Record<string, AppValue>>;

/** The values of the documented attributes are texts, whose data type cannot be changed. */
export function areAppValues(values: Readonly<Record<string, AppValue>>): values is AppValues {
  return attributeNames.every((name) => values[name] === undefined || typeof values[name] === "string");
}

/**
 * Those that Astro documents, and those that the mappings name beside them, each with its place; what has no external
 * namespace is not sent and is none of them. `userName` is none: it has no mapping row.
 * @throws AppError invalid-file for a name that says nothing of a place, a place that no SCIM user has, two in one place
 */
export function appAttributes({ mappings }: Pick<OktaAppSettings, "mappings">): readonly AppAttribute[] {
  const attributes = appAttributeNames(mappings).flatMap((name) => {
    const entry = mappings[name] ?? "";
    const attribute = appAttribute(name, entry);
    if (attribute === undefined && typeof entry === "string") throw unknownName(name);
    return attribute ?? [];
  });
  const mapped = attributes.filter(({ name }) => isMapped(mappings[name] ?? ""));
  for (const [index, attribute] of mapped.entries()) {
    const other = mapped.slice(0, index).find(({ path }) => isSamePlace(path, attribute.path));
    if (other !== undefined) throw samePlaceError(other, attribute);
  }
  // What is mapped to nothing and has a successor in its place is gone from the app.
  return attributes.filter(
    (attribute) =>
      mapped.includes(attribute) || !mapped.some(({ path }) => isSamePlace(path, attribute.path)),
  );
}

/** Attributes of the mappings that Okta never sends. */
export function unsentAttributes({ mappings }: Pick<OktaAppSettings, "mappings">): readonly string[] {
  return Object.entries(mappings).flatMap(([name, entry]) =>
    isMapped(entry) && typeof entry !== "string" && appAttribute(name, entry) === undefined ? [name] : [],
  );
}

function isMapped(entry: MappingEntry): boolean {
  return expressionOf(entry).trim() !== "";
}

function unknownName(name: string): AppError {
  return new AppError("invalid-file", `The app has no attribute "${name}" to map to.`, {
    hint: `Attributes of the app: ${attributeNames.join(", ")}; userName comes from applicationUsername; any other is named by its SCIM path, such as title, or has an externalName and an externalNamespace.`,
  });
}
