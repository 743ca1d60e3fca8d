/** What a preflight can find: a kind for everything that is worth knowing before the day on which SCIM is switched on. */

import type { ScopedRole } from "../drift/compare/over-iam/iam-remarks.ts";
import type { ProviderFinding } from "../directory/provider-finding.ts";

/** A Team, as Astro has it now. */
export interface FoundTeam {
  readonly name: string;
  /** Astro's id of it. */
  readonly id: string;
}

/** An attribute of a linked account that the first run changes; `active` and `userName` are among them. */
export interface AccountChange {
  readonly attribute: string;
  /** Undefined where it is not set. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** A resource of Terraform, by its address. */
interface InTerraform {
  /** `module.teams.astro_team.data[0]`. */
  readonly address: string;
}

type TeamFinding =
  /** A group has the name of a Team: the provider links it, and the Team keeps its id and its roles. */
  | {
      readonly kind: "team-linked";
      readonly team: FoundTeam;
      readonly group: string;
      /** The Team gets the group's spelling of the name. */
      readonly renamedTo: string | undefined;
      readonly membersKept: number;
      readonly gains: readonly string[];
      readonly loses: readonly string[];
    }
  /** These people are members now, and the first push takes them out. */
  | {
      readonly kind: "team-loses-members";
      readonly team: FoundTeam;
      readonly members: readonly string[];
      /** What they have through the Team; undefined where Astro does not show it. */
      readonly roles: readonly ScopedRole[] | undefined;
    }
  /** These people get the roles that the Team has in Astro already. */
  | {
      readonly kind: "team-gives-roles";
      readonly team: FoundTeam;
      readonly members: readonly string[];
      readonly roles: readonly ScopedRole[];
    }
  /** These people are members now, are not in the group, and stay after the first run as it is rehearsed. */
  | {
      readonly kind: "team-members-outside-group";
      readonly team: FoundTeam;
      readonly members: readonly string[];
      readonly roles: readonly ScopedRole[] | undefined;
    }
  /** A group has the name of a Team, and the provider cannot take the Team over. */
  | {
      readonly kind: "team-not-linked";
      readonly team: FoundTeam;
      readonly group: string;
      readonly reason: string;
    }
  /** Groups whose names are one Team's name in Astro. */
  | { readonly kind: "groups-share-name"; readonly name: string; readonly groups: readonly string[] }
  /** No group is pushed for it. */
  | { readonly kind: "team-without-group"; readonly team: FoundTeam; readonly members: number };

type TerraformFinding =
  | ({ readonly kind: "terraform-team"; readonly team: FoundTeam; readonly isLinked: boolean } & InTerraform)
  | ({
      readonly kind: "terraform-members";
      readonly team: FoundTeam;
      /** People whom the provider adds, and whom a later plan takes out again. */
      readonly members: readonly string[];
    } & InTerraform)
  /** No resource of the file is in this organization. */
  | { readonly kind: "terraform-other-organization"; readonly addresses: readonly string[] }
  /** The Teams and users of these resources are not in this organization. */
  | { readonly kind: "terraform-not-here"; readonly addresses: readonly string[] }
  | ({ readonly kind: "terraform-team-roles"; readonly team: FoundTeam } & InTerraform)
  | ({ readonly kind: "terraform-user-roles"; readonly user: string; readonly status: string } & InTerraform);

type AccountFinding =
  /** Invited, and not accepted yet; the provider provisions the same person. */
  | { readonly kind: "invitation-pending"; readonly user: string }
  | { readonly kind: "account-banned"; readonly user: string }
  /** Active, and nobody in the directory is assigned who would get it. `reason` is the directory's. */
  | {
      readonly kind: "account-not-assigned";
      readonly user: string;
      readonly reason: string;
      readonly status: string;
    }
  | { readonly kind: "owner-not-assigned"; readonly user: string; readonly reason: string }
  | { readonly kind: "account-linked"; readonly user: string; readonly changes: readonly AccountChange[] };

type PeopleFinding =
  | { readonly kind: "assigned-before-provisioning"; readonly user: string; readonly hasAccount: boolean }
  | {
      readonly kind: "domain-not-verified";
      readonly domain: string;
      /** `pending` in Astro, or not there at all. */
      readonly status: "pending" | "missing";
      readonly users: readonly string[];
    }
  | { readonly kind: "user-without-mail"; readonly user: string; readonly reason: string }
  | { readonly kind: "users-share-address"; readonly address: string; readonly users: readonly string[] }
  | {
      readonly kind: "users-differ-by-case";
      readonly addresses: readonly string[];
      readonly users: readonly string[];
    }
  | { readonly kind: "user-not-mappable"; readonly user: string; readonly reason: string };

type RunFinding =
  /** The directory provisions no account. */
  | { readonly kind: "nobody-provisioned"; readonly users: number }
  /** A job of the first run fails. */
  | { readonly kind: "first-run-fails"; readonly subject: string; readonly reason: string }
  /** The provider is linked to accounts of this Astro: it has provisioned it before. */
  | { readonly kind: "already-provisioned"; readonly accounts: number }
  | { readonly kind: "scim-already-enabled" }
  /** What a live provider says of its own set-up. */
  | { readonly kind: "provider-finding"; readonly finding: ProviderFinding }
  | {
      readonly kind: "setting-assumed";
      readonly setting: string;
      readonly value: string;
      readonly reason: string;
    }
  /** Its attribute is in no prediction. */
  | {
      readonly kind: "mapping-left-out";
      readonly attribute: string;
      readonly expression: string;
      readonly reason: string;
    }
  | { readonly kind: "deletion-guard-off"; readonly accounts: number }
  | { readonly kind: "deletion-guard-too-high"; readonly threshold: number; readonly accounts: number }
  | { readonly kind: "just-in-time-on" }
  | { readonly kind: "just-in-time-unknown" };

type UnknownFinding =
  /** Astro knows the account by an address, and the provider looks for another userName. */
  | { readonly kind: "account-link-unknown"; readonly user: string; readonly userName: string }
  /** Astro does not show who has which role, or who was only invited. */
  | { readonly kind: "roles-unknown"; readonly reason: string }
  | { readonly kind: "domains-unknown"; readonly reason: string }
  | {
      readonly kind: "mapping-not-evaluated";
      readonly attribute: string;
      readonly expression: string;
      readonly reason: string;
    };

export type PreflightFinding =
  | TeamFinding
  | TerraformFinding
  | AccountFinding
  | PeopleFinding
  | RunFinding
  | UnknownFinding;

export type PreflightKind = PreflightFinding["kind"];

/** A finding of one kind. */
export type FindingOf<Kind extends PreflightKind> = Extract<PreflightFinding, { readonly kind: Kind }>;
