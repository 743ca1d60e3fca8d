/** "Test Connector Configuration" (wizard app) and "Test API Credentials" (catalog app): the same two probes. */

import type { OktaFidelity } from "../../../fidelity/table.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import type { FailedProbe } from "../../credentials-test.ts";
import { readList } from "./answers.ts";
import { failureOf } from "./remote-error.ts";
import { probeGroups, probeUsers } from "./requests.ts";
import { authenticatingFailed } from "./sentences.ts";

/**
 * Reads two users, and a page of groups since Push Groups is among the actions that Astro's setup page ticks.
 * The probe that failed, or undefined where both answered with a list, an empty one included.
 */
export function* testCredentials({ groupsProbe }: OktaFidelity): Conversation<FailedProbe | undefined> {
  const probes = groupsProbe === "send" ? [probeUsers(), probeGroups()] : [probeUsers()];
  for (const request of probes) {
    const answer = yield request;
    const list = readList(answer);
    if (list.kind === "remote-error") {
      return { failure: failureOf(authenticatingFailed, list), request, answer };
    }
  }
  return undefined;
}
