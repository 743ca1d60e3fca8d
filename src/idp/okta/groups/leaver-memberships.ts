/** Removes a user who lost the app from the pushed groups, if this Okta does so. */

import type { Conversation } from "../../../wire/conversation.ts";
import { updateGroup } from "./groups.ts";
import { groupOptions } from "./group-options.ts";
import type { OktaId } from "../memory.ts";
import { recordTask, type RunContext } from "../run-context.ts";

/** The member with the SCIM id by which the groups of the target know it. */
export interface Leaver {
  readonly oktaId: OktaId;
  readonly scimId: string;
}

/** Updates each mapping that has the member; what fails puts its mapping in error, and stops no other. */
export function* leaveGroups(context: RunContext, { oktaId, scimId }: Leaver): Conversation<void> {
  const { ledger } = context;
  for (const [groupId, mapping] of ledger.pushMappings) {
    const isDue = mapping.status === "ACTIVE" && mapping.members.has(oktaId);
    if (mapping.scimId === undefined || !isDue) continue;
    const delta = { added: [], removed: [scimId] };
    const failure = yield* updateGroup(mapping.scimId, mapping.sourceName, delta, groupOptions(context));
    if (failure === undefined) continue;
    ledger.recordMapping(groupId, { ...mapping, status: "ERROR" });
    const subject = { kind: "group", objectId: groupId, key: mapping.key, name: mapping.sourceName } as const;
    recordTask(context, { subject, what: "update-group" }, failure);
  }
}
