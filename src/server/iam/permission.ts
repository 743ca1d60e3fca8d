/** What a token may do in Astro's own API (Astro docs: User permissions). */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import type { IamContext } from "./context.ts";
import { IamError } from "./iam-error.ts";

/** The least role of the organization that a request takes. */
export type Needs = "member" | "owner";

/** @throws IamError 403 */
export function requirePermission(needs: Needs, { organizations }: IamContext): void {
  const [organization] = organizations;
  if (needs === "member" || organization === undefined || isOwner(organization.behaviour)) return;
  throw new IamError(403, "the API token has the role Organization Member; this takes an Organization Owner");
}

function isOwner({ tokenRole }: Pick<Behaviour, "tokenRole">): boolean {
  return tokenRole === "owner";
}
