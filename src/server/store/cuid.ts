/** Identifiers in Astro's form: 25 characters, `c` first, lower-case letters and digits. */

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

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
    const time = now().getTime().toString(36).padStart(8, "0").slice(-8);
    const count = counter.toString(36).padStart(4, "0");
    return `c${time}${count}${randomText(randomBytes(12))}`;
  };
}

function randomText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join("");
}
