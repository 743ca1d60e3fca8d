/** The query of a URL as names and values. */

/** Names and values in their order; a name may come twice. */
export type QueryParameters = readonly (readonly [name: string, value: string])[];

/** The parameters of a query, as the URL standard reads a form (https://url.spec.whatwg.org, §5.1). */
export function readQuery(
  text: string,
  { queryName }: { readonly queryName: (name: string) => string },
): QueryParameters {
  return text.split("&").flatMap((part): QueryParameters => {
    if (part === "") return [];
    const equals = part.indexOf("=");
    const name = decoded(equals === -1 ? part : part.slice(0, equals));
    return [[queryName(name), equals === -1 ? "" : decoded(part.slice(equals + 1))]];
  });
}

/** Most of what comes is plain, or encoded as it should be: only the rest needs the standard's own reader. */
function decoded(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return new URLSearchParams(`=${text}`).get("") ?? "";
  }
}
