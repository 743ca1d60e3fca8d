/** The answers that nobody has to be asked for: flags first, then the profile, then the token for its organization. */

import { AppError } from "../../ground/errors.ts";
import type { SetupAnswers, SetupProvider } from "../../setup/answers.ts";
import { organizationOf } from "../../target/base-url.ts";
import { findProfile, type Profile } from "../../target/profile/find-profile.ts";
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
  requireAttribute("--mail-attribute", flags.mailAttribute);
  requireAttribute("--sso-attribute", flags.ssoAttribute);
  const profile = flags.profile === undefined ? undefined : await findProfile(flags.profile, io);
  const scimUrl = await knownBaseUrl(flags, io);
  const address =
    scimUrl === undefined ? {} : { scimUrl: withoutQuery(scimUrl), organizationId: organizationOf(scimUrl) };
  return {
    profile,
    ...defined(savedAnswers(idp, profile)),
    ...defined(flagAnswers(flags)),
    ...defined(address),
  };
}

type Answers = { readonly [Key in keyof Omit<Stated, "profile">]: Stated[Key] | undefined };

function flagAnswers({ integration, mailAttribute, ssoAttribute, usersOnly, teams }: SetupFlags): Answers {
  return { integration, mailAttribute, ssoAttribute, usersOnly: teams === true ? false : usersOnly };
}

function savedAnswers(idp: SetupProvider, profile: Profile | undefined): Answers {
  const ssoAttribute = profile?.directory?.entra?.ssoAttribute;
  if (profile?.setup?.provider !== idp) return { ssoAttribute: idp === "entra" ? ssoAttribute : undefined };
  const { provider: _provider, ...saved } = profile.setup;
  return { ...(ssoAttribute === undefined ? {} : { ssoAttribute }), ...saved };
}

/** Without what is undefined. */
function defined(answers: Answers): Partial<Omit<SetupAnswers, "idp">> {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined));
}

function requireAttribute(flag: string, value: string | undefined): void {
  const problem = value === undefined ? undefined : attributeProblem(value);
  if (problem !== undefined) throw new AppError("usage", `${flag}: ${problem}`);
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
