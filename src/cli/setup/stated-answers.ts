/** The answers that nobody has to be asked for: flags first, then the profile, then the token for its organization. */

import { AppError } from "../../ground/errors.ts";
import type { SetupAnswers, SetupProvider } from "../../setup/answers.ts";
import { organizationOf } from "../../target/base-url.ts";
import { findProfile, type Profile } from "../../target/find-profile.ts";
import { knownBaseUrl } from "../../target/resolve-target.ts";
import type { Io } from "../../world/io.ts";
import type { SetupFlags } from "./flags.ts";

export interface Stated extends Partial<Omit<SetupAnswers, "idp">> {
  readonly profile: Profile | undefined;
}

/**
 * Contacts nothing and asks nothing.
 * @throws AppError usage, as for any target, and for what cannot be an attribute; invalid-file, for the profile
 */
export async function statedAnswers(io: Io, idp: SetupProvider, flags: SetupFlags): Promise<Stated> {
  const { integration, mailAttribute, ssoAttribute, usersOnly, teams } = flags;
  for (const [flag, value] of [
    ["--mail-attribute", mailAttribute],
    ["--sso-attribute", ssoAttribute],
  ] as const) {
    const problem = value === undefined ? undefined : attributeProblem(value);
    if (problem !== undefined) throw new AppError("usage", `${flag}: ${problem}`);
  }
  const profile = flags.profile === undefined ? undefined : await findProfile(flags.profile, io);
  const saved = profile?.setup?.provider === idp ? profile.setup : undefined;
  const scimUrl = await knownBaseUrl(flags, io);
  const given = {
    integration: integration ?? saved?.integration,
    mailAttribute: mailAttribute ?? saved?.mailAttribute,
    ssoAttribute: ssoAttribute ?? saved?.ssoAttribute ?? profile?.directory?.entra?.ssoAttribute,
    usersOnly: usersOnly ?? (teams === true ? false : saved?.usersOnly),
    scimUrl: scimUrl === undefined ? undefined : withoutQuery(scimUrl),
    organizationId: scimUrl === undefined ? undefined : organizationOf(scimUrl),
  };
  const isStated = ([, value]: readonly [string, unknown]): boolean => value !== undefined;
  return { profile, ...Object.fromEntries(Object.entries(given).filter(isStated)) };
}

/** The name of an attribute as both consoles have it; undefined where it will do. */
export function attributeProblem(text: string): string | undefined {
  return /^[A-Za-z][\w.]*$/.test(text)
    ? undefined
    : "Enter the name of an attribute: letters, digits and underscores.";
}

function withoutQuery(url: string): string {
  return url.split("?")[0] ?? url;
}
