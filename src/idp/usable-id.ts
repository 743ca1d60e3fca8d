/** Which ids of a server can stand in a URL. */

/** Not empty, no path of its own, and well-formed text. */
export function isUsableId(scimId: string): boolean {
  if (scimId === "" || scimId === "." || scimId === "..") return false;
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(scimId);
}
