/**
 * Where what providers send differs from what the RFCs ask for, and the meaning is plain all the same: which of
 * the two readings is taken, and the rules that turn the one spelling into the other.
 */

import { isJsonArray, isJsonObject } from "../ground/json.ts";
import { isReference } from "./value/reference.ts";
import { findByName, type Attribute } from "./schema/attribute.ts";

/** One choice for each departure; who sends it, and what the RFCs say, is a row of the server's behaviour. */
export interface Leniency {
  /** "True" and "False" as booleans, in bodies and in filters. */
  readonly textBooleans: "accept" | "refuse";
  /** One value of a multi-valued attribute without the list around it. */
  readonly singleValues: "accept" | "refuse";
  /** A bare text in place of `{ "value": text }`. */
  readonly bareValues: "accept" | "refuse";
  /** A list of one in place of a single complex value. */
  readonly listedComplex: "accept" | "refuse";
  /** A reference to the empty id: no value, or a value like any other. */
  readonly emptyReference: "unassign" | "keep";
  /** A body without `schemas`. */
  readonly missingSchemas: "accept" | "refuse";
  /** URNs in `schemas` that the resource type does not have. */
  readonly unknownSchemas: "ignore" | "refuse";
  /** Values of an extension that `schemas` does not name. */
  readonly undeclaredExtension: "accept" | "refuse";
  /** Names in a body that no schema knows. */
  readonly unknownAttributes: "ignore" | "refuse";
  /** An attribute of an extension without the extension's URN. */
  readonly extensionWithoutUrn: "accept" | "refuse";
  /** Values without quotes in a filter. */
  readonly unquotedValues: "accept" | "refuse";
  /** `emails[type eq "work"].value eq "x"` in a filter. */
  readonly comparisonBehindBrackets: "accept" | "refuse";
  /** The verb of a PATCH operation in capitals. */
  readonly patchVerbCase: "any" | "lower";
  /** A PATCH without operations. */
  readonly emptyPatch: "accept" | "refuse";
  /** Values beside the path of a removal: the ones to remove, of no meaning, or an error. */
  readonly removeByValue: "listed" | "all" | "refuse";
  /** `add` where the path's filter matches no value. */
  readonly addWithoutMatch: "make" | "no-target";
  /** `replace` where the path's filter matches no value. */
  readonly replaceWithoutMatch: "make" | "no-target";
  /** `remove` where the path's filter matches no value. */
  readonly removeWithoutMatch: "nothing" | "no-target";
  /** Names that are paths, in the value of an operation without a path. */
  readonly pathsAsNames: "accept" | "unknown";
  /** Read-only attributes in the value of an operation without a path. */
  readonly readOnlyInPatch: "ignore" | "refuse";
  /** The path of an attribute of a schema that the resource type does not have. */
  readonly otherSchemaPath: "ignore" | "refuse";
}

/** What providers send is understood. */
export const lenient: Leniency = {
  textBooleans: "accept",
  singleValues: "accept",
  bareValues: "accept",
  listedComplex: "accept",
  emptyReference: "unassign",
  missingSchemas: "accept",
  unknownSchemas: "ignore",
  undeclaredExtension: "accept",
  unknownAttributes: "ignore",
  extensionWithoutUrn: "accept",
  unquotedValues: "accept",
  comparisonBehindBrackets: "accept",
  patchVerbCase: "any",
  emptyPatch: "accept",
  removeByValue: "listed",
  addWithoutMatch: "make",
  replaceWithoutMatch: "make",
  removeWithoutMatch: "nothing",
  pathsAsNames: "accept",
  readOnlyInPatch: "ignore",
  otherSchemaPath: "ignore",
};

/** Each rule gives a value that it is not about, and every value where it does not hold, back as it was. */
type Rule<Result = unknown> = (value: unknown, leniency: Leniency) => Result;
type AttributeRule = (attribute: Attribute, value: unknown, leniency: Leniency) => unknown;

/**
 * Deviation: "True" and "False", in any case, are booleans (RFC 7643 §2.3.2 has only the literals).
 * Entra sends them in a PATCH without `aadOptscim062020` (Microsoft Learn: SCIM 2.0 protocol compliance).
 */
export const booleanFromText: Rule = (value, { textBooleans }) => {
  if (typeof value !== "string" || value.length > "false".length || textBooleans === "refuse") return value;
  const folded = value.toLowerCase();
  return folded === "true" ? true : folded === "false" ? false : value;
};

/**
 * Deviation: one value of a multi-valued attribute may come without the list around it (RFC 7643 §2.4).
 * Microsoft's SCIMReferenceCode collection adds a single member that way.
 */
export const listFromSingleValue: Rule = (value, { singleValues }) =>
  isJsonArray(value) || singleValues === "refuse" ? value : [value];

/**
 * Deviation: a bare text stands for `{ "value": text }`. Microsoft's SCIM Validator sets `manager`, and
 * Microsoft's SCIMReferenceCode collection `members`, to the bare id.
 */
export const complexFromText: AttributeRule = (attribute, value, { bareValues }) => {
  if (typeof value !== "string" || bareValues === "refuse") return value;
  return findByName(attribute.subAttributes, "value") === undefined ? value : { value };
};

/**
 * Deviation: a single complex value may come as a list of one.
 * Entra's documents set `manager` that way (Microsoft Learn: SCIM tutorial).
 */
export const complexFromList: AttributeRule = (attribute, value, { listedComplex }) => {
  if (attribute.type !== "complex" || listedComplex === "refuse") return value;
  return isJsonArray(value) && value.length === 1 ? value[0] : value;
};

/**
 * Deviation: a reference to the empty id is not a value: Microsoft's SCIM Validator removes a manager by
 * `{ "value": "" }` and by `""`. Only where one other resource is meant; a member without id is an error.
 */
export function isEmptyReference(attribute: Attribute, value: unknown, leniency: Leniency): boolean {
  if (leniency.emptyReference === "keep" || attribute.multiValued || !isReference(attribute)) return false;
  return isJsonObject(value) && value["value"] === "";
}
