/** Text that cannot be guessed. */

import type { Random } from "./world.ts";

/** So many characters of base64url. */
export function randomText({ bytes }: Random, length: number): string {
  return Buffer.from(bytes(Math.ceil((length * 3) / 4)))
    .toString("base64url")
    .slice(0, length);
}
