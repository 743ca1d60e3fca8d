// The local Astro, filled with the same users.

import { startServer } from "../../dist/server/start.js";
import { userOf } from "./people.mjs";

export function serveAstro(users, token) {
  const seed = { users: Array.from({ length: users }, (_, at) => seedUser(at)), teams: [] };
  return startServer({ token, seed });
}

function seedUser(at) {
  const { userName, displayName, name, profileUrl, externalId } = userOf(at);
  const role = "ORGANIZATION_MEMBER";
  return { userName, email: userName, displayName, ...name, profileUrl, externalId, active: true, role };
}
