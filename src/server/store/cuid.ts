/** Identifiers in Astro's form: 25 characters, `c` first, lower-case letters and digits. */

/** Random bytes, injected so that tests can repeat a run. */
export type RandomBytes = (count: number) => Uint8Array;

/**
 * A generator of cuids: time, a counter, then random characters, so that ids made later sort later and
 * two generators share none.
 */
export function cuidGenerator(now: () => Date, randomBytes: RandomBytes): () => string {
  let counter = 0;
  return () => {
    counter = (counter + 1) % 36 ** 4;
    const codes = [codeOf("c"), ...digits(now().getTime(), 8), ...digits(counter, 4)];
    for (const byte of randomBytes(12)) codes.push(digitCode(byte % 36));
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

function digitCode(digit: number): number {
  return digit < 10 ? codeOf("0") + digit : codeOf("a") + digit - 10;
}

function codeOf(character: string): number {
  return character.charCodeAt(0);
}
