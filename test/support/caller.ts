/** Tokens as a server accepts them. */

import type { Caller, Guest } from "../../src/server/api/caller.ts";

/** The caller with an Organization API token of this organization, which never expires. */
export function callerOf(organizationId = "clmaxoarx000008l2c5ayb9pt"): Caller {
  return {
    id: "clm8q7f6q000008lcgyougpsk",
    name: "tests",
    organizationIds: [organizationId],
    scope: "ORGANIZATION",
    startAt: new Date("2026-01-15T09:00:00Z"),
    endAt: undefined,
  };
}

export function guestWith(token: string): Guest {
  return { token, caller: callerOf() };
}
