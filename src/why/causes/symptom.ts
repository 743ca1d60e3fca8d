/** What is wrong with a user's account, before anybody asks why. */

import type { UserChange } from "../../drift/compare/change.ts";
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

/** The worst of what a user has comes first. */
const symptoms: readonly (readonly [kind: UserChange["kind"], symptom: UserSymptom])[] = [
  ["user-missing", "missing"],
  ["user-invite-pending", "missing"],
  ["user-inactive", "inactive"],
  ["user-banned", "inactive"],
  ["user-left-over", "left-over"],
  ["user-never-linked", "left-over"],
  ["user-duplicate", "duplicate"],
  ["user-renamed", "renamed"],
  ["user-link-broken", "link-broken"],
  ["user-attribute-differs", "differs"],
];

/** Undefined where Astro holds what the directory says, and nobody would expect something else. */
export function symptomOf(facts: UserFacts): UserSymptom | undefined {
  const { changes, expected } = facts;
  const kinds = new Set(changes.map(({ kind }) => kind));
  const found = symptoms.find(([kind]) => kinds.has(kind));
  if (found !== undefined) {
    // The account of a user who should have one.
    const isOwn = found[0] === "user-never-linked" && expected?.presence === "active";
    return isOwn ? "link-broken" : found[1];
  }
  if (expected?.presence === "either") return "left-as-found";
  return isLeftOut(facts) ? "left-out" : undefined;
}

/** Somebody assigned the user, or a group around the user, and there is no account to expect. */
function isLeftOut({ isAssigned, findings, user, notProvisioned }: UserFacts): boolean {
  if (user === undefined || user.status === "deactivated" || user.status === "soft-deleted") return false;
  if (user.status === "blocked" || notProvisioned === undefined) return false;
  const isNested = findings.some(({ kind }) => kind === "user-only-nested");
  return isNested || isAssigned.directly || isAssigned.through.length > 0;
}

const texts: Readonly<Record<UserSymptom, (facts: UserFacts) => string>> = {
  missing: ({ name }) => `${name} should have an account in Astro and has none`,
  inactive: ({ name }) => `the account of ${name} should be active and is not`,
  "left-over": (facts) => `${accountName(facts)} has an active account in Astro and should have none`,
  renamed: (facts) => `the account of ${facts.name} is called ${accountName(facts)} in Astro`,
  differs: ({ name, changes }) => `the account of ${name} differs from the directory: ${differing(changes)}`,
  duplicate: ({ name }) => `${name} has more than one account in Astro`,
  "link-broken": ({ name }) => `the provider's link to the account of ${name} does not work`,
  "left-out": ({ name }) => `${name} is assigned and gets no account`,
  "left-as-found": ({ name, user }) =>
    `the provider sends nothing about ${name}${user === undefined ? "" : ` (${user.status})`}`,
};

/** The symptom as a sentence without its full stop. */
export function symptomText(symptom: UserSymptom, facts: UserFacts): string {
  return texts[symptom](facts);
}

function accountName({ accounts, name }: UserFacts): string {
  return accounts[0]?.userName ?? name;
}

type NeededWrite = "create" | "update" | "deactivate";

const needed: Readonly<Partial<Record<UserSymptom, NeededWrite>>> = {
  missing: "create",
  inactive: "create",
  "left-out": "create",
  renamed: "update",
  differs: "update",
  "left-over": "deactivate",
};

/** What would have to be sent to end it; undefined where nothing would. */
export function neededWrite(symptom: UserSymptom | undefined): NeededWrite | undefined {
  return symptom === undefined ? undefined : needed[symptom];
}

function differing(changes: UserFacts["changes"]): string {
  return changes
    .flatMap((change) => (change.kind === "user-attribute-differs" ? [change.attribute] : []))
    .join(", ");
}
