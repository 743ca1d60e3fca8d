/** The mappings to the app, and the attributes that it has (Okta API: Profile Mappings, Schemas). */

import * as z from "zod";
import type { ManagementApi } from "../management-api.ts";
import { oktaScopes } from "./scopes.ts";

const end = z.object({
  id: z.string().nullish(),
  name: z.string().nullish(),
  type: z.string().nullish(),
});

const listedMapping = z.object({ id: z.string(), source: end, target: end });

const mappedProperty = z.object({
  expression: z.string().nullish(),
  /** `PUSH`: on create and update; `DONT_PUSH`: on create. */
  pushStatus: z.string().nullish(),
});

const profileMapping = z.object({
  id: z.string(),
  source: end,
  properties: z.record(z.string(), mappedProperty),
});

export type ProfileMapping = z.infer<typeof profileMapping>;

const purpose = { reads: "the app's attribute mappings", needs: oktaScopes.profileMappings };

/** From users of Okta to users of the app: one for each type of user. */
export async function listMappingsTo(api: ManagementApi, appId: string): Promise<readonly ProfileMapping[]> {
  const id = encodeURIComponent(appId);
  const listed = await api.list(`/api/v1/mappings?targetId=${id}&limit=200`, listedMapping, purpose);
  const mappings: ProfileMapping[] = [];
  for (const one of listed) {
    if (one.target.id !== appId || one.source.id === appId) continue;
    const path = `/api/v1/mappings/${encodeURIComponent(one.id)}`;
    mappings.push(await api.get(path, profileMapping, purpose, { id: one.id }));
  }
  return mappings;
}

const schemaAttribute = z.object({
  type: z.string().nullish(),
  items: z.object({ type: z.string().nullish() }).nullish(),
  externalName: z.string().nullish(),
  externalNamespace: z.string().nullish(),
});

export type SchemaAttribute = z.infer<typeof schemaAttribute>;

const attributes = z.object({ properties: z.record(z.string(), schemaAttribute).nullish() }).nullish();

const appSchema = z.object({
  definitions: z.object({ base: attributes, custom: attributes }),
});

/** The app's attributes by their names in Okta ("Variable name"). */
export async function getAppSchema(
  api: ManagementApi,
  appId: string,
): Promise<ReadonlyMap<string, SchemaAttribute>> {
  const { definitions } = await api.get(
    `/api/v1/meta/schemas/apps/${encodeURIComponent(appId)}/default`,
    appSchema,
    { reads: "the app's attributes", needs: oktaScopes.schemas },
  );
  const { base, custom } = definitions;
  return new Map([...Object.entries(base?.properties ?? {}), ...Object.entries(custom?.properties ?? {})]);
}
