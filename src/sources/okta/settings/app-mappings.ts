/** The mappings to the app in the form in which a fixture has them: an expression, and where its value goes. */

import { isAttributeName, attributePathOf } from "../../../astro/attributes.ts";
import {
  appAttribute,
  isKnownAppAttribute,
  type AddedAttribute,
  type MappingEntry,
} from "../../../astro/okta-attributes/okta-app-attribute.ts";
import { oktaDataTypes, type OktaDataType } from "../../../astro/okta-attributes/okta-data-type.ts";
import type { NotEvaluated } from "../../../directory/provider-finding.ts";
import { AppError } from "../../../ground/errors.ts";
import type { ProfileMapping, SchemaAttribute } from "../../../management/okta/profile-mappings.ts";

export interface ReadMappings {
  readonly mappings: Readonly<Record<string, MappingEntry>>;
  readonly notEvaluated: readonly NotEvaluated[];
}

/**
 * One entry for each attribute of the app that a value is mapped to.
 * @throws AppError source-incomplete where Okta lists no mapping
 */
export function readMappings(
  all: readonly ProfileMapping[],
  schema: ReadonlyMap<string, SchemaAttribute>,
): ReadMappings {
  if (all.length === 0) {
    throw new AppError("source-incomplete", "Okta lists no mapping of attributes to the app.", {
      hint: "Check in Okta: the app > Provisioning > To App > Attribute Mappings. The credentials need okta.profileMappings.read.",
    });
  }
  const mappings: Record<string, MappingEntry> = {};
  const notEvaluated: NotEvaluated[] = [];
  for (const name of new Set(all.flatMap(({ properties }) => Object.keys(properties)))) {
    const expressions = all.map(({ properties }) => properties[name]?.expression?.trim() ?? "");
    const text = expressions.find((one) => one !== "") ?? "";
    if (name === "userName" || text === "") continue;
    const entry = entryOf(name, text, schema.get(name));
    const about = { attribute: pathOf(name, entry, schema.get(name)), expression: text };
    if (expressions.some((one) => one !== text)) {
      const why = `it differs between the ${all.length} types of user that the organization has`;
      notEvaluated.push({ ...about, why });
      continue;
    }
    if (entry === undefined) {
      notEvaluated.push({
        ...about,
        why: "Okta sends it in another place than that of Astro's documentation",
      });
      continue;
    }
    mappings[name] = entry;
    if (all.some(({ properties }) => properties[name]?.pushStatus === "DONT_PUSH")) {
      const why = "Okta sends it only when the account is created";
      notEvaluated.push({ ...about, why, onlyAtCreation: true });
    }
  }
  return { mappings, notEvaluated };
}

/** Undefined where an attribute that Astro documents goes elsewhere. */
function entryOf(
  name: string,
  from: string,
  attribute: SchemaAttribute | undefined,
): MappingEntry | undefined {
  const added = addedAttribute(from, attribute);
  if (isAttributeName(name)) return isSentAsDocumented(name, added) ? from : undefined;
  const isPlain = Object.keys(added).length === 1;
  return isPlain && isKnownAppAttribute(name) ? from : added;
}

function addedAttribute(from: string, attribute: SchemaAttribute | undefined): AddedAttribute {
  const { externalName, externalNamespace } = attribute ?? {};
  const type = dataTypeOf(attribute);
  return {
    from,
    ...(isSet(externalName) && isSet(externalNamespace) ? { externalName, externalNamespace } : {}),
    ...(type === undefined || type === "string" ? {} : { type }),
  };
}

function isSentAsDocumented(name: string, added: AddedAttribute): boolean {
  if (added.type !== undefined) return false;
  if (added.externalName === undefined) return true;
  return placeOf(`the attribute ${name}`, added)?.toLowerCase() === attributePathOf(name).toLowerCase();
}

function placeOf(name: string, entry: MappingEntry): string | undefined {
  try {
    return appAttribute(name, entry)?.path.text;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** The SCIM path that the mapping writes; the name in Okta where that is not known. */
export function pathOf(
  name: string,
  entry: MappingEntry | undefined,
  attribute: SchemaAttribute | undefined,
): string {
  if (isAttributeName(name)) return attributePathOf(name);
  const place = entry === undefined ? undefined : placeOf(name, entry);
  return place ?? attribute?.externalName ?? name;
}

/** Undefined for what SCIM cannot carry, and where the schema says nothing. */
function dataTypeOf(attribute: SchemaAttribute | undefined): OktaDataType | undefined {
  const { type, items } = attribute ?? {};
  const words = type === "array" ? `${items?.type ?? "string"} array` : type;
  return oktaDataTypes.find((one) => one === words);
}

function isSet(text: string | null | undefined): text is string {
  return text !== undefined && text !== null && text !== "";
}
