/** Classes of JavaScript's regular expressions, such as `[a-z\d]`, in RE2's notation. */

import { takeCodePoint, type SourceReader } from "./source-reader.ts";

/** What JavaScript's \s matches (ECMAScript: CharacterClassEscape), as the inside of a class. */
export const spaces = String.raw`\t-\r\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`;

/** With the flags i and u two letters that fold to s and k are part of words, too. */
export const wordsIgnoringCase = String.raw`\w\x{17f}\x{212a}`;

/** The class whose `[` was taken; undefined where RE2 has no such class. */
export function classNotation(reader: SourceReader, flags: string): string | undefined {
  if (reader.takeText("^]")) return "(?s:.)";
  const open = reader.takeText("^") ? "[^" : "[";
  const inside = insideOf(reader, flags);
  return inside === undefined || inside === "" ? undefined : `${open}${inside}]`;
}

/** As far as the bracket that closes it, which is taken. */
function insideOf(reader: SourceReader, flags: string): string | undefined {
  let inside = "";
  for (;;) {
    if (reader.takeText("]")) return inside;
    const item = itemOf(reader, flags);
    if (item === undefined) return undefined;
    inside += item;
  }
}

function itemOf(reader: SourceReader, flags: string): string | undefined {
  if (reader.takeText("\\")) return escapeOf(reader, flags.includes("i"));
  // A class within one adds its own, except a negated one.
  if (reader.takeText("[")) return reader.takeText("^") ? undefined : insideOf(reader, flags);
  // Subtraction and intersection, with the flag v; otherwise rare enough.
  return reader.takeText("--") || reader.takeText("&&") ? undefined : reader.take();
}

function escapeOf(reader: SourceReader, ignoresCase: boolean): string | undefined {
  const category = reader.takeMatch(/([pP])\{([^}]*)\}/y);
  if (category !== undefined) return categoryNotation(category, ignoresCase);
  const set = reader.takeMatch(/[bdDsSwW]/y)?.[0];
  switch (set) {
    case undefined:
      return takeCodePoint(reader);
    case "b":
      return String.raw`\x{8}`;
    case "s":
      return spaces;
    case "S":
      return undefined;
    case "w":
      return ignoresCase ? wordsIgnoringCase : String.raw`\w`;
    case "W":
      return ignoresCase ? undefined : String.raw`\W`;
    default:
      return `\\${set}`;
  }
}

/** Both know the general categories by their short names; letter case and what is left out go apart. */
export function categoryNotation(
  [text, sign, name = ""]: RegExpExecArray,
  ignoresCase: boolean,
): string | undefined {
  const isShared =
    /^[CLMNPSZ][a-z]?$/.test(name) && !(ignoresCase && (sign === "P" || /^L[ult]$/.test(name)));
  return isShared ? `\\${text}` : undefined;
}
