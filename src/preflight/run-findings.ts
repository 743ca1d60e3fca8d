/** What concerns the run as a whole: how the provider is set up, and what nobody can read. */

import type { FindingKind } from "../directory/provider-finding.ts";
import { leavesUnknown } from "../drift/provider/not-evaluated.ts";
import type { PreflightFinding } from "./finding.ts";
import type { PreflightSubject } from "./subject.ts";

export function runFindings(subject: PreflightSubject): readonly PreflightFinding[] {
  const { provided, expected, astro } = subject;
  const linked = provided.remembered?.accounts.length ?? 0;
  const users = provided.directory.users.size;
  const isProvisioned = [...expected.users.values()].some(({ presence }) => presence === "active");
  return [
    ...(linked === 0 ? [] : [{ kind: "already-provisioned", accounts: linked } as const]),
    ...(isProvisioned ? [] : [{ kind: "nobody-provisioned", users } as const]),
    ...(astro.isScimEnabled === true ? [{ kind: "scim-already-enabled" } as const] : []),
    ...(astro.showsRoles ? [] : [{ kind: "roles-unknown", reason: "SCIM does not show them" } as const]),
    ...ofProvider(subject),
    ...deletionGuard(subject),
    ...justInTime(subject),
  ];
}

/** Findings of a live provider that are no normal state before the day. */
const beforeTheDay: ReadonlySet<FindingKind> = new Set<FindingKind>([
  "toggle-off",
  "job-in-quarantine",
  "push-mapping-failed",
  "push-mapping-inactive",
  "group-pushed-not-assigned",
  "user-only-nested",
]);

function ofProvider({ provided }: PreflightSubject): readonly PreflightFinding[] {
  const { findings = [], notEvaluated = [], assumed = [] } = provided;
  return [
    ...notEvaluated.map(({ attribute, expression, why }): PreflightFinding => ({
      kind: leavesUnknown([{ attribute, expression, why }]) ? "mapping-not-evaluated" : "mapping-left-out",
      attribute,
      expression,
      reason: why,
    })),
    ...findings
      .filter(({ kind }) => beforeTheDay.has(kind))
      .map((finding) => ({ kind: "provider-finding", finding }) as const),
    ...assumed.map(({ setting, value, why }): PreflightFinding => ({
      kind: "setting-assumed",
      setting,
      value,
      reason: why,
    })),
  ];
}

/** "Prevent accidental deletion" of Entra ID; Okta has nothing like it for provisioning. */
function deletionGuard({ provided, run }: PreflightSubject): readonly PreflightFinding[] {
  const { app } = provided;
  if (app.idp !== "entra") return [];
  const threshold = app.accidentalDeletionThreshold;
  const accounts = run.links.accounts.length + run.links.teams.size;
  if (threshold === undefined) return [{ kind: "deletion-guard-off", accounts }];
  return threshold > accounts ? [{ kind: "deletion-guard-too-high", threshold, accounts }] : [];
}

/** People join at sign-in where a domain of the organization is verified (Astro docs: Set up SSO). */
function justInTime({ justInTime: stated, astro }: PreflightSubject): readonly PreflightFinding[] {
  if (stated === "on") return [{ kind: "just-in-time-on" }];
  const { domains } = astro;
  const nobodyCan = domains.kind === "read" && !domains.value.some(({ isVerified }) => isVerified);
  return stated === "off" || nobodyCan ? [] : [{ kind: "just-in-time-unknown" }];
}
