/** Entra expressions evaluated for the attributes of one object, at a time that stands still. */

import { appRoleIn } from "../../src/directory/app-role.ts";
import type { ProfileValue } from "../../src/directory/directory.ts";
import type { EvaluationContext } from "../../src/idp/entra/expression/context.ts";
import { evaluateExpression } from "../../src/idp/entra/expression/evaluate.ts";
import { parseExpression } from "../../src/idp/entra/expression/parse.ts";
import type { ExpressionValue } from "../../src/idp/entra/expression/values.ts";

export type Attributes = Readonly<Record<string, ProfileValue>>;

export function evaluateEntra(
  source: string,
  attributes: Attributes = {},
  context: Partial<EvaluationContext> = {},
): ExpressionValue {
  return evaluateExpression(parseExpression(source), {
    attribute: (name) => (Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null),
    appRole: (value) => appRoleIn([], value),
    now: () => new Date("2021-08-25T17:41:18Z"),
    random: () => 0.5,
    defaultDomain: "contoso.onmicrosoft.com",
    ...context,
  });
}
