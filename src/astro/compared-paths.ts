/** Which attributes of an account are read to compare it. */

import { documentedAttributePaths } from "./attributes.ts";
import type { ExpectedState } from "./state.ts";

/**
 * Whatever the mappings give anybody; and what the provider writes of everybody, where an attribute beside the expected ones is a difference:
 * a path that is not compared would count as a second value of its list when another one is written.
 */
export function comparedPaths({
  users,
  attributePaths = documentedAttributePaths,
}: ExpectedState): readonly string[] {
  const paths = new Set<string>();
  let isAnyUnset = users.size === 0;
  for (const { attributes, atCreation = {}, references = {}, otherAttributes } of users.values()) {
    for (const path of Object.keys(attributes)) paths.add(path);
    for (const path of Object.keys(atCreation)) paths.add(path);
    for (const path of Object.keys(references)) paths.add(path);
    if (otherAttributes !== "kept") isAnyUnset = true;
  }
  return [...new Set([...(isAnyUnset ? attributePaths : []), ...paths])];
}
