/** Where a text stops being JSON (RFC 8259): `JSON.parse` says so in some of its messages only. */

/** What may come next. */
type Expecting = "value" | "value or end" | "name or end" | "name" | "colon" | "comma or end" | "nothing";

const spaces = /[ \t\n\r]*/y;
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/**
 * The index of the first character that cannot stand where it stands; the length of the text where it ends too
 * early. For a text that `JSON.parse` has refused.
 */
export function jsonFaultAt(text: string): number {
  const open: string[] = [];
  let expecting: Expecting = "value";
  let at = skip(spaces, text, 0);
  while (at < text.length && expecting !== "nothing") {
    const read = next(text, at, expecting, open);
    if (read === undefined) return at;
    expecting = read.expecting;
    at = skip(spaces, text, read.end);
  }
  return at;
}

interface Step {
  readonly end: number;
  readonly expecting: Expecting;
}

function next(text: string, at: number, expecting: Expecting, open: string[]): Step | undefined {
  const character = text.charAt(at);
  if (closes(character, expecting, open)) {
    open.pop();
    return step(at + 1, afterValue(open));
  }
  switch (expecting) {
    case "value":
    case "value or end":
      return value(text, at, open);
    case "name":
    case "name or end":
      return character === '"' ? step(endOfString(text, at), "colon", at) : undefined;
    case "colon":
    case "comma or end":
    case "nothing":
      return punctuation(character, expecting) ? step(at + 1, afterPunctuation(character, open)) : undefined;
  }
}

function punctuation(character: string, expecting: Expecting): boolean {
  return character === (expecting === "colon" ? ":" : ",");
}

function afterPunctuation(character: string, open: readonly string[]): Expecting {
  return character === "," && open.at(-1) === "{" ? "name" : "value";
}

function closes(character: string, expecting: Expecting, open: readonly string[]): boolean {
  if (!expecting.endsWith("or end")) return false;
  return character === (open.at(-1) === "{" ? "}" : "]");
}

function value(text: string, at: number, open: string[]): Step | undefined {
  const character = text.charAt(at);
  if (character === "{" || character === "[") {
    open.push(character);
    return step(at + 1, character === "{" ? "name or end" : "value or end");
  }
  const end = character === '"' ? endOfString(text, at) : skip(scalar, text, at);
  return step(end, afterValue(open), at);
}

/** Undefined where nothing was read. */
function step(end: number, expecting: Expecting, begin = -1): Step | undefined {
  return end === begin ? undefined : { end, expecting };
}

function afterValue(open: readonly string[]): Expecting {
  return open.length === 0 ? "nothing" : "comma or end";
}

/** The length of the text where the string never ends; `start` where a character cannot stand in it. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') return at + 1;
    if (character < " ") return start;
    if (character === "\\") {
      at += 1;
      if (at < text.length && !/["\\/bfnrtu]/.test(text.charAt(at))) return start;
    }
  }
  return text.length;
}

/** Where the sticky expression ends that begins at `at`; `at` where it does not. */
function skip(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : at;
}
