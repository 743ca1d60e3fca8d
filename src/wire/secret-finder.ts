/**
 * Where secrets stand in a text, in whatever spelling: as they are, escaped for URLs, HTML or JSON, also one within the
 * other, in capitals or small letters, or in Base64.
 */

import { brokenEscapeAt, unescapeOnce, type Unescaped } from "./unescape.ts";

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface SecretFinder {
  /** In order, without overlaps. */
  find(text: string): readonly Range[];
  /** Where a secret may begin that goes on in what comes behind the text; the text's length where none does. */
  beginsAt(text: string): number;
}

/** A shorter secret is not looked for in text: it would tear holes into words that merely contain it. */
const shortestFindableSecret = 6;

/** A path in a link in an attribute in a message: text is not escaped more often than that. */
const mostLayers = 4;

/** Undefined where none of the secrets is long enough to be looked for. */
export function secretFinder(secrets: readonly string[]): SecretFinder | undefined {
  const needles = new Set(secrets.flatMap(needlesOf));
  if (needles.size === 0) return undefined;
  // The longest first, so that a secret which begins with another leaves no rest behind.
  const longestFirst = [...needles].toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(literally).join("|"), "gi");
  const lowerCase = longestFirst.map((needle) => needle.toLowerCase());
  const escapes = escapesWorthUndoing(lowerCase);
  return {
    find: (text) => {
      const isPlain = !escapes.test(text);
      pattern.lastIndex = 0;
      // Nearly every text: it costs no more than these three looks at it.
      if (isPlain && !text.includes("…") && !pattern.test(text)) return nowhere;
      const layers = isPlain ? [asItIs(text)] : layersOf(text);
      return merged([...layers.flatMap((layer) => wholeIn(layer, pattern)), ...cutOffIn(text, lowerCase)]);
    },
    beginsAt: (text) => beginningAtEnd(text, lowerCase),
  };
}

const nowhere: readonly Range[] = [];

/** What is looked for: the secret, the same as it looks after each unescaping of the text, and its Base64. */
function needlesOf(secret: string): readonly string[] {
  const plain = [secret, withLetters(secret)].flatMap(layersOf).map(({ text }) => text);
  return [...plain, ...base64(secret)].filter((needle) => needle.length >= shortestFindableSecret);
}

/** As `unescapeOnce` leaves the control characters of JSON (RFC 8259 §7). */
function withLetters(secret: string): string {
  return secret.replaceAll(/[\b\f\n\r\t]/g, (character) => JSON.stringify(character).charAt(2));
}

/**
 * What Base64 makes of the secret, wherever it begins among the three bytes of a group, as in `Basic` credentials: only
 * the letters that hold nothing of its neighbours.
 */
function base64(secret: string): readonly string[] {
  if (secret.length < shortestFindableSecret) return [];
  const bytes = new TextEncoder().encode(secret);
  return [0, 1, 2].flatMap((before) => {
    const binary = "\0".repeat(before) + Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    const whole = btoa(binary).slice(Math.ceil((before * 8) / 6), Math.floor((binary.length * 8) / 6));
    return [whole, whole.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** A text as it is, and after each unescaping; each tells where its parts stand in the text as it is. */
function layersOf(text: string): readonly Unescaped[] {
  const layers: Unescaped[] = [];
  let layer: Unescaped | undefined = asItIs(text);
  while (layer !== undefined && layers.length <= mostLayers) {
    layers.push(layer);
    layer = below(layer, unescapeOnce(layer.text));
  }
  return layers;
}

function asItIs(text: string): Unescaped {
  return { text, origin: (start, end) => [start, end] };
}

function below(layer: Unescaped, next: Unescaped | undefined): Unescaped | undefined {
  return next && { text: next.text, origin: (start, end) => layer.origin(...next.origin(start, end)) };
}

/** Those that every JSON and every filter is full of are left out where they stand for nothing that a needle holds. */
function escapesWorthUndoing(needles: readonly string[]): RegExp {
  const isUnused = (character: string): boolean => needles.every((needle) => !needle.includes(character));
  const percent = Object.entries({ 20: " ", 22: '"', 40: "@" }).filter(([, character]) =>
    isUnused(character),
  );
  const never = percent.map(([code]) => code);
  const percentSign = never.length === 0 ? "%" : `%(?!${never.join("|")})`;
  return new RegExp(`${percentSign}|&|${isUnused('"') ? String.raw`\\(?!")` : String.raw`\\`}`);
}

/** `matchAll` would make a copy of the pattern each time, which takes longer than a short text. */
function wholeIn(layer: Unescaped, pattern: RegExp): readonly Range[] {
  const ranges: Range[] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(layer.text); found !== null; found = pattern.exec(layer.text)) {
    const [start, end] = layer.origin(found.index, pattern.lastIndex);
    ranges.push({ start, end });
  }
  return ranges;
}

/** Where we shorten a long text, the secret in it may end at the `…`. */
function cutOffIn(text: string, needles: readonly string[]): readonly Range[] {
  if (!text.includes("…")) return [];
  return Array.from(text.matchAll(/…/g)).flatMap(({ index: end }) => {
    const from = text.lastIndexOf("\n", end) + 1;
    return layersOf(text.slice(from, end)).flatMap((layer): readonly Range[] => {
      const length = longestBeginning(layer.text, needles);
      if (length < shortestFindableSecret) return [];
      const [start] = layer.origin(layer.text.length - length, layer.text.length);
      return [{ start: from + start, end }];
    });
  });
}

function beginningAtEnd(text: string, needles: readonly string[]): number {
  let first = text.length;
  let layer: Unescaped | undefined = asItIs(text);
  for (let depth = 0; layer !== undefined && depth <= mostLayers; depth += 1) {
    const whole = layer.text.slice(0, brokenEscapeAt(layer.text));
    const start = whole.length - longestBeginning(whole, needles);
    if (start < layer.text.length) first = Math.min(first, layer.origin(start, layer.text.length)[0]);
    layer = below(layer, unescapeOnce(whole));
  }
  return first;
}

/** How many characters at the end of the text are the beginning of a needle, but not all of it. */
function longestBeginning(text: string, needles: readonly string[]): number {
  const lowerCase = text.toLowerCase();
  const lengths = needles.map((needle) => {
    let length = Math.min(needle.length - 1, text.length);
    while (length > 0 && !lowerCase.endsWith(needle.slice(0, length))) length -= 1;
    return length;
  });
  return Math.max(0, ...lengths);
}

function merged(ranges: readonly Range[]): readonly Range[] {
  if (ranges.length < 2) return ranges;
  const result: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last === undefined || range.start >= last.end) result.push(range);
    else result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
  }
  return result;
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
