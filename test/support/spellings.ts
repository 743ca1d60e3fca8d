/** How servers spell a text that they repeat. */

type Spell = (text: string) => string;

const hex = (character: string): string => (character.codePointAt(0) ?? 0).toString(16);
const each =
  (spell: Spell): Spell =>
  (text) =>
    Array.from(text, spell).join("");
const punctuation =
  (spell: Spell): Spell =>
  (text) =>
    text.replaceAll(/[^\w]/g, spell);

const percent: Spell = (character) => `%${hex(character)}`;
const named: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "/": "&sol;",
  "+": "&plus;",
  "=": "&equals;",
  ".": "&period;",
  _: "&lowbar;",
  "\\": "&bsol;",
};

/** Of one ASCII character. */
const ofCharacter: readonly Spell[] = [
  (character) => character,
  (character) => character.toLowerCase(),
  (character) => character.toUpperCase(),
  percent,
  (character) => percent(character).toUpperCase(),
  (character) => `&#${character.charCodeAt(0)};`,
  (character) => `&#x${hex(character)};`,
  (character) => `&#X00${hex(character).toUpperCase()};`,
  (character) => named[character] ?? character,
  (character) => `\\u00${hex(character)}`,
  (character) => `\\u00${hex(character).toUpperCase()}`,
  (character) => `\\u{${hex(character)}}`,
  (character) => `\\x${hex(character)}`,
];

export const everySpelling: readonly (readonly [name: string, spell: Spell])[] = [
  ["as it is", (text) => text],
  ["in small letters", (text) => text.toLowerCase()],
  ["in capitals", (text) => text.toUpperCase()],
  ["percent-encoded", encodeURIComponent],
  ["percent-encoded with small hexadecimals", (text) => punctuation(percent)(text)],
  ["percent-encoded throughout", each((character) => percent(character).toUpperCase())],
  ["percent-encoded in part", (text) => percent(text[0] ?? "") + text.slice(1)],
  ["percent-encoded twice", (text) => encodeURIComponent(encodeURIComponent(text))],
  ["HTML with names", each((character) => named[character] ?? character)],
  ["HTML with decimals", punctuation((character) => `&#${character.charCodeAt(0)};`)],
  ["HTML with hexadecimals", each((character) => `&#x${hex(character)};`)],
  ["HTML twice", each((character) => (named[character] ?? character).replaceAll("&", "&amp;"))],
  ["JSON", (text) => JSON.stringify(text).slice(1, -1)],
  ["JSON with escaped slashes", (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/")],
  ["JSON with \\u", punctuation((character) => `\\u00${hex(character)}`)],
  ["JSON in JSON", (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1)],
  ["with backslashes", punctuation((character) => `\\${character}`)],
  ["as our own escapes", each((character) => `\\u{${hex(character)}}`)],
];

/** A spelling for each character by the numbers; what begins an escape is never left as it is. */
export function mixedSpelling(text: string, choices: Iterator<number>): string {
  return Array.from(text, (character) => {
    const spelt = ofCharacter[Number(choices.next().value) % ofCharacter.length]?.(character) ?? character;
    return spelt === character && /[\\%&]/.test(character) ? percent(character) : spelt;
  }).join("");
}
