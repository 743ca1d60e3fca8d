/** A user whom the local Astro holds from the start. */

import type { SeedUser } from "../../src/astro/seed.ts";

/** An active member of the organization, without a name, and what is different. */
export function seedUser(userName: string, change: Partial<SeedUser> = {}): SeedUser {
  return {
    userName,
    email: userName,
    displayName: undefined,
    givenName: undefined,
    familyName: undefined,
    profileUrl: undefined,
    active: true,
    role: "ORGANIZATION_MEMBER",
    externalId: undefined,
    ...change,
  };
}
