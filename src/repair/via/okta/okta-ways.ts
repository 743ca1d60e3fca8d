/** Repairs through Okta: the port of a provider for one app. */

import { AppError, oneLine } from "../../../ground/errors.ts";
import type { ProviderOperation } from "../../../drift/plan/operations/provider-operation.ts";
import type { WriteAnswer } from "../../../management/management-api.ts";
import { assignNobody } from "../../../management/okta/app-users.ts";
import { mapNoGroup } from "../../../management/okta/push-mappings.ts";
import type { ProviderWays, WriteRights } from "../provider-ways.ts";
import type { OktaEnd, OktaWaysOptions } from "./okta.ts";
import { carryOutPush, lookAtPush } from "./push-steps.ts";
import { routeThroughOkta } from "./route.ts";
import { carryOutUser, lookAtUser } from "./user-steps.ts";

export function oktaWays(options: OktaWaysOptions): ProviderWays {
  const { url, appId } = options;
  return {
    app: { provider: "okta", at: url, appId },
    name: "Okta",
    proveRights: async () => proveRights(options),
    route: async (plan, drift) => routeThroughOkta(plan, drift, options),
    look: async (operation) => steps(operation).look(options),
    carryOut: async (operation, carryOut) => steps(operation).carryOut(options, carryOut),
  };
}

/**
 * Sends what no organization accepts, an assignment of nobody and a mapping of no group: Okta checks the rights before the
 * content (Okta API: errors E0000006 and E0000001), so nothing is changed in either case.
 */
async function proveRights(options: OktaWaysOptions): Promise<WriteRights> {
  const { api, appId, pushesGroups, provisions } = options;
  if (provisions !== undefined) {
    return { kind: "missing", why: `the app provisions ${oneLine(provisions)}, which is not the target` };
  }
  const probes = [assignNobody, ...(pushesGroups ? [mapNoGroup] : [])];
  for (const probe of probes) {
    const why = await whyNot(async () => probe(api, appId));
    if (why !== undefined) return { kind: "missing", why };
  }
  return { kind: "proved" };
}

/** Why Okta does not let these credentials write; undefined where it does. */
async function whyNot(probe: () => Promise<WriteAnswer>): Promise<string | undefined> {
  try {
    const answer = await probe();
    if (answer.kind === "refused" && answer.status < 500 && answer.status !== 429) return undefined;
    return answer.kind === "accepted" ? "Okta accepted a request that is invalid" : answer.message;
  } catch (error) {
    const isRefusal =
      error instanceof AppError && (error.code === "permission-missing" || error.code === "unauthorized");
    if (!isRefusal) throw error;
    return error.message.replace(/\.$/, "");
  }
}

/** Entra's operations are not carried out here. @throws TypeError */
function steps(operation: ProviderOperation): {
  readonly look: (end: OktaEnd) => ReturnType<ProviderWays["look"]>;
  readonly carryOut: (
    end: OktaEnd,
    options: Parameters<ProviderWays["carryOut"]>[1],
  ) => ReturnType<ProviderWays["carryOut"]>;
} {
  switch (operation.kind) {
    case "assign-user":
    case "reassign-user":
    case "renew-assignment":
      return {
        look: async (end) => lookAtUser(operation, end),
        carryOut: async (end, options) => carryOutUser(operation, end, options),
      };
    case "push-group":
    case "renew-push-mapping":
      return {
        look: async (end) => lookAtPush(operation, end),
        carryOut: async (end, options) => carryOutPush(operation, end, options),
      };
    case "provision-user":
    case "provision-group":
      return {
        look: async () => Promise.resolve("it is an operation of Entra ID"),
        carryOut: async () => Promise.resolve({ kind: "stale", reason: "it is an operation of Entra ID" }),
      };
  }
}
