/** Character classes of .NET regular expressions: `[a-z]`, and `[a-z-[aeiou]]`, which takes some away. */

import { literal, takeCharacter, takeSet, type RegexReader } from "./regex-reader.ts";

/**
 * The class whose `[` was taken, in JavaScript's notation: with the flag v where a class stands within it, else with u.
 * @throws DotnetError where it is not closed, or has an invalid range
 */
export function takeClass(reader: RegexReader): string {
  const open = reader.takeMatch(/\^/y) === undefined ? "[" : "[^";
  let items = "";
  // A bracket that closes nothing yet stands for itself.
  if (reader.takeMatch(/\]/y) !== undefined) items += takeRange(reader, "]");
  for (;;) {
    if (reader.takeMatch(/\]/y) !== undefined) return `${open}${items}]`;
    if (items !== "" && reader.takeMatch(/-\[/y) !== undefined) {
      const removed = takeClass(reader);
      if (reader.takeMatch(/\]/y) === undefined) {
        throw reader.refuse("continues after a subtracted class");
      }
      return `[${open}${items}]--${removed}]`;
    }
    items += takeItem(reader);
  }
}

function takeItem(reader: RegexReader): string {
  const next = reader.take();
  if (next === "") throw reader.refuse("has an unclosed [");
  if (next !== "\\") return takeRange(reader, next);
  const set = takeSet(reader);
  if (set === undefined) return takeRange(reader, takeClassCharacter(reader));
  return set.startsWith("[") && !set.startsWith("[^") ? set.slice(1, -1) : set;
}

function takeClassCharacter(reader: RegexReader): string {
  return reader.takeMatch(/b/y) === undefined ? takeCharacter(reader) : "\b";
}

/** The character, or the range that it begins. */
function takeRange(reader: RegexReader, from: string): string {
  if (reader.takeMatch(/-(?![\][]|$)/y) === undefined) return literal(from);
  const next = reader.take();
  if (next === "\\" && takeSet(reader) !== undefined) throw reader.refuse("has a range that ends with a set");
  const to = next === "\\" ? takeClassCharacter(reader) : next;
  if ((to.codePointAt(0) ?? 0) < (from.codePointAt(0) ?? 0)) {
    throw reader.refuse(`has the range ${from}-${to} in reverse order`);
  }
  return `${literal(from)}-${literal(to)}`;
}
