/** "Test Connector Configuration" (wizard app) and "Test API Credentials" (catalog app): the same probes. */

import type { OktaAppSettings } from "../../../directory/app-settings.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import type { FailedProbe } from "../../credentials-test.ts";
import { readList } from "./answers.ts";
import { failureOf } from "./remote-error.ts";
import { probeGroups, probeUsers } from "./requests.ts";
import { authenticatingFailed } from "./sentences.ts";

/**
 * Reads two users, and a page of groups where Import Groups is ticked; Push Groups alone asks for none.
 * The probe that failed, or undefined where each answered with a list, an empty one included.
 */
export function* testCredentials(
  settings: Pick<OktaAppSettings, "importGroups" | "fidelity">,
): Conversation<FailedProbe | undefined> {
  for (const request of readsGroups(settings) ? [probeUsers(), probeGroups()] : [probeUsers()]) {
    const answer = yield request;
    const list = readList(answer);
    if (list.kind === "remote-error") {
      return { failure: failureOf(authenticatingFailed, list), request, answer };
    }
  }
  return undefined;
}

function readsGroups({
  importGroups,
  fidelity,
}: Pick<OktaAppSettings, "importGroups" | "fidelity">): boolean {
  return fidelity.groupsProbe === "import-groups" ? importGroups : fidelity.groupsProbe === "send";
}
