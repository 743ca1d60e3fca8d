/**
 * Invented words and numbers in place of real ones: the same for the same word, another one for any other, and none that the
 * real company uses. They are made of a secret seed: who does not have it cannot test guesses.
 */

import { createHmac } from "node:crypto";
import { foldCase } from "../ground/text/fold-case.ts";

/** In letters, or in digits; what is between them stays as it is. */
export const wordPattern = /[\p{L}\p{M}]+|\p{N}+/gu;

/** Shorter words are found in any text. */
const shortestFound = 4;

const [consonants, vowels] = ["bdfgklmnprstvz", "aeiou"];

export class InventedWords {
  readonly #seed: string;
  readonly #real: ReadonlySet<string>;
  readonly #words = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** @param texts everything that the real company says */
  constructor(seed: string, texts: Iterable<string>) {
    this.#seed = seed;
    const real = new Set<string>();
    for (const text of texts) {
      for (const [word] of text.matchAll(wordPattern)) {
        if (word.length >= shortestFound) real.add(foldCase(word));
      }
    }
    this.#real = real;
  }

  /** A word of letters in the same case, at least as long. */
  word(real: string): string {
    const folded = foldCase(real);
    const known = this.#words.get(folded);
    const word =
      known ?? this.#first(`word ${folded}`, (digest) => spelled(digest, Math.max(4, folded.length)));
    if (known === undefined) this.#words.set(folded, word);
    return inCaseOf(word, real);
  }

  /** A number of as many digits. One digit says nothing of anybody. */
  number(real: string): string {
    if (real.length === 1) return real;
    const known = this.#words.get(real);
    if (known !== undefined) return known;
    const number = this.#first(`number ${real}`, (digest) => digits(digest, real.length));
    this.#words.set(real, number);
    return number;
  }

  /** One of a list that no other real value has got, as long as there are enough. */
  oneOf(kind: string, list: readonly string[], real: string): string {
    const key = `${kind} ${foldCase(real)}`;
    const known = this.#words.get(key);
    if (known !== undefined) return known;
    const start = this.digest(key).readUInt32BE(0);
    const inOrder = list.map((_, index) => list[(start + index) % list.length] ?? real);
    const free = inOrder.filter((one) => one !== real);
    const found = free.find((one) => !this.#taken.has(`${kind} ${one}`)) ?? free[0] ?? real;
    this.#taken.add(`${kind} ${found}`);
    this.#words.set(key, found);
    return found;
  }

  digest(text: string): Buffer {
    return createHmac("sha512", this.#seed).update(text).digest();
  }

  #first(text: string, make: (digest: Buffer) => string): string {
    for (let attempt = 0; ; attempt += 1) {
      const made = make(this.digest(`${text} ${attempt}`));
      // Of two-digit numbers there may be no other one left.
      const isLast = attempt > 2_000;
      if (isLast || (!this.#taken.has(made) && !this.#holdsReal(made))) {
        this.#taken.add(made);
        return made;
      }
    }
  }

  #holdsReal(word: string): boolean {
    for (let start = 0; start <= word.length - shortestFound; start += 1) {
      for (let end = start + shortestFound; end <= word.length; end += 1) {
        if (this.#real.has(word.slice(start, end))) return true;
      }
    }
    return false;
  }
}

/** Syllables of two letters each. */
function spelled(digest: Buffer, length: number): string {
  let word = "";
  for (let index = 0; word.length < length; index += 1) {
    const byte = digest[index % digest.length] ?? 0;
    word += consonants.charAt(byte % consonants.length) + vowels.charAt((byte >> 4) % vowels.length);
  }
  return word;
}

function digits(digest: Buffer, length: number): string {
  const all = [...digest].map((byte) => String(byte % 10)).join("");
  const long = all.repeat(Math.ceil(length / all.length)).slice(0, length);
  return long.startsWith("0") ? `1${long.slice(1)}` : long;
}

function inCaseOf(word: string, real: string): string {
  const letters = Array.from(real);
  const isUpper = letters.map((letter) => letter !== letter.toLowerCase());
  if (!isUpper.includes(true)) return word;
  if (letters.length > 1 && !isUpper.includes(false)) return word.toUpperCase();
  return Array.from(word, (letter, index) => (isUpper[index] === true ? letter.toUpperCase() : letter)).join(
    "",
  );
}
