/** What in the app's settings will go wrong, said before anything is sent. */

import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";

/** One sentence each. */
export function entraWarnings({ users, ssoAttribute }: EntraAppSettings): readonly string[] {
  const userName = users.mappings.find(({ target }) => target === "userName")?.source;
  if (userName?.kind !== "direct" || userName.attribute === ssoAttribute) return [];
  return [
    `userName is mapped from ${userName.attribute}, but single sign-on knows people by ${ssoAttribute}: ` +
      "whoever signs in is another account than the one that is provisioned.",
  ];
}
