/** Options that take NAME=VALUE and may be repeated. */

import { AppError } from "../../ground/errors.ts";

/**
 * By name, as written; of one name given twice the last counts.
 * @throws AppError usage for anything but NAME=VALUE
 */
export function namesAndValues(
  option: string,
  texts: readonly string[],
  example: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf("=");
      if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
      throw new AppError("usage", `${option} takes NAME=VALUE, not "${text}".`, {
        hint: `Example: ${option} ${example}`,
      });
    }),
  );
}
