/** What is outside the responsibility of the directory, and what looks as if it should be, as JSON (docs/json.md). */

import type { Drift } from "../../drift/compare/diff.ts";
import type { JsonObject } from "../../ground/json.ts";

export function outsideJson({
  outside,
  responsibility,
  suggestedResponsibleFor: suggested,
}: Pick<Drift, "outside" | "responsibility" | "suggestedResponsibleFor">): JsonObject {
  return {
    responsibleFor: responsibility.statements.map(({ domains, teams, statedBy }) => ({
      domains: domains ?? null,
      teams: teams ?? null,
      statedBy,
    })),
    outside: {
      users: outside.users.map(({ domain, ...user }) => ({ ...user, domain: domain ?? null })),
      teams: outside.teams.map((team) => ({ ...team })),
      provisioned: outside.provisioned.map(({ kind, name, scimId }) => ({
        kind,
        name,
        scimId: scimId ?? null,
      })),
    },
    suggestedResponsibleFor: suggested === undefined ? null : { domains: suggested.domains },
  };
}
