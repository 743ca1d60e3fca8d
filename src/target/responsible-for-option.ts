/** `responsibleFor` as a program gives it: the same as in a profile. */

import type { StatedResponsibility } from "../astro/responsibility.ts";
import { AppError } from "../ground/errors.ts";
import { responsibleForSchema } from "../yaml/responsible-for.ts";

/** @throws AppError usage, with the key and what is wrong with it */
export function responsibleForOption(given: unknown): readonly StatedResponsibility[] {
  if (given === undefined) return [];
  const result = responsibleForSchema.safeParse(given);
  if (result.success) return [{ ...result.data, statedBy: "the option responsibleFor" }];
  const [issue] = result.error.issues;
  const key = issue?.path.findLast((segment) => typeof segment === "string") ?? "responsibleFor";
  const what =
    issue?.code === "unrecognized_keys"
      ? `has unknown keys: ${issue.keys.join(", ")}`
      : (issue?.message ?? "has the wrong format");
  throw new AppError("usage", `${key} ${what}.`, { hint: "Known keys: domains, teams." });
}
