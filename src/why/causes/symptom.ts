/** What is wrong with a user's account, before anybody asks why. */

import type { UserFacts } from "../facts/facts.ts";

export type UserSymptom =
  | "missing"
  | "inactive"
  | "left-over"
  | "renamed"
  | "differs"
  | "duplicate"
  | "link-broken"
  /** Assigned, and no account is expected: a rule of the provider leaves the user out. */
  | "left-out"
  /** The provider leaves the account as it is. */
  | "left-as-found";

/** Undefined where Astro holds what the directory says, and nobody would expect something else. */
export function symptomOf(facts: UserFacts): UserSymptom | undefined {
  const kinds = new Set(facts.changes.map(({ kind }) => kind));
  if (kinds.has("user-missing") || kinds.has("user-invite-pending")) return "missing";
  if (kinds.has("user-inactive") || kinds.has("user-banned")) return "inactive";
  if (kinds.has("user-left-over")) return "left-over";
  if (facts.changes.some((change) => change.kind === "user-never-linked")) {
    return facts.expected?.presence === "active" ? "link-broken" : "left-over";
  }
  if (kinds.has("user-duplicate")) return "duplicate";
  if (kinds.has("user-renamed")) return "renamed";
  if (kinds.has("user-link-broken")) return "link-broken";
  if (kinds.has("user-attribute-differs")) return "differs";
  if (facts.expected?.presence === "either") return "left-as-found";
  if (isLeftOut(facts)) return "left-out";
  return undefined;
}

/** Somebody assigned the user, or a group around the user, and there is no account to expect. */
function isLeftOut({ isAssigned, findings, user, notProvisioned }: UserFacts): boolean {
  if (user === undefined || user.status === "deactivated" || user.status === "soft-deleted") return false;
  if (user.status === "blocked" || notProvisioned === undefined) return false;
  const isNested = findings.some(({ kind }) => kind === "user-only-nested");
  return isNested || isAssigned.directly || isAssigned.through.length > 0;
}

/** The symptom as a sentence without its full stop. */
export function symptomText(symptom: UserSymptom, { name, accounts, user, changes }: UserFacts): string {
  const [account] = accounts;
  switch (symptom) {
    case "missing":
      return `${name} should have an account in Astro and has none`;
    case "inactive":
      return `the account of ${name} should be active and is not`;
    case "left-over":
      return `${account?.userName ?? name} has an active account in Astro and should have none`;
    case "renamed":
      return `the account of ${name} is called ${account?.userName ?? "otherwise"} in Astro`;
    case "differs":
      return `the account of ${name} differs from the directory: ${differing(changes)}`;
    case "duplicate":
      return `${name} has more than one account in Astro`;
    case "link-broken":
      return `the provider's link to the account of ${name} does not work`;
    case "left-out":
      return `${name} is assigned and gets no account`;
    case "left-as-found":
      return `the provider sends nothing about ${name}${user === undefined ? "" : ` (${user.status})`}`;
    default:
      return symptom satisfies never;
  }
}

/** What would have to be sent to end it; undefined where nothing would. */
export function neededWrite(
  symptom: UserSymptom | undefined,
): "create" | "update" | "deactivate" | undefined {
  switch (symptom) {
    case "missing":
    case "inactive":
    case "left-out":
      return "create";
    case "renamed":
    case "differs":
      return "update";
    case "left-over":
      return "deactivate";
    default:
      return undefined;
  }
}

function differing(changes: UserFacts["changes"]): string {
  return changes
    .flatMap((change) => (change.kind === "user-attribute-differs" ? [change.attribute] : []))
    .join(", ");
}
