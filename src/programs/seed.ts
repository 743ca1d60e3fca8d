/** What a local Astro holds beforehand, as a program writes it: the same as the `astro:` part of a fixture. */

import type { AttributeName } from "../astro/attributes.ts";
import type { BehaviourChoice } from "../astro/behaviour/table.ts";
import type { OrganizationRole } from "../astro/roles.ts";
import type { FaultSettings } from "../fault/fault.ts";

type Attributes = Readonly<Partial<Record<Exclude<AttributeName, "email">, string | undefined>>>;

/** An account; only `email` is required. */
export interface StartUser extends Attributes {
  /** Primary e-mail address, and the userName unless there is one. */
  readonly email: string;
  readonly userName?: string | undefined;
  /** Values of other attributes, by SCIM path: `{ "title": "Pilot" }`. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  /** True unless told otherwise. */
  readonly active?: boolean | undefined;
  /** ORGANIZATION_MEMBER unless told otherwise. */
  readonly role?: OrganizationRole | undefined;
  /** The provider's id of the user, as an earlier provisioning run would have left it. */
  readonly externalId?: string | undefined;
}

export interface StartTeam {
  readonly name: string;
  /** Accounts of `users`, by e-mail address or userName. */
  readonly members?: readonly string[] | undefined;
}

/** What an Astro starts with, how it behaves, and what goes wrong with it on purpose. */
export interface StartSeed extends BehaviourChoice {
  readonly users?: readonly StartUser[] | undefined;
  readonly teams?: readonly StartTeam[] | undefined;
  readonly faults?: readonly FaultSettings[] | undefined;
}
