/** Custom extension attributes as targets of a mapping (Microsoft: Customize attribute mappings, custom extension attribute). */

import type { TargetAttribute } from "../../../astro/target-attribute.ts";
import { AppError } from "../../../ground/errors.ts";
import { enterpriseUserSchemaUrn } from "../../../scim/urn.ts";

/**
 * "Custom attributes can't be referential attributes, multi-value, or complex-typed attributes", except for applications of
 * the gallery.
 * @throws AppError invalid-file for a part of a custom attribute
 */
export function requireSimpleExtension({ path }: TargetAttribute): void {
  const { extension, subAttribute, selector, text } = path;
  const isCustom = extension !== undefined && extension !== enterpriseUserSchemaUrn;
  if (!isCustom || (subAttribute === undefined && selector === undefined)) return;
  throw new AppError(
    "invalid-file",
    `The target attribute ${text} is a part of a complex attribute: a custom attribute of a non-gallery app has one value.`,
    { hint: `Map to ${extension}:${path.attribute}.` },
  );
}
