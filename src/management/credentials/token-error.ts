/** Why a token endpoint gave out no token, in words for people; never with the secret. */

import * as z from "zod";
import { AppError } from "../../ground/errors.ts";
import { bodyInWords } from "../../wire/body-in-words.ts";
import type { WireResponse } from "../../wire/exchange.ts";

/** The endpoint, as messages name it. */
export interface AskedEndpoint {
  /** `Okta`, `Microsoft Entra ID`. */
  readonly name: string;
  readonly host: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** RFC 6749 §5.2; Entra ID adds `AADSTS…` to the description. Okta's other errors have the form of its API. */
const endpointError = z.union([
  z
    .looseObject({ error: z.string(), error_description: z.string().optional() })
    .transform((body) => ({ code: body.error, text: body.error_description ?? "" })),
  z
    .looseObject({ errorCode: z.string(), errorSummary: z.string().optional() })
    .transform((body) => ({ code: body.errorCode, text: body.errorSummary ?? "" })),
]);

/** The error's code; undefined for a body that is no error. */
export function errorCodeOf({ json }: WireResponse): string | undefined {
  const result = endpointError.safeParse(json);
  return result.success ? result.data.code : undefined;
}

/** For an answer that is no token. */
export function tokenRefused(
  answer: WireResponse,
  { name, host, clientId, scopes }: AskedEndpoint,
): AppError {
  const result = endpointError.safeParse(answer.json);
  if (!result.success) {
    return new AppError(
      "unreachable",
      `${name} (${host}) gave out no token: it was answered ${answer.status} with ${bodyInWords(answer)}.`,
      { hint: `Check the URL of ${name}.` },
    );
  }
  const { code } = result.data;
  const text = firstLine(result.data.text);
  const said = text === "" ? code : `${code}: ${text}`;
  return new AppError(
    lacksPermission(code, text) ? "permission-missing" : "unauthorized",
    `${name} (${host}) gave out no token for the client ${clientId}: ${said}.`,
    { hint: hintFor(code, text, scopes) },
  );
}

/** Entra ID goes on with ids and the time of the request. */
function firstLine(text: string): string {
  const [line = ""] = text.split(/\r?\n| Trace ID:/, 1);
  return line.trim().replace(/\.$/, "");
}

const scopeNotGranted = /AADSTS70011|AADSTS1002012|invalid_scope|consent_required/;
const notAllowed = /E0000015|access_denied/;

/** The credentials are right, and may not do this: that is a permission to grant, as where the API itself refuses. */
function lacksPermission(code: string, text: string): boolean {
  return [scopeNotGranted, notAllowed].some((pattern) => pattern.test(code) || pattern.test(text));
}

/** Codes of RFC 6749 §5.2 and RFC 9449 §5, of Okta, and of Entra ID (Microsoft: AADSTS error codes). */
const hints: readonly (readonly [RegExp, string])[] = [
  [
    /AADSTS7000215/,
    "The client secret is wrong: copy its Value, not its Secret ID (App registrations > Certificates & secrets).",
  ],
  [
    /AADSTS7000222/,
    "The client secret has expired: make a new one (App registrations > Certificates & secrets).",
  ],
  [/AADSTS700016/, "The tenant has no app with this client ID: check --entra-tenant and AZURE_CLIENT_ID."],
  [
    /AADSTS90002|AADSTS900023/,
    "There is no such tenant: check --entra-tenant, and --entra-cloud for a national cloud.",
  ],
  [
    /AADSTS700027|AADSTS5002738|AADSTS50027/,
    "Entra ID does not accept the certificate: it must be the one that is uploaded to the app, and not expired (App registrations > Certificates & secrets).",
  ],
  [/AADSTS7000112/, "The app is disabled in the tenant (Enterprise applications > Properties)."],
  [
    scopeNotGranted,
    "Not every scope is granted to the app. In Okta: grant it under the app > Okta API Scopes. Asked for: SCOPES.",
  ],
  [/AADSTS53003|AADSTS530003/, "A Conditional Access policy for workload identities refuses the app."],
  [
    /invalid_dpop_proof|dpop/i,
    "The app requires DPoP, and the proof was not accepted: check this machine's clock, or clear 'Require Demonstrating Proof of Possession' (the app > General).",
  ],
  [notAllowed, "The app may not do this: assign it an admin role, and grant its scopes."],
  [
    /invalid_client|unauthorized_client|E0000022/,
    "Check the client ID and its key or secret: the public key must be the one that is saved in the app, the app must be active, and this machine's clock right.",
  ],
];

function hintFor(code: string, text: string, scopes: readonly string[]): string {
  const found = hints.find(([pattern]) => pattern.test(code) || pattern.test(text));
  return (found?.[1] ?? "Check the client ID and its key or secret.").replace("SCOPES", scopes.join(", "));
}
