/** Where the entries of the lists in a JSON text stand: looked for only where something is wrong. */

export interface JsonOffsets {
  /** By the key of the list; "" for a list that is the whole text. */
  readonly entries: ReadonlyMap<string, readonly number[]>;
  /** A list, an object or a string is not closed at the end. */
  readonly isOpen: boolean;
  /** Offset of the last character. */
  readonly end: number;
}

/** Reads brackets and strings alone (RFC 8259), so that it also tells where a text that is not JSON ends. */
export function jsonOffsets(text: string): JsonOffsets {
  const entries = new Map<string, number[]>();
  let open = "";
  let key = "";
  // A string from quote to quote, one that never ends, or a bracket.
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\[^])*"|"|[{}[\]]/g)) {
    if (token.startsWith('"')) {
      if (open === "{") key = token.slice(1, -1);
      if (token === '"') open += token;
    } else if (token === "}" || token === "]") open = open.slice(0, -1);
    else {
      if (token === "{" && isInList(open)) note(entries, open === "[" ? "" : key, index);
      open += token;
    }
  }
  return { entries, isOpen: open !== "", end: Math.max(0, text.trimEnd().length - 1) };
}

/** A list that is the whole text, or the value of a key of the whole. */
function isInList(open: string): boolean {
  return open === "[" || open === "{[";
}

function note(entries: Map<string, number[]>, key: string, offset: number): void {
  const list = entries.get(key);
  if (list === undefined) entries.set(key, [offset]);
  else list.push(offset);
}
