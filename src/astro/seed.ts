/** What Astro holds before the identity provider comes: members with roles, and Teams. */

import type { AttributeName } from "./attributes.ts";
import type { FaultSettings } from "../fault/fault.ts";
import type { BehaviourChoice } from "./behaviour/table.ts";
import type { OrganizationRole } from "./roles.ts";

type SeedAttributes = Readonly<Partial<Record<Exclude<AttributeName, "email">, string | undefined>>>;

/** A member of the organization, with the attributes that Astro documents. */
export interface SeedUser extends SeedAttributes {
  readonly userName: string;
  /** Primary e-mail address. */
  readonly email: string;
  /** Values of other attributes, by SCIM path. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Attributes that hold another user of the seed, by SCIM path: the other's userName. */
  readonly references?: Readonly<Record<string, string>>;
  readonly active: boolean;
  readonly role: OrganizationRole;
  /** The provider's id of the user, as an earlier provisioning run would have left it. */
  readonly externalId: string | undefined;
}

export interface SeedTeam {
  readonly name: string;
  /** userNames of seed users. */
  readonly members: readonly string[];
}

/** What an Astro starts with, how it behaves, and what goes wrong with it on purpose. */
export interface AstroSeed extends BehaviourChoice {
  readonly users: readonly SeedUser[];
  readonly teams: readonly SeedTeam[];
  readonly faults?: readonly FaultSettings[];
}
