/** A text with the escapes of URLs, HTML, JSON and programming languages undone, and where each part of it came from. */

export interface Unescaped {
  readonly text: string;
  /** Where the characters from `start` to before `end` stand in the text that was unescaped. */
  readonly origin: (start: number, end: number) => readonly [start: number, end: number];
}

/**
 * Undoes one layer of escapes: `%2F`, `&#x2f;`, `&#47;`, `&sol;`, `\u002f`, `\x2f`, `\/`. Undefined where there are none.
 * Sources: RFC 3986 §2.1; HTML Living Standard, "Named character references"; RFC 8259 §7.
 */
export function unescapeOnce(text: string): Unescaped | undefined {
  if (!/[%&\\]/.test(text)) return undefined;
  const units: Unit[] = [];
  let plain = "";
  let copiedTo = 0;
  escapes.lastIndex = 0;
  for (let found = escapes.exec(text); found !== null; found = escapes.exec(text)) {
    const [escape] = found;
    const character = characterOf(escape);
    if (character === undefined) continue;
    const { index } = found;
    plain += text.slice(copiedTo, index);
    copiedTo = index + escape.length;
    units.push({ at: plain.length, length: character.length, from: index, to: copiedTo });
    plain += character;
  }
  if (units.length === 0) return undefined;
  return {
    text: plain + text.slice(copiedTo),
    origin: (start, end) => [startOf(units, start), endOf(units, end)],
  };
}

/** Where an escape begins that the text breaks off; its length where there is none. */
export function brokenEscapeAt(text: string): number {
  const at = text.search(brokenEscape);
  return at === -1 ? text.length : at;
}

/** A backslash behind another one begins nothing. */
const brokenEscape =
  /(?:%[\da-f]?|&#?[\da-z]{0,12}|(?<=(?:^|[^\\])(?:\\\\)*)\\(?:u\{?[\da-f]{0,6}|x[\da-f]?)?)$/i;

/** One escape: where its character stands, and where the escape stood. */
interface Unit {
  readonly at: number;
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

const escapes =
  /%(?:[0-7][\da-f]|[cd][\da-f]%[89ab][\da-f]|e[\da-f](?:%[89ab][\da-f]){2}|f[0-7](?:%[89ab][\da-f]){3})|&(?:#\d{1,7};?|#x[\da-f]{1,6};?|[a-z]{2,12};|amp|lt|gt|quot)|\\(?:u\{[\da-f]{1,6}\}|u[\da-f]{4}|x[\da-f]{2}|[^])/gi;

function characterOf(escape: string): string | undefined {
  if (escape.startsWith("%")) return percentDecoded(escape);
  if (escape.startsWith("\\")) return backslashed(escape.slice(1));
  return characterReference(escape.slice(1).replace(/;$/, "").toLowerCase());
}

function percentDecoded(escape: string): string | undefined {
  try {
    return decodeURIComponent(escape);
  } catch {
    return undefined;
  }
}

function characterReference(name: string): string | undefined {
  if (name.startsWith("#x")) return fromCode(Number.parseInt(name.slice(2), 16));
  if (name.startsWith("#")) return fromCode(Number.parseInt(name.slice(1), 10));
  return namedCharacters.get(name);
}

/** `\n` becomes the letter: where it is a line break cannot be distinguished from `\` before a name. */
function backslashed(rest: string): string | undefined {
  if (rest.length === 1) return rest;
  return fromCode(Number.parseInt(rest.replaceAll(/[ux{}]/gi, ""), 16));
}

function fromCode(code: number): string | undefined {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
}

/** Those of visible ASCII, which is all that a token can hold. */
const namedCharacters: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["apos", "'"],
  ["ast", "*"],
  ["midast", "*"],
  ["bsol", "\\"],
  ["colon", ":"],
  ["comma", ","],
  ["commat", "@"],
  ["dollar", "$"],
  ["equals", "="],
  ["excl", "!"],
  ["grave", "`"],
  ["diacriticalgrave", "`"],
  ["gt", ">"],
  ["hat", "^"],
  ["lbrace", "{"],
  ["lcub", "{"],
  ["lbrack", "["],
  ["lsqb", "["],
  ["lowbar", "_"],
  ["underbar", "_"],
  ["lpar", "("],
  ["lt", "<"],
  ["num", "#"],
  ["percnt", "%"],
  ["period", "."],
  ["plus", "+"],
  ["quest", "?"],
  ["quot", '"'],
  ["rbrace", "}"],
  ["rcub", "}"],
  ["rbrack", "]"],
  ["rsqb", "]"],
  ["rpar", ")"],
  ["semi", ";"],
  ["sol", "/"],
  ["vert", "|"],
  ["verbar", "|"],
  ["verticalline", "|"],
]);

function startOf(units: readonly Unit[], position: number): number {
  const unit = lastUnitUpTo(units, position);
  if (unit === undefined) return position;
  const behind = position - unit.at - unit.length;
  return behind < 0 ? unit.from : unit.to + behind;
}

function endOf(units: readonly Unit[], position: number): number {
  const unit = lastUnitUpTo(units, position - 1);
  if (unit === undefined) return position;
  return unit.to + Math.max(0, position - unit.at - unit.length);
}

/** The last one whose character stands at the position or before it. */
function lastUnitUpTo(units: readonly Unit[], position: number): Unit | undefined {
  let [low, high] = [0, units.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((units[middle]?.at ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return units[low - 1];
}
