/** Why the test of the credentials failed, for people: the plain cause first, then what Okta would make of it. */

import { astroApisOf, hostIsAstros } from "../astro/address.ts";
import { judge } from "../astro/api/judge.ts";
import { AppError } from "../ground/errors.ts";
import type { FailedProbe } from "../idp/credentials-test.ts";

/** Who tested what: `target` is the SCIM base URL. */
export interface CredentialsTestAbout {
  readonly target: string;
  /** The provider, as messages call it. */
  readonly provider: string;
}

/** Codes: unreachable, unauthorized, not-scim, source-incomplete for a server that fails. */
export function credentialsError(probe: FailedProbe, about: CredentialsTestAbout): AppError {
  const { failure, answer } = probe;
  const cause = causeOf(probe, about);
  // Where nothing came back, the provider says the same in fewer words.
  if (answer.kind === "no-response") return cause;
  const message = `${cause.message} ${about.provider} would show: ${failure.sentence}`;
  return new AppError(cause.code, message, cause.hint === undefined ? {} : { hint: cause.hint });
}

/** Users are requested first: a run that reaches the groups has the right address (pranems/SCIMServer, issue 3). */
function causeOf(
  { failure, request, answer }: FailedProbe,
  { target, provider }: CredentialsTestAbout,
): AppError {
  const asked = { target, request: `${request.method} ${request.path}` };
  if (answer.kind === "response" && answer.status >= 500) {
    return new AppError("source-incomplete", `${asked.request} was answered ${failure.reason}.`, {
      hint: "The server failed: check its log.",
    });
  }
  if (answer.kind === "response" && answer.status === 404 && request.path.startsWith("/Groups")) {
    return new AppError("not-scim", `${target} has users, but no groups: ${asked.request} answered 404.`, {
      hint: "The server must answer a look-up that finds nothing with 200 and an empty list, even if it has no groups at all.",
    });
  }
  const judged = judge(answer, asked);
  if (judged === undefined) {
    return new AppError(
      "not-scim",
      `${provider} cannot use the answer to ${asked.request}: ${failure.reason}.`,
      {
        hint: "It must be a ListResponse with numbers as totalResults, startIndex and itemsPerPage (RFC 7644 §3.4.2).",
      },
    );
  }
  if (judged.code !== "unauthorized") return judged;
  const isForbidden = answer.kind === "response" && answer.status === 403;
  const hint = `${tokenHint(target)}${isForbidden ? switchHint(target) : ""}`;
  return new AppError("unauthorized", judged.message, { hint });
}

function switchHint(target: string): string {
  if (hostIsAstros(target)) {
    return " Or the SCIM integration is disabled: Organization Settings > Authentication.";
  }
  return astroApisOf(target) === undefined ? "" : " If it is an Astro, SCIM may be disabled.";
}

function tokenHint(target: string): string {
  return hostIsAstros(target)
    ? "Check the token: it must be an Organization API token with the Organization Owner role, and not expired."
    : "Check the token: it must be the one that your server expects, and may read users and groups.";
}
