/** Every function of Okta's Expression Language that a profile mapping can use, by name. */

import { nearestName } from "../../../../ground/text/nearest-name.ts";
import { arrayFunctions } from "./array-functions.ts";
import { convertFunctions } from "./convert-functions.ts";
import { directoryFunctions } from "./directory-functions.ts";
import type { ExpressionFunction } from "./function.ts";
import { membershipFunctions } from "./membership-functions.ts";
import { refusedFunctions } from "./refused.ts";
import { stringFunctions } from "./string-functions.ts";
import { timeFunctions } from "./time-functions.ts";

const byName: ReadonlyMap<string, ExpressionFunction> = new Map(
  [
    ...stringFunctions,
    ...arrayFunctions,
    ...convertFunctions,
    ...timeFunctions,
    ...membershipFunctions,
    ...directoryFunctions,
  ].map((one) => [one.name, one]),
);

/** The function of that name, or what is to be said of there being none. Names mind case. */
export function findFunction(name: string): ExpressionFunction | string {
  const found = byName.get(name);
  if (found !== undefined) return found;
  const refusal = refusedFunctions.get(name);
  if (refusal !== undefined) return `${name} ${refusal}`;
  const method = /^.+\.(\w+)$/.exec(name)?.[1] ?? "";
  if (name.startsWith("user.") && byName.has(`String.${method}`)) {
    return `Functions after a value belong to Identity Engine's language; write String.${method}(…)`;
  }
  const nearest = nearestName(name, [...byName.keys()]);
  return `There is no function ${name}${nearest === undefined ? "" : ` (did you mean ${nearest}?)`}`;
}
