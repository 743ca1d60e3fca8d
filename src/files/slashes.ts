/** Paths with the separator of the system as people write them in fixtures and command lines that can be pasted anywhere. */

import { sep } from "node:path";

/** Where the separator is a backslash, slashes in its place: Windows reads both. */
export function withSlashes(path: string, separator: string = sep): string {
  return separator === "/" ? path : path.replaceAll(separator, "/");
}
