/** What Astro does on top of SCIM, as far as it is known; what is inferred says so. */

import type { StoreRules } from "./store/memory.ts";

export const astroBehaviour: StoreRules = {
  // Inferred: deactivation ends the organization membership (Astro docs: a removed user leaves all Workspaces),
  // so memberships of Teams are taken to end with it; nothing public says.
  deactivationEndsMemberships: true,
  // Documented for the UI (Astro docs: Manage Organization users: another Owner must exist first); inferred for SCIM.
  keepsLastOwner: true,
};

/** Most resources in one page of a list; more are asked for with `startIndex` (RFC 7644 §3.4.2.4). */
export const maxResults = 1_000;

/** Resources in a page where the client names no `count`. Inferred: the real server's default is not published. */
export const defaultCount = 100;
