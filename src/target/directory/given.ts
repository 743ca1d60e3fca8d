/** What a flag, a profile or a variable says, in that order, and which of them said it. */

import { AppError } from "../../ground/errors.ts";
import type { Io } from "../../world/io.ts";
import type { Profile } from "../profile/find-profile.ts";

export interface Given {
  readonly value: string;
  /** For messages: `--okta-url`, `profile "prod" of ./astro-scim.yaml`, `OKTA_CLIENT_ORGURL`. */
  readonly from: string;
  readonly by: "flag" | "profile" | "variable";
}

export interface Places {
  readonly flag: readonly [name: string, value: string | undefined];
  /** What the profile says. */
  readonly ofProfile: string | undefined;
  readonly variable?: string;
}

/**
 * The first that says something; undefined where none does.
 * @throws AppError usage, for a flag without a value: an unset variable of a script must not choose another organization
 */
export function firstGiven(
  { env }: Pick<Io, "env">,
  profile: Profile | undefined,
  { flag: [name, value], ofProfile, variable }: Places,
): Given | undefined {
  if (value?.trim() === "") {
    throw new AppError("usage", `${name} is empty.`, { hint: "Give it a value, or leave it out." });
  }
  if (value !== undefined) return { value, from: name, by: "flag" };
  if (profile !== undefined && ofProfile !== undefined) {
    return { value: ofProfile, from: profile.label, by: "profile" };
  }
  const text = variable === undefined ? undefined : variableText(env, variable);
  return text === undefined || variable === undefined
    ? undefined
    : { value: text, from: variable, by: "variable" };
}

/** Undefined where it is not set or empty. */
export function variableText(env: Io["env"], name: string): string | undefined {
  const text = env[name]?.trim();
  return text === "" ? undefined : text;
}
