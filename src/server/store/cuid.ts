/** Identifiers in Astro's form: 25 characters, `c` first, lower-case letters and digits. */

/** Random bytes, injected so that tests can repeat a run. */
export type RandomBytes = (count: number) => Uint8Array;

/** Random characters of an id, and how many ids one call for random bytes serves. */
const randomLength = 12;
const idsPerDraw = 256;

/**
 * A generator of cuids: time, a counter, then random characters, so that ids made later sort later and
 * two generators share none.
 */
export function cuidGenerator(now: () => Date, randomBytes: RandomBytes): () => string {
  let counter = 0;
  let random: Uint8Array = new Uint8Array(0);
  let used = 0;
  return () => {
    if (used === random.length) {
      random = randomBytes(randomLength * idsPerDraw);
      used = 0;
    }
    counter = (counter + 1) % 36 ** 4;
    const codes = [codeOfC, ...digits(now().getTime(), 8), ...digits(counter, 4)];
    for (const byte of random.subarray(used, used + randomLength)) codes.push(digitCode(byte % 36));
    used += randomLength;
    // In one go: put together from parts it would be kept as a tree of its parts, three times as large.
    return String.fromCharCode(...codes);
  };
}

/** The last `count` digits of a number in base 36, as character codes. */
function digits(value: number, count: number): number[] {
  const codes = Array.from<number>({ length: count });
  let rest = value;
  for (let at = count - 1; at >= 0; at -= 1) {
    codes[at] = digitCode(rest % 36);
    rest = Math.floor(rest / 36);
  }
  return codes;
}

const codeOfC = codeOf("c");
const codeOfZero = codeOf("0");
const codeOfA = codeOf("a");

function digitCode(digit: number): number {
  return digit < 10 ? codeOfZero + digit : codeOfA + digit - 10;
}

function codeOf(character: string): number {
  return character.charCodeAt(0);
}
