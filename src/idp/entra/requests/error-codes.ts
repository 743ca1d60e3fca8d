/** The error codes of Entra's provisioning logs, as data: which answer is which code. */

import type { EntraFidelity } from "../../../fidelity/table.ts";
import type { NoResponseReason, WireAnswer, WireRequest } from "../../../wire/exchange.ts";

/** As the provisioning logs have it (Microsoft: Understand how provisioning logs work, error codes). */
export type EntraCode = string;

/** Statuses that are one code whatever was asked for; the rest are below. */
const codesByStatus: Readonly<Record<number, EntraCode>> = {
  401: "Unauthorized",
  403: "InsufficientRights",
  405: "MethodNotAllowed",
  422: "UnprocessableEntity",
  429: "TooManyRequests",
  501: "NotImplemented",
};

const badRequestCodes = {
  "bad-request": "SystemForCrossDomainIdentityManagementBadRequest",
  "service-incompatible": "SystemForCrossDomainIdentityManagementServiceIncompatible",
} satisfies Record<EntraFidelity["entraBadRequestCode"], EntraCode>;

/** The code of a look-up that finds several objects. */
export const duplicatesCodes = {
  "duplicate-target": "DuplicateTargetEntries",
  "multiple-entries": "SystemForCrossDomainIdentityManagementMultipleEntriesInResponse",
} satisfies Record<EntraFidelity["entraDuplicatesCode"], EntraCode>;

const codesWithoutAnswer: Readonly<Record<NoResponseReason, EntraCode>> = {
  timeout: "Timeout",
  refused: "WebExceptionProtocolError",
  reset: "WebExceptionProtocolError",
  unresolved: "InvalidDomain",
  tls: "WebExceptionProtocolError",
  aborted: "WebExceptionProtocolError",
  other: "WebExceptionProtocolError",
};

/** The code of an answer that is no success. */
export function errorCode(
  answer: WireAnswer,
  { method, path }: WireRequest,
  fidelity: EntraFidelity,
): EntraCode {
  if (answer.kind === "no-response") return codesWithoutAnswer[answer.reason];
  const { status } = answer;
  if (status === 400) return badRequestCodes[fidelity.entraBadRequestCode];
  if (status === 404) return isById(path) ? "InvalidAnchor" : incompatible;
  if (status === 409) return conflictCode(method, fidelity);
  return codesByStatus[status] ?? (status >= 500 ? "InternalServerError" : incompatible);
}

const incompatible = "SystemForCrossDomainIdentityManagementServiceIncompatible";

function conflictCode(
  method: string,
  { entraConflictCode, entraPatchConflictCode }: EntraFidelity,
): EntraCode {
  if (method === "POST" || entraPatchConflictCode === "Conflict") return entraConflictCode;
  return "SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering";
}

function isById(path: string): boolean {
  return /^\/(?:Users|Groups)\/[^?]/.test(path);
}
