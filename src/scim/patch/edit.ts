/**
 * What a PATCH asks for once it has been read and checked: any vendor's spelling becomes these four.
 * Two interpreters carry them out, `apply.ts` on a plain resource and the store on its own sets.
 */

import type { JsonValue } from "../../ground/json.ts";
import type { Filter } from "../filter/ast.ts";
import type { Attribute, Schema } from "../schema/attribute.ts";

/** Where an edit acts; every part has been found in the schemas of the resource type. */
export type EditTarget = AttributeTarget | ExtensionTarget;

export interface AttributeTarget {
  /** The extension that holds the attribute; undefined for the core schema and the common attributes. */
  readonly extension: Schema | undefined;
  readonly attribute: Attribute;
  /** Which values of a multi-valued attribute are meant; undefined for all of it. */
  readonly valueFilter: Filter | undefined;
  readonly subAttribute: Attribute | undefined;
  /** Whether the edit fails (`noTarget`) where its filter matches no value, or else makes one, or removes none. */
  readonly mustMatch: boolean;
}

/** An extension as a whole. */
export interface ExtensionTarget {
  readonly extension: Schema;
  readonly attribute: undefined;
  readonly valueFilter: undefined;
  readonly subAttribute: undefined;
}

/**
 * Values are already coerced to the attribute's type, with canonical attribute names inside. Of an attribute whose
 * values `value` identifies, as a Team's members, none is ever changed: whole lists are added, replaced and
 * removed, and a filter comes with `remove` alone.
 */
export type Edit =
  | { readonly op: "add"; readonly target: AttributeTarget; readonly value: JsonValue }
  | { readonly op: "replace"; readonly target: AttributeTarget; readonly value: JsonValue }
  | { readonly op: "remove"; readonly target: EditTarget }
  /**
   * Deviation: Entra without `aadOptscim062020` removes by `path: "members"` and a list of values (Microsoft Learn:
   * SCIM 2.0 protocol compliance).
   */
  | { readonly op: "remove-values"; readonly target: AttributeTarget; readonly values: readonly JsonValue[] };
