/** The recorded answer against that of the target. */

import { describeProblem } from "../astro/api/problem.ts";
import type { JsonValue } from "../ground/json.ts";
import { quotation } from "../wire/body-in-words.ts";
import type { WireResponse } from "../wire/exchange.ts";
import { redactText } from "../wire/redact.ts";
import { redactJson } from "../wire/redact-json.ts";
import { differences, type Difference } from "./differences.ts";
import type { Identities } from "./identities.ts";
import { givenIds, normalized, recordedIds, type IdsOfSide } from "./normalize.ts";
import { bodyOf, type RecordedBody } from "./recording/recorded-entry.ts";
import type { RecordedExchange } from "./recording/recording.ts";
import { kindInPath } from "./resource.ts";

export interface Comparing {
  readonly ids: Identities;
  /** Credentials of the recording, which its server may have repeated. */
  readonly secrets: readonly string[];
}

/**
 * Status, and body where it was recorded. Where one of both failed and the other did not, their bodies have nothing to
 * do with each other: only the status is reported, with what the target says. Secrets are in none of it.
 */
export function compareAnswers(
  exchange: RecordedExchange,
  given: WireResponse,
  { ids, secrets }: Comparing,
): readonly Difference[] {
  const { answer, request } = exchange;
  const statuses = ofStatus(answer.status, given);
  if (statuses.length > 0 && (isError(answer.status) || isError(given.status))) return statuses;
  if (answer.body.kind === "not-recorded") return statuses;
  const how = {
    kind: kindInPath(request.path),
    keepsIds: /^\/(?:Schemas|ResourceTypes|ServiceProviderConfig)/.test(request.path),
    isError: isError(answer.status),
  };
  const hide = (text: string): string => (secrets.length === 0 ? text : redactText(text, secrets));
  const plain = (body: RecordedBody, side: IdsOfSide): JsonValue | undefined => {
    if (body.kind === "text") return `the text ${quotation(hide(body.text))}`;
    return body.kind === "json" ? normalized(redactJson(body.json, hide), { ...how, ids: side }) : undefined;
  };
  const expected = plain(answer.body, recordedIds(ids));
  const got = plain(bodyOf(given.text), givenIds(ids));
  return [...statuses, ...differences(expected, got)];
}

function ofStatus(recorded: number, given: WireResponse): readonly Difference[] {
  if (recorded === given.status) return [];
  const difference = { at: "status", expected: recorded, got: given.status };
  return [isError(given.status) ? { ...difference, reason: describeProblem(given) } : difference];
}

function isError(status: number): boolean {
  return status >= 400;
}
