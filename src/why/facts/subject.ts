/** The user or the Team that a word names. */

import type { HeldTeam, HeldUser } from "../../astro/held.ts";
import type { DirectoryGroup, DirectoryUser } from "../../directory/directory.ts";
import type { OutsideUser } from "../../directory/provider-history.ts";
import type { LinkFact } from "./facts.ts";

export interface UserSubject {
  readonly kind: "user";
  readonly name: string;
  readonly user: DirectoryUser | undefined;
  readonly outside: OutsideUser | undefined;
  /** The one that the directory means first. */
  readonly accounts: readonly HeldUser[];
  readonly link: LinkFact;
}

export interface TeamSubject {
  readonly kind: "team";
  readonly name: string;
  readonly group: DirectoryGroup | undefined;
  readonly held: HeldTeam | undefined;
}

export type Subject = UserSubject | TeamSubject;

export type FoundSubject =
  | { readonly kind: "one"; readonly subject: Subject }
  /** A user and a Team have the name. */
  | { readonly kind: "both" }
  /** Each with an id that names it alone. */
  | { readonly kind: "several"; readonly of: "user" | "team"; readonly ids: readonly string[] }
  /** The nearest names first. */
  | { readonly kind: "none"; readonly nearest: readonly string[] };

/** The provider's id; undefined where the provider does not know the subject. */
export function objectIdOf(subject: Subject): string | undefined {
  if (subject.kind === "team") return subject.group?.objectId;
  return subject.user?.objectId ?? subject.outside?.objectId;
}
