/** How an emulated Microsoft Graph is set up: who may ask, what it shows, and how it fails. */

import type { GroupKey } from "../../directory/directory.ts";
import type { Send } from "../../wire/exchange.ts";
import type { World } from "../../world/world.ts";
import type { GroupDetails } from "./objects/group.ts";

/** An app registration that asks for tokens. */
export interface GraphClient {
  readonly clientId: string;
  readonly secret?: string;
  /** An X.509 certificate in PEM, whose key signs client assertions. */
  readonly certificate?: string;
  /** Application permissions that an administrator has granted: `User.Read.All`. */
  readonly permissions: readonly string[];
}

/** A token that exists already, such as that of a person who signed in with the Azure CLI. */
export interface GivenToken {
  readonly token: string;
  readonly permissions: readonly string[];
}

/** Where the job provisions: the Tenant URL and the Secret Token. */
export interface TargetCredentials {
  readonly baseAddress: string;
  readonly secretToken: string;
}

/** What provisioning is connected to, for `secrets` and `validateCredentials`. */
export interface ProvisioningTarget {
  /** The saved credentials at the start. */
  readonly saved: TargetCredentials;
  /** Sends to an Astro with these credentials; repeats nothing. */
  readonly connect: (credentials: TargetCredentials) => Send;
  /** Other credentials were saved: what the company sends goes there from now on. */
  readonly onSaved?: (credentials: TargetCredentials) => void;
}

/** Resource units (Microsoft Graph: Throttling limits, Identity and access). */
export interface ThrottlingLimit {
  readonly units: number;
  readonly perMs: number;
}

export interface GraphOptions {
  readonly clients?: readonly GraphClient[];
  readonly givenTokens?: readonly GivenToken[];
  /** The tenant; made of the company where it is left out. */
  readonly tenantId?: string;
  /** How long a token is good for; 3,599 by default. */
  readonly tokenLifetimeSeconds?: number;
  /** For tokens and request ids; the system's by default. */
  readonly world?: Pick<World, "clock" | "random">;
  /** Names of other enterprise applications: the name of the app may be there twice. */
  readonly otherApps?: readonly string[];
  /** By key of the group: what the directory does not keep. */
  readonly groupDetails?: Readonly<Record<GroupKey, GroupDetails>>;
  /** Reads show the directory as it was so long ago, by the company's clock. Writes see it as it is. Off by default. */
  readonly readsLagMs?: number;
  /** `documented`: by the size of the tenant. Off by default. */
  readonly throttling?: "off" | "documented" | ThrottlingLimit;
  /** What is shown of a member that the client may not read: its id and type alone, or with null for everything else. */
  readonly unreadableMembers?: "id-only" | "nulls";
  /** In which of its two published forms provisioning on demand answers: `result` by default. */
  readonly onDemandAnswer?: "result" | "status-info";
  /** Undefined: credentials cannot be validated or changed. */
  readonly target?: ProvisioningTarget;
}
