/** What to do after a sheet: enter it, then compare. */

import type { NextStep } from "../../report/next-step.ts";
import { documentedAnswers, type SetupAnswers } from "../../setup/answers.ts";
import { line, option } from "../next/words.ts";
import type { SetupFlags } from "./flags.ts";

/**
 * The comparison with the live app where it is known which one it is; else a rehearsal with a local Astro, which needs nothing. A profile
 * has the answers; otherwise they are repeated.
 */
export function afterSetup(
  answers: SetupAnswers,
  flags: SetupFlags,
  { profile, isAppKnown }: { readonly profile: string | undefined; readonly isAppKnown: boolean },
): NextStep {
  const { idp } = answers;
  if (!isAppKnown) return { kind: "rehearse", command: line("simulate", idp) };
  const app =
    idp === "okta"
      ? [option("--okta-url", flags.oktaUrl), option("--okta-app", flags.oktaApp)]
      : [
          option("--entra-tenant", flags.entraTenant),
          option("--entra-app", flags.entraApp),
          option("--entra-cloud", flags.entraCloud),
        ];
  const words = profile === undefined ? answerWords(answers, flags) : [option("--profile", profile)];
  return { kind: "check-setup", command: line("setup", idp, "--check", ...words, ...app) };
}

function answerWords(
  { idp, integration, mailAttribute, ssoAttribute, usersOnly, organizationId }: SetupAnswers,
  { url, domain }: SetupFlags,
): readonly string[] {
  const usual = documentedAnswers[idp];
  return [
    ...(url === undefined
      ? [option("--org", organizationId), option("--domain", domain)]
      : [option("--url", url)]),
    integration === usual.integration ? "" : option("--integration", integration),
    mailAttribute === usual.mailAttribute ? "" : option("--mail-attribute", mailAttribute),
    ssoAttribute === mailAttribute ? "" : option("--sso-attribute", ssoAttribute),
    usersOnly ? "--users-only" : "",
  ];
}
