/** What a local Astro holds beforehand, as a program writes it: the same as the `astro:` part of a fixture. */

import type { AttributeName } from "../astro/attributes.ts";
import type { BehaviourChoice } from "../astro/behaviour/table.ts";
import type { OrganizationRole } from "../astro/roles.ts";
import type {
  SeedCustomRole,
  SeedManagedDomain,
  SeedOrganization,
  SeedRoles,
  SeedWorkspace,
} from "../astro/seed.ts";
import type { FaultSettings } from "../fault/fault.ts";

type Attributes = Readonly<Partial<Record<Exclude<AttributeName, "email">, string | undefined>>>;

/** An account; only `email` is required. */
export interface StartUser extends Attributes, SeedRoles {
  /** Primary e-mail address, and the userName unless there is one. */
  readonly email: string;
  readonly userName?: string | undefined;
  /** Values of other attributes, by SCIM path: `{ "title": "Pilot" }`. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  /** True by default. */
  readonly active?: boolean | undefined;
  /** ORGANIZATION_MEMBER by default. */
  readonly role?: OrganizationRole | undefined;
  /** Invited and not accepted yet, or blocked by Astronomer; by default what `active` says. */
  readonly status?: "PENDING" | "BANNED" | undefined;
  /** The provider's id of the user, as an earlier provisioning run would have left it. */
  readonly externalId?: string | undefined;
}

export interface StartTeam extends SeedRoles {
  readonly name: string;
  readonly description?: string | undefined;
  /** ORGANIZATION_MEMBER by default. */
  readonly role?: OrganizationRole | undefined;
  /** Whether the identity provider manages it; by default it was made in Astro itself. */
  readonly isIdpManaged?: boolean | undefined;
  /** Accounts of `users`, by e-mail address or userName. */
  readonly members?: readonly string[] | undefined;
}

/** The organization itself. */
export interface StartOrganization extends Omit<SeedOrganization, "managedDomains"> {
  /** VERIFIED by default. */
  readonly managedDomains?: readonly (Pick<SeedManagedDomain, "name"> & Partial<SeedManagedDomain>)[];
}

/** What an Astro starts with, how it behaves, and what goes wrong with it on purpose. */
export interface StartSeed extends BehaviourChoice {
  readonly users?: readonly StartUser[] | undefined;
  readonly teams?: readonly StartTeam[] | undefined;
  readonly organization?: StartOrganization | undefined;
  readonly workspaces?: readonly SeedWorkspace[] | undefined;
  readonly customRoles?: readonly SeedCustomRole[] | undefined;
  readonly faults?: readonly FaultSettings[] | undefined;
}
