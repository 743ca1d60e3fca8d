/** A profile as it is found in a file of the user's own. */

import type { Profile } from "../../src/target/profile/find-profile.ts";

export function profileNamed(name: string, settings: Partial<Profile> = {}): Profile {
  return {
    name,
    file: "/own/astro-scim.yaml",
    label: `profile "${name}" of ./astro-scim.yaml`,
    foreign: undefined,
    ...settings,
  };
}
