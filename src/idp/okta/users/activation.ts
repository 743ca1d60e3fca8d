/** Setting an account active or inactive, and what the answer says of it. */

import type { Conversation } from "../../../wire/conversation.ts";
import { isSuccess, type WireAnswer } from "../../../wire/exchange.ts";
import { isJsonObject } from "../../../ground/json.ts";
import type { Failure } from "../../run/failure.ts";
import { isInactive } from "./remote-account.ts";
import { readResource, readWritten } from "../requests/answers.ts";
import type { RemoteError } from "../requests/remote-error.ts";
import type { RequestShapes } from "../requests/request-shapes.ts";
import { getUser, patchActive, putUser } from "../requests/requests.ts";
import { reactivationDelayed, type UserNames } from "../requests/sentences.ts";

/** The account was to be active, and the answer to that request says that it is not. */
export interface StillInactive {
  readonly kind: "still-inactive";
  /** `PUT /Users/u1` */
  readonly request: string;
}

/**
 * An error, or undefined where the write was taken. Okta reads `active` back from the answer to the request that activates an
 * account (snipe-it #14481, suna #4244); an answer that does not have it, or has no body, counts as active.
 */
export function readActivated(
  answer: WireAnswer,
  request: string,
  shapes: Pick<RequestShapes, "fidelity">,
): StillInactive | RemoteError | undefined {
  const refused = readWritten(answer, shapes);
  return refused ?? (saysInactive(answer) ? { kind: "still-inactive", request } : undefined);
}

export function saysInactive(answer: WireAnswer): boolean {
  return isSuccess(answer) && isJsonObject(answer.json) && isInactive(answer.json);
}

/** Activates or deactivates an account: in a PATCH of its own, or by reading it and sending it back. */
export function* setActive(
  scimId: string,
  active: boolean,
  shapes: RequestShapes,
): Conversation<StillInactive | RemoteError | undefined> {
  const read = (method: string, answer: WireAnswer) =>
    active ? readActivated(answer, `${method} /Users/${scimId}`, shapes) : readWritten(answer, shapes);
  if (shapes.activation === "patch") return read("PATCH", yield patchActive(scimId, active));
  const current = readResource(yield getUser(scimId), scimId);
  if (current.kind === "remote-error") return current;
  return read("PUT", yield putUser(scimId, { ...current.body, active }));
}

/** The assignment fails: the user has no link, and an open task. */
export function stillInactive(names: UserNames, { request }: StillInactive): Failure {
  return {
    kind: "failure",
    sentence: reactivationDelayed(names),
    reason: `the answer to ${request} says active: false`,
    explanation:
      "The server accepted the request and answered that the account is inactive, so Okta does not link it. " +
      "Activate the account in the target, then retry the task.",
    cause: { kind: "malformed-answer" },
  };
}
