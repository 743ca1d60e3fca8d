/** Keys and what they do, as a table. */

import type { Outcome } from "../event.ts";

/** `Context` is what a key needs to know beside itself. */
export type Bindings<Context> = readonly (readonly [
  keys: readonly string[],
  act: (context: Context) => Outcome,
])[];

/** Undefined where the key is in no row. */
export function actionOf<Context>(
  bindings: Bindings<Context>,
  key: string,
): ((context: Context) => Outcome) | undefined {
  return bindings.find(([keys]) => keys.includes(key))?.[1];
}
