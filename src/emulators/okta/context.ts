/** What the operations of an emulated Okta share. */

import type { OktaAppSettings } from "../../directory/app-settings.ts";
import type { Directory } from "../../directory/directory.ts";
import type { OktaMemory } from "../../idp/okta/memory.ts";
import type { World } from "../../world/world.ts";
import type { Company, JobEvent } from "../company/company.ts";
import type { EmulatedAnswer, EmulatedRequest, EmulatedRoute } from "../http/emulated-api.ts";
import type { OktaIds } from "./ids.ts";
import type { OktaSwitches } from "./switches.ts";

export interface OktaContext {
  readonly company: Company;
  readonly switches: OktaSwitches;
  readonly world: Pick<World, "clock" | "timers" | "random">;
  readonly ids: OktaIds;
  /** The SCIM base URL, as the app's integration has it. */
  readonly scimBaseUrl: string;
  /** The directory as lists and searches show it. */
  readonly listed: () => Directory;
  readonly settings: () => OktaAppSettings;
  readonly memory: () => OktaMemory;
  /** Push mappings that were made inactive, by group id: nothing is pushed for them yet. */
  readonly dormant: Map<string, DormantMapping>;
  /** What the push of a group was last set to, by group id: it shows at once, before the provisioning is there. */
  readonly requestedPushes: Map<string, RequestedPush>;
  /** Groups' descriptions by id, which no directory of ours has. */
  readonly descriptions: Map<string, string>;
}

/** A push mapping that was never active. */
export interface DormantMapping {
  readonly id: string;
  readonly created: Date;
  readonly team: string | undefined;
}

export interface RequestedPush {
  readonly status: "ACTIVE" | "INACTIVE";
  /** The last job of the group when that was asked for: once there is another one, the provisioning says how it is. */
  readonly before: JobEvent | undefined;
}

/** A call with the caller. */
export interface OktaRequest extends EmulatedRequest {
  /** Who the System Log says it was. */
  readonly by: string;
}

/** One operation of the API, with the scopes that it needs. */
export interface Operation extends Pick<EmulatedRoute, "method" | "path"> {
  /** All of them; `manage` includes `read`. */
  readonly scopes: readonly string[];
  /** @throws OktaError */
  readonly handle: (request: OktaRequest, context: OktaContext) => EmulatedAnswer;
}

/** A parameter of the path, which the route has. */
export function param({ params }: OktaRequest, name: string): string {
  return params[name] ?? "";
}
