/** A difference between the directory and Astro in the words of `diff --json`: as a rehearsal finds it, and as a fixture expects it. */

import type { JsonValue } from "../ground/json.ts";

/** What is said of a difference beside its kind: names of users, ids, a text, or a text that may be missing (null). */
type DetailForm = "users" | "ids" | "text" | "text-or-null";

interface KindForm {
  readonly about: "user" | "team";
  readonly details: Readonly<Record<string, DetailForm>>;
}

/** Each kind of `diff`, and what `diff --json` says of it. `differenceOf` (simulation) holds it to the kinds of `Change`. */
export const differenceKinds = {
  "user-missing": { about: "user", details: {} },
  "user-inactive": { about: "user", details: {} },
  "user-banned": { about: "user", details: {} },
  "user-renamed": { about: "user", details: { expected: "text", held: "text", evidence: "text" } },
  "user-attribute-differs": {
    about: "user",
    details: { attribute: "text", expected: "text-or-null", held: "text-or-null" },
  },
  "user-invite-pending": { about: "user", details: {} },
  "user-never-linked": {
    about: "user",
    details: { user: "text-or-null", evidence: "text", reason: "text-or-null" },
  },
  "user-duplicate": { about: "user", details: { user: "text", evidence: "text", reason: "text" } },
  "user-left-over": { about: "user", details: { reason: "text" } },
  "user-link-broken": { about: "user", details: { problem: "text" } },
  "team-missing": { about: "team", details: { members: "users" } },
  "team-renamed": { about: "team", details: { expected: "text", held: "text", evidence: "text" } },
  "team-members-differ": {
    about: "team",
    details: { missing: "users", leftOver: "users", unknownMembers: "ids", unseenMembers: "ids" },
  },
  "team-left-over": { about: "team", details: { evidence: "text" } },
  "team-link-broken": { about: "team", details: { problem: "text" } },
} as const satisfies Readonly<Record<string, KindForm>>;

export type DifferenceKind = keyof typeof differenceKinds;

export const differenceKindNames: readonly DifferenceKind[] =
  Object.keys(differenceKinds).filter(isDifferenceKind);

function isDifferenceKind(name: string): name is DifferenceKind {
  return Object.hasOwn(differenceKinds, name);
}

/** The form of a kind, for who does not know which it is. */
export function kindForm(kind: DifferenceKind): KindForm {
  return differenceKinds[kind];
}

export interface Difference {
  readonly kind: DifferenceKind;
  /** The userName or the Team's name, as `diff` shows it. */
  readonly name: string;
  /** By the names of `differenceKinds`; lists are lists of texts. */
  readonly details: Readonly<Record<string, JsonValue>>;
}

/** A difference that there should be; what it says nothing of may be whatever it is. Users are named by their UserKey. */
export interface ExpectedDifference extends Difference {
  /** As the fixture has it. */
  readonly written: string;
}
