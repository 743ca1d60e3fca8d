/** "Test Connector Configuration" (wizard app) and "Test API Credentials" (catalog app): the same two probes. */

import type { Conversation } from "../../wire/conversation.ts";
import type { Failure } from "../failure.ts";
import { readList } from "./answers.ts";
import { failureOf } from "./remote-error.ts";
import { probeGroups, probeUsers } from "./requests.ts";
import { authenticatingFailed } from "./sentences.ts";

/**
 * Reads two users, and a page of groups since Push Groups is among the actions that Astro's setup page ticks.
 * The failure, or undefined where both answered with a list, an empty one included.
 */
export function* testCredentials(): Conversation<Failure | undefined> {
  for (const probe of [probeUsers(), probeGroups()]) {
    const list = readList(yield probe);
    if (list.kind === "remote-error") return failureOf(authenticatingFailed, list);
  }
  return undefined;
}
