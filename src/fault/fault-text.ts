/** A fault as `--fault` takes it. */

import type { FaultSettings } from "./fault.ts";
import { faultKeys, flagSpelling, isFaultKey } from "./fault-keys.ts";

/** `status=429,retry-after=2`: the same text for the same fault, in whatever order its keys were written. */
export function faultText(settings: FaultSettings): string {
  return Object.keys(faultKeys)
    .flatMap((key) => {
      const value = isFaultKey(key) ? settings[key] : undefined;
      return value === undefined ? [] : [`${flagSpelling(key)}=${value}`];
    })
    .join(",");
}
