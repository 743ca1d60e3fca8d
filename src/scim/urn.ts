/** The URNs of SCIM 2.0 schemas and messages (RFC 7643 §10, RFC 7644 §8.2). */

export const userSchemaUrn = "urn:ietf:params:scim:schemas:core:2.0:User";
export const groupSchemaUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const enterpriseUserSchemaUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

export const listResponseUrn = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
export const patchOpUrn = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
export const searchRequestUrn = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
export const bulkRequestUrn = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
export const bulkResponseUrn = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
export const errorUrn = "urn:ietf:params:scim:api:messages:2.0:Error";

export const schemaSchemaUrn = "urn:ietf:params:scim:schemas:core:2.0:Schema";
export const resourceTypeSchemaUrn = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
export const serviceProviderConfigUrn = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
