/** A path of a request as a person reads it. */

/** A path and query with its escapes undone; as it is where they cannot be. */
export function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll("+", " "));
  } catch {
    return path;
  }
}
