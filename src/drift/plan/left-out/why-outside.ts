/** Why an account or a Team is left alone that is outside what the directory is responsible for. */

import { exclusionInWords, type Exclusion } from "../../../astro/responsibility.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import type { Drift } from "../../compare/diff.ts";
import type { LeftOut } from "./left-out.ts";

/** What has that name, or what Astro holds under it; undefined where neither is outside. */
export function outsideName(
  { boundary }: Pick<Drift, "boundary">,
  kind: LeftOut["kind"],
  { name, held }: { readonly name: string; readonly held: readonly { readonly scimId: string }[] },
): LeftOut | undefined {
  const [ids, keys] =
    kind === "user" ? [boundary.userIds, boundary.userKeys] : [boundary.teamIds, boundary.teamKeys];
  const [exclusion] = held.flatMap(({ scimId }) => ids.get(scimId) ?? []);
  const why = exclusion ?? keys.get(foldCase(name));
  return why && { code: "outside", kind, name, reason: outsideReason(why) };
}

/** One clause without the name, with what would have it inside. */
export function outsideReason(exclusion: Exclusion): string {
  const { reason, remedy } = exclusionInWords(exclusion);
  return `${reason}: repairs do not change it; ${remedy}`;
}
