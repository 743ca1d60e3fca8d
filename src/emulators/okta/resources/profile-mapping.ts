/** How an Okta user becomes an app user, and back (Okta API: ProfileMappings). */

import { expressionOf } from "../../../astro/okta-attributes/okta-app-attribute.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { OktaContext } from "../context.ts";
import { variableName } from "./app-attribute-name.ts";

export interface OktaProfileMapping {
  readonly id: string;
  /** `to-app`: what the fixture's mappings are. `from-app` is used by imports alone, and maps nothing here. */
  readonly direction: "to-app" | "from-app";
}

/** In the order of their ids. */
export function profileMappings({ company, ids }: OktaContext): readonly OktaProfileMapping[] {
  const directions = ["to-app", "from-app"] as const;
  return directions
    .map((direction) => ({ id: ids("prm", `${direction} ${company.appId}`), direction }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** `source` and `target`: the user type, and the app. */
export function mappingEnds(
  { company, ids }: OktaContext,
  direction: OktaProfileMapping["direction"],
): { readonly sourceId: string; readonly targetId: string } {
  const userType = ids("oty", "user");
  return direction === "to-app"
    ? { sourceId: userType, targetId: company.appId }
    : { sourceId: company.appId, targetId: userType };
}

export function listedMappingJson(
  context: OktaContext,
  { id, direction }: OktaProfileMapping,
  origin: string,
): JsonObject {
  const user = userEnd(context, origin);
  const app = appEnd(context, origin);
  return {
    id,
    source: direction === "to-app" ? user : app,
    target: direction === "to-app" ? app : user,
    _links: { self: { href: `${origin}/api/v1/mappings/${id}` } },
  };
}

export function mappingJson(context: OktaContext, mapping: OktaProfileMapping, origin: string): JsonObject {
  const properties = mapping.direction === "to-app" ? mappedProperties(context) : {};
  return { ...listedMappingJson(context, mapping, origin), properties };
}

/** An attribute without an expression has no row; the others are pushed when a user is created and updated. */
function mappedProperties({ settings, switches }: OktaContext): JsonObject {
  const rows = Object.entries(settings().mappings)
    .map(([name, entry]) => [variableName(name), expressionOf(entry)] as const)
    .filter(([, expression]) => expression.trim() !== "");
  return Object.fromEntries(
    rows.map(([name, expression]) => [
      name,
      { expression, pushStatus: switches.mappedOnCreate.has(name) ? "DONT_PUSH" : "PUSH" },
    ]),
  );
}

function userEnd({ ids }: OktaContext, origin: string): JsonObject {
  const meta = `${origin}/api/v1/meta`;
  const id = ids("oty", "user");
  return {
    id,
    name: "user",
    type: "user",
    _links: {
      self: { href: `${meta}/types/user/${id}` },
      schema: { href: `${meta}/schemas/user/${ids("osc", "user")}` },
    },
  };
}

function appEnd({ company }: OktaContext, origin: string): JsonObject {
  return {
    id: company.appId,
    name: company.appName,
    type: "appuser",
    _links: {
      self: { href: `${origin}/api/v1/apps/${company.appId}` },
      schema: { href: `${origin}/api/v1/meta/schemas/apps/${company.appId}/default` },
    },
  };
}
