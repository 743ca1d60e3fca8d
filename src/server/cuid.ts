/** Identifiers in Astro's form: 25 characters, `c` first, lower-case letters and digits. */

import type { Random } from "../world/world.ts";

/** Characters of an id behind the `c`. */
const timeLength = 8;
const counterLength = 4;
const randomLength = 12;

/** How many ids one call for random bytes serves. */
const idsPerDraw = 256;

/**
 * A generator of cuids: time, a counter, then random characters, so that ids made later sort later and
 * two generators share none.
 */
export function cuidGenerator(now: () => Date, randomBytes: Random["bytes"]): () => string {
  let counter = 0;
  let random: Uint8Array = new Uint8Array(0);
  let used = 0;
  // An id made in it is one string: put together from parts it would be kept as a tree of them, three times as large.
  const id = Buffer.alloc(1 + timeLength + counterLength + randomLength, "c");
  return () => {
    if (used === random.length) {
      random = randomBytes(randomLength * idsPerDraw);
      used = 0;
    }
    counter = (counter + 1) % 36 ** counterLength;
    writeDigits(id, now().getTime(), { from: 1, length: timeLength });
    writeDigits(id, counter, { from: 1 + timeLength, length: counterLength });
    for (let at = 0; at < randomLength; at += 1) {
      id[1 + timeLength + counterLength + at] = digitCode((random[used + at] ?? 0) % 36);
    }
    used += randomLength;
    return id.toString("latin1");
  };
}

/** The last digits of a number in base 36, as character codes. */
function writeDigits(
  into: Uint8Array,
  value: number,
  { from, length }: { readonly from: number; readonly length: number },
): void {
  let rest = value;
  for (let at = from + length - 1; at >= from; at -= 1) {
    into[at] = digitCode(rest % 36);
    rest = Math.floor(rest / 36);
  }
}

const codeOfZero = codeOf("0");
const codeOfA = codeOf("a");

function digitCode(digit: number): number {
  return digit < 10 ? codeOfZero + digit : codeOfA + digit - 10;
}

function codeOf(character: string): number {
  return character.charCodeAt(0);
}
