/** What a plan leaves alone because of what IAM says: Teams that Astro manages itself, and what SCIM does not show. */

import { allTeams, allUsers } from "../../../astro/held.ts";
import type { Drift } from "../../compare/diff.ts";
import { isMadeInAstro } from "../../compare/over-iam/iam-remarks.ts";
import type { LeftOut } from "./left-out.ts";
import type { Operation } from "../operations/operation.ts";

export interface WithoutLocal {
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
}

/** Every operation is checked by the id that it would write to. */
export function leaveOutLocal(
  operations: readonly Operation[],
  { held, linkedTeamIds }: Pick<Drift, "held" | "linkedTeamIds">,
): WithoutLocal {
  const all = [...allUsers(held), ...allTeams(held)];
  const hidden = new Set(
    all.filter(({ isHiddenFromScim }) => isHiddenFromScim === true).map(({ scimId }) => scimId),
  );
  const local = new Set(
    allTeams(held)
      .filter((team) => isMadeInAstro(team, linkedTeamIds))
      .map(({ scimId }) => scimId),
  );
  const kept: Operation[] = [];
  const leftOut = new Map<string, LeftOut>();
  for (const operation of operations) {
    const { subject } = operation;
    const why = whyLeftOut(operation, { hidden, local });
    if (why === undefined) kept.push(operation);
    else leftOut.set(`${why.code} ${subject.scimId}`, { ...why, kind: subject.kind, name: subject.name });
  }
  return { operations: kept, leftOut: [...leftOut.values()] };
}

interface Untouchable {
  readonly hidden: ReadonlySet<string>;
  readonly local: ReadonlySet<string>;
}

function whyLeftOut(
  { subject, kind, named }: Operation,
  { hidden, local }: Untouchable,
): Pick<LeftOut, "code" | "reason"> | undefined {
  const { scimId } = subject;
  if (scimId === null) return undefined;
  if (hidden.has(scimId)) return { code: "hidden-from-scim", reason: hiddenReasons[subject.kind] };
  if (!local.has(scimId)) return undefined;
  if (kind === "delete-team") return { code: "local-team", reason: neverDeleted };
  return named === true ? undefined : { code: "local-team-apart", reason: changedByName };
}

const hiddenReasons: Readonly<Record<LeftOut["kind"], string>> = {
  user: "is shown by Astro's IAM API and not over SCIM, so it cannot be changed over SCIM: use Access Management > Users in Astro",
  team: "is shown by Astro's IAM API and not over SCIM, so it cannot be changed over SCIM: use Access Management > Teams in Astro",
};

const neverDeleted =
  "was created in Astro, and the identity provider does not manage it: delete it in Astro (Access Management > Teams)";
const changedByName =
  "was created in Astro, and the identity provider does not manage it, so it is changed only if you name it";
