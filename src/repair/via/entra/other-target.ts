/** Whether the app provisions the Astro that is repaired: Microsoft Graph does not show the Tenant URL, so the links have to tell. */

import { allUsers } from "../../../astro/held.ts";
import { AppError } from "../../../ground/errors.ts";
import type { Routing } from "./routed.ts";

/** Accounts that are looked at; and so many of them must be linked before anything is concluded. */
const sampled = 10;
const enough = 3;

/** @throws AppError refused, where every link that is looked at leads to an account that this Astro does not have */
export async function requireOwnTarget({ drift, ids, connectionOf, restart }: Routing): Promise<void> {
  // A restart clears dead links, and is asked for by name.
  if (restart !== undefined) return;
  const accounts = allUsers(drift.held);
  const heldIds = new Set(accounts.map(({ scimId }) => scimId));
  const objectIds = accounts.filter(({ active }) => active).flatMap(({ key }) => ids.users.get(key) ?? []);
  const connections = await Promise.all(objectIds.slice(0, sampled).map(connectionOf));
  const anchors = connections.flatMap((one) => one?.targetAnchor || []);
  if (anchors.length < enough || anchors.some((anchor) => heldIds.has(anchor))) return;
  throw new AppError(
    "refused",
    `Entra ID is linked to ${anchors.length} of these accounts, all under IDs that this Astro does not have: the app provisions another Astro, or its links are dead.`,
    {
      hint: "Check the Tenant URL of the app (Provisioning > Admin Credentials). If it is right, add --restart-job to clear the links, or repair with --via scim.",
    },
  );
}
