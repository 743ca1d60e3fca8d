/** What a preflight looks at: the directory, Astro as it is now, a rehearsal of the first run, and what people say. */

import type { HeldState } from "../astro/held.ts";
import type { ExpectedState, StateKey } from "../astro/state.ts";
import type { Responsibility } from "../astro/responsibility.ts";
import type { ProvidedDirectory } from "../directory/source.ts";
import type { TerraformResource } from "../terraform/resource.ts";
import type { RehearsedRun } from "./rehearsed-run.ts";

/** A domain of the organization (Astro API reference, Organization: managedDomains). */
export interface ManagedDomain {
  readonly name: string;
  readonly isVerified: boolean;
}

/** Known or not, with the reason as a clause. */
export type Reading<Value> =
  | { readonly kind: "read"; readonly value: Value }
  | { readonly kind: "unknown"; readonly reason: string };

/** Astro before the day. */
export interface AstroNow {
  readonly held: HeldState;
  /** IAM was read, which shows roles and invitations. */
  readonly showsRoles: boolean;
  /** SCIM was read, which shows every attribute of an account; IAM shows its address and its name. */
  readonly showsAttributes: boolean;
  readonly domains: Reading<readonly ManagedDomain[]>;
  /** Undefined where it was not read, and for the Astro inside the process. */
  readonly isScimEnabled: boolean | undefined;
}

/** Whether the organization lets people in at sign-in; no API shows it. */
export type JustInTime = "on" | "off" | "unknown";

export interface PreflightSubject {
  readonly provided: ProvidedDirectory;
  readonly expected: ExpectedState;
  readonly astro: AstroNow;
  readonly run: RehearsedRun;
  /** Undefined where no file was given. */
  readonly terraform: readonly TerraformResource[] | undefined;
  readonly justInTime: JustInTime;
  /** Keys of accounts that nobody wants to be warned of: the `protect` list. */
  readonly isProtected: (key: StateKey) => boolean;
  readonly responsibility: Responsibility;
}
