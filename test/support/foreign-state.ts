/** Empties a SCIM server that is not ours, and puts into it what a fixture says that Astro holds beforehand. */

import type { AstroSeed } from "../../src/astro/seed.ts";
import type { ScimClient } from "./scim-client.ts";

/** Roles are left out: SCIM cannot express them. */
export async function plant(client: ScimClient, { users, teams }: AstroSeed): Promise<void> {
  const idOfUser = new Map<string, string>();
  for (const { userName, displayName } of users) {
    const emails = [{ value: userName, primary: true }];
    idOfUser.set(userName, await client.user(userName, { displayName, active: true, emails }));
  }
  for (const { name, members } of teams) {
    await client.team(name, ...members.map((member) => idOfUser.get(member)!));
  }
}

export async function clear(client: ScimClient): Promise<void> {
  for (const endpoint of ["/Users", "/Groups"]) {
    for (;;) {
      const { Resources } = (await client.get(`${endpoint}?count=200`)).body;
      if (Resources.length === 0) break;
      for (const { id } of Resources) await client.delete(`${endpoint}/${id}`);
    }
  }
}
