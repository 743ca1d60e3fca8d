/** Profile mappings, and the schema of an app user. */

import * as z from "zod";
import type { MappingEntry } from "../../../astro/okta-attributes/okta-app-attribute.ts";
import { param, type OktaContext, type OktaRequest, type Operation } from "../context.ts";
import { notFound } from "../errors.ts";
import { limitOf, pageAnswer } from "../paging.ts";
import { readBody } from "../read-body.ts";
import { variableName } from "../resources/app-attribute-name.ts";
import { appSchemaJson } from "../resources/app-schema.ts";
import {
  listedMappingJson,
  mappingEnds,
  mappingJson,
  profileMappings,
  type OktaProfileMapping,
} from "../resources/profile-mapping.ts";
import { requireOurs } from "./apps.ts";

const read = ["okta.profileMappings.read"];
const manage = ["okta.profileMappings.manage"];
const limits = { fallback: 20, max: 200 };
const one = "/api/v1/mappings/:mappingId";

export const mappingOperations: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/v1/mappings",
    scopes: read,
    handle: (request, context) => {
      const { query, origin } = request;
      const [source, target] = [query.get("sourceId"), query.get("targetId")];
      const items = profileMappings(context).filter(({ direction }) => {
        const { sourceId, targetId } = mappingEnds(context, direction);
        return (source === null || source === sourceId) && (target === null || target === targetId);
      });
      const idOf = ({ id }: OktaProfileMapping): string => id;
      const show = (mapping: OktaProfileMapping): ReturnType<typeof listedMappingJson> =>
        listedMappingJson(context, mapping, origin);
      return pageAnswer(request, { items, idOf, show, limit: limitOf(request, limits) }, context.switches);
    },
  },
  {
    method: "GET",
    path: one,
    scopes: read,
    handle: (request, context) => ({
      status: 200,
      body: mappingJson(context, mappingFrom(request, context), request.origin),
    }),
  },
  { method: "POST", path: one, scopes: manage, handle: update },
  {
    method: "GET",
    path: "/api/v1/meta/schemas/apps/:appId/default",
    scopes: ["okta.schemas.read"],
    handle: (request, context) => {
      requireOurs(request, context);
      return { status: 200, body: appSchemaJson(context, request.origin) };
    },
  },
];

const form = z.looseObject({
  properties: z.record(
    z.string(),
    z
      .looseObject({ expression: z.string(), pushStatus: z.enum(["PUSH", "DONT_PUSH"]).optional() })
      .nullable(),
  ),
});

/** What is named is changed, null removes a row (Okta API: ProfileMappings). Nothing is pushed for it. */
function update(request: OktaRequest, context: OktaContext): ReturnType<Operation["handle"]> {
  const mapping = mappingFrom(request, context);
  const { properties } = readBody(request, form, "properties");
  const { company } = context;
  if (mapping.direction === "to-app") {
    company.changeApp((app) => {
      if (app.idp !== "okta") return app;
      return { ...app, mappings: changed(app.mappings, properties) };
    }, request.by);
  }
  return { status: 200, body: mappingJson(context, mapping, request.origin) };
}

function changed(
  mappings: Readonly<Record<string, MappingEntry>>,
  properties: z.infer<typeof form>["properties"],
): Readonly<Record<string, MappingEntry>> {
  const next = new Map(Object.entries(mappings));
  for (const [variable, property] of Object.entries(properties)) {
    const name = [...next.keys()].find((key) => variableName(key) === variable) ?? variable;
    const held = next.get(name);
    if (property === null) next.delete(name);
    else
      next.set(name, typeof held === "object" ? { ...held, from: property.expression } : property.expression);
  }
  return Object.fromEntries(next);
}

/** @throws OktaError E0000007 */
function mappingFrom(request: OktaRequest, context: OktaContext): OktaProfileMapping {
  const id = param(request, "mappingId");
  const mapping = profileMappings(context).find((held) => held.id === id);
  if (mapping === undefined) throw notFound(id, "ProfileMapping");
  return mapping;
}
