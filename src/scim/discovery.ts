/** The bodies of the discovery endpoints, made from the schemas (RFC 7643 §5–§7). */

import type { JsonObject } from "../ground/json.ts";
import type { Attribute, ResourceType, Schema } from "./schema/attribute.ts";
import { resourceTypeSchemaUrn, schemaSchemaUrn, serviceProviderConfigUrn } from "./urn.ts";

/** What a service provider can do; every value has to be true of it (RFC 7643 §5). */
export interface ServiceProviderCapabilities {
  readonly patch: boolean;
  /** Undefined where there is none. */
  readonly bulk: { readonly maxOperations: number; readonly maxPayloadBytes: number } | undefined;
  /** How many resources an answer holds at most; undefined where there is no filter. */
  readonly filter: { readonly maxResults: number } | undefined;
  readonly changePassword: boolean;
  readonly sort: boolean;
  readonly etag: boolean;
  /** Undefined where nothing is said of it, which RFC 9865 §4 allows. */
  readonly pagination?: {
    readonly defaultMethod: "index" | "cursor";
    readonly defaultPageSize: number;
    readonly maxPageSize: number;
    readonly cursorTimeoutSeconds: number;
  };
}

/** The body of /ServiceProviderConfig (RFC 7643 §5; `pagination` by RFC 9865 §4); `baseUrl` is the SCIM base URL without a slash at its end. */
export function serviceProviderConfig(
  capabilities: ServiceProviderCapabilities,
  baseUrl: string,
): JsonObject {
  const { patch, bulk, filter, changePassword, sort, etag } = capabilities;
  return {
    schemas: [serviceProviderConfigUrn],
    patch: { supported: patch },
    bulk: {
      supported: bulk !== undefined,
      maxOperations: bulk?.maxOperations ?? 0,
      maxPayloadSize: bulk?.maxPayloadBytes ?? 0,
    },
    filter: { supported: filter !== undefined, maxResults: filter?.maxResults ?? 0 },
    changePassword: { supported: changePassword },
    sort: { supported: sort },
    etag: { supported: etag },
    ...paginationBody(capabilities),
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "OAuth Bearer Token",
        description: "A bearer token in the Authorization header.",
        specUri: "https://www.rfc-editor.org/rfc/rfc6750",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${baseUrl}/ServiceProviderConfig` },
  };
}

function paginationBody({ pagination }: ServiceProviderCapabilities): JsonObject {
  if (pagination === undefined) return {};
  const { defaultMethod, defaultPageSize, maxPageSize, cursorTimeoutSeconds } = pagination;
  return {
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: defaultMethod,
      defaultPageSize,
      maxPageSize,
      cursorTimeout: cursorTimeoutSeconds,
    },
  };
}

/** The resource under /ResourceTypes (RFC 7643 §6); its id is its name. */
export function resourceTypeBody(type: ResourceType, baseUrl: string): JsonObject {
  return {
    schemas: [resourceTypeSchemaUrn],
    id: type.name,
    name: type.name,
    endpoint: type.endpoint,
    description: type.description,
    schema: type.schema.id,
    schemaExtensions: type.extensions.map((extension) => ({ schema: extension.id, required: false })),
    meta: { resourceType: "ResourceType", location: `${baseUrl}/ResourceTypes/${type.name}` },
  };
}

/** The resource under /Schemas (RFC 7643 §7); its id is its URN. Common attributes are part of no schema. */
export function schemaBody(schema: Schema, baseUrl: string): JsonObject {
  return {
    schemas: [schemaSchemaUrn],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: schema.attributes.map(attributeBody),
    meta: { resourceType: "Schema", location: `${baseUrl}/Schemas/${schema.id}` },
  };
}

/** The schemas of some resource types, each once. */
export function schemasOf(types: readonly ResourceType[]): readonly Schema[] {
  return [...new Set(types.flatMap((type) => [type.schema, ...type.extensions]))];
}

/** The one with that name or URN, in any case (RFC 7643 §2.1); undefined where there is none. */
export function findResourceType(types: readonly ResourceType[], name: string): ResourceType | undefined {
  return types.find((type) => type.name.toLowerCase() === name.toLowerCase());
}

/** RFC 7643 §7: a complex attribute has sub-attributes instead of `caseExact`. */
function attributeBody(attribute: Attribute): JsonObject {
  const { name, type, multiValued, description, required, mutability, returned, uniqueness } = attribute;
  const shared = { name, type, multiValued, description, required, mutability, returned, uniqueness };
  if (type === "complex") return { ...shared, subAttributes: attribute.subAttributes.map(attributeBody) };
  return {
    ...shared,
    caseExact: attribute.caseExact,
    ...(attribute.canonicalValues.length === 0 ? {} : { canonicalValues: attribute.canonicalValues }),
    ...(attribute.referenceTypes.length === 0 ? {} : { referenceTypes: attribute.referenceTypes }),
  };
}
