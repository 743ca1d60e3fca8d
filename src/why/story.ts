/** The story of one user or Team: what is known, what happened, and why it is as it is. */

import type { CauseId, NamedCause } from "./causes/cause.ts";
import type { ClockSkew } from "./logs/clock-skew.ts";
import type { LogEntry } from "./logs/log-entry.ts";

/** Something that could not be read. */
export interface Unread {
  /** `Astro's audit log`. */
  readonly what: string;
  /** A clause. */
  readonly why: string;
}

/** What one of the three sides says. */
export interface Chapter {
  readonly of: "directory" | "provider" | "astro";
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly text: string }[];
}

export interface ServerClock {
  /** `Okta`, `Astro`. */
  readonly server: string;
  readonly skew: ClockSkew | undefined;
}

/** A difference between a group and its Team, with its reasons. */
export interface MemberStory {
  readonly side: "missing" | "extra";
  readonly team: string;
  readonly userName: string;
  /** What the two sides say, as a clause: `in the group, and not in the Team`. */
  readonly fact: string;
  /** Empty where they are unknown. */
  readonly causes: readonly NamedCause[];
}

/** `fine`: nothing is wrong; `found`: a cause is named; `cannot-tell`: something is wrong, or may be, and no cause is known. */
export type Verdict = "fine" | "found" | "cannot-tell";

export interface Story {
  readonly kind: "user" | "team";
  readonly name: string;
  readonly ids: { readonly provider: string | undefined; readonly scim: string | undefined };
  readonly chapters: readonly Chapter[];
  /** In the order of time, by our clock. */
  readonly events: readonly LogEntry[];
  readonly clocks: readonly ServerClock[];
  readonly unread: readonly Unread[];
  /** What is wrong, each a sentence without its full stop. */
  readonly symptoms: readonly string[];
  readonly causes: readonly NamedCause[];
  readonly members: readonly MemberStory[];
  readonly verdict: Verdict;
  /** Why the cause is unknown, or why nothing is wrong: a sentence without its full stop. */
  readonly explanation: string | undefined;
}

/** Each cause once, in the order in which they were found. */
export function distinctCauses(causes: readonly NamedCause[]): readonly NamedCause[] {
  const byId = new Map<CauseId, NamedCause>();
  for (const cause of causes) if (!byId.has(cause.id)) byId.set(cause.id, cause);
  return [...byId.values()];
}
