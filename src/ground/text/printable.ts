/** Text from outside made safe for a terminal. */

/**
 * What could move the cursor, change colours or reorder text: control characters (C0, C1, DEL), line and paragraph
 * separators, and what sets the direction of writing (Unicode Standard Annex #9). Names in a directory can hold any of
 * them. What joins letters and emoji stays: names are written with it.
 */
export const unprintable = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

const everyUnprintable = new RegExp(unprintable.source, "gu");

/** Escapes them as `\u{1b}`. */
export function printable(
  text: string,
  lineBreaks: "escape line breaks" | "keep line breaks" = "escape line breaks",
): string {
  return text.replaceAll(everyUnprintable, (character) =>
    character === "\n" && lineBreaks === "keep line breaks" ? character : escaped(character),
  );
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return `\\u{${code}}`;
}
