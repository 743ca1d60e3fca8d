/** Text from outside made safe for a terminal. */

/**
 * Escapes what could move the cursor, change colours or reorder text: control characters (C0, C1, DEL),
 * line and paragraph separators, and the bidirectional overrides. Names in a directory can hold any of them.
 */
export function printable(
  text: string,
  lineBreaks: "escape line breaks" | "keep line breaks" = "escape line breaks",
): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, (character) =>
    character === "\n" && lineBreaks === "keep line breaks" ? character : escaped(character),
  );
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return `\\u{${code}}`;
}
