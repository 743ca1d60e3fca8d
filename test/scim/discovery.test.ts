import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/ground/json.ts";
import {
  findResourceType,
  resourceTypeBody,
  schemaBody,
  schemasOf,
  serviceProviderConfig,
} from "../../src/scim/discovery.ts";
import { attribute } from "../../src/scim/schema/attribute.ts";
import { groupResourceType } from "../../src/scim/schema/group.ts";
import { userResourceType, userSchema } from "../../src/scim/schema/user.ts";
import { rfcExample } from "../support/rfc-example.ts";

const baseUrl = "https://example.com/v2";
const types = [userResourceType, groupResourceType];

describe("/ServiceProviderConfig (RFC 7643 §5)", () => {
  const rfc = rfcExample("7643-8.5-service-provider-config") as JsonObject;

  test("the capabilities of RFC 7643 §8.5 give its body", () => {
    const { patch, bulk, filter, changePassword, sort, etag, schemas } = rfc;
    const body = serviceProviderConfig(
      {
        patch: true,
        bulk: { maxOperations: 1000, maxPayloadBytes: 1048576 },
        filter: { maxResults: 200 },
        changePassword: true,
        sort: true,
        etag: true,
      },
      baseUrl,
    );
    expect(body).toMatchObject({ patch, bulk, filter, changePassword, sort, etag, schemas });
    expect(body["meta"]).toEqual({
      resourceType: "ServiceProviderConfig",
      location: "https://example.com/v2/ServiceProviderConfig",
    });
  });

  test("what is not there is said not to be, with the numbers that are required", () => {
    const body = serviceProviderConfig(
      { patch: false, bulk: undefined, filter: undefined, changePassword: false, sort: false, etag: false },
      baseUrl,
    );
    expect(body).toMatchObject({
      patch: { supported: false },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: false, maxResults: 0 },
      changePassword: { supported: false },
      sort: { supported: false },
      etag: { supported: false },
    });
  });

  test("a bearer token is the one way to authenticate", () => {
    const body = serviceProviderConfig(
      { patch: true, bulk: undefined, filter: undefined, changePassword: false, sort: true, etag: true },
      baseUrl,
    );
    expect(body["authenticationSchemes"]).toEqual([
      expect.objectContaining({ type: "oauthbearertoken", name: expect.any(String), primary: true }),
    ]);
  });
});

describe("/ResourceTypes (RFC 7643 §6)", () => {
  test.each((rfcExample("7643-8.6-resource-types") as JsonObject[]).map((one) => [one["id"] as string, one]))(
    "%s as in RFC 7643 §8.6, but the extension is not required",
    (id, rfc) => {
      const body = resourceTypeBody(findResourceType(types, id)!, baseUrl);
      const extensions = (rfc["schemaExtensions"] ?? []) as JsonObject[];
      expect(body).toEqual({
        ...rfc,
        schemaExtensions: extensions.map((one) => ({ ...one, required: false })),
      });
    },
  );

  test("a name in any case, an unknown one not", () => {
    expect(findResourceType(types, "uSER")).toBe(userResourceType);
    expect(findResourceType(types, "Device")).toBeUndefined();
  });
});

describe("/Schemas (RFC 7643 §7)", () => {
  test("each schema once", () => {
    expect(schemasOf([...types, userResourceType]).map((schema) => schema.name)).toEqual([
      "User",
      "EnterpriseUser",
      "Group",
    ]);
  });

  test.each(schemasOf(types).map((schema) => [schema.name, schema] as const))("%s", (_name, schema) => {
    expect(schemaBody(schema, baseUrl)).toMatchObject({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
      id: schema.id,
      name: schema.name,
      description: schema.description,
      attributes: schema.attributes.map(({ name, type }) => ({ name, type })),
      meta: { resourceType: "Schema", location: `https://example.com/v2/Schemas/${schema.id}` },
    });
  });

  test.each(schemasOf(types).map((schema) => [schema.name, schema] as const))(
    "%s has every attribute of RFC 7643 §8.7.1, of its type",
    (name, schema) => {
      const typesByPath = Object.fromEntries(
        typesOf(schemaBody(schema, baseUrl)["attributes"] as JsonObject[]),
      );
      expect(typesByPath).toMatchObject(
        (rfcExample("7643-8.7.1-attribute-types") as JsonObject)[name] as JsonObject,
      );
    },
  );

  test("every characteristic of an attribute that has any meaning for its type", () => {
    const one = (body: JsonObject) => (body["attributes"] as JsonObject[])[0];
    const reference = attribute("photo", "A picture.", {
      type: "reference",
      multiValued: true,
      required: true,
      caseExact: true,
      mutability: "immutable",
      returned: "request",
      uniqueness: "global",
      canonicalValues: ["a", "b"],
      referenceTypes: ["external"],
    });
    expect(one(schemaBody({ ...userSchema, attributes: [reference] }, baseUrl))).toEqual({
      name: "photo",
      type: "reference",
      multiValued: true,
      description: "A picture.",
      required: true,
      canonicalValues: ["a", "b"],
      caseExact: true,
      mutability: "immutable",
      returned: "request",
      uniqueness: "global",
      referenceTypes: ["external"],
    });
  });

  test("a complex attribute has sub-attributes instead of caseExact", () => {
    const names = (schemaBody(userSchema, baseUrl)["attributes"] as JsonObject[]).find(
      (one) => one["name"] === "name",
    );
    expect(names).not.toHaveProperty("caseExact");
    expect(names?.["subAttributes"]).toContainEqual({
      name: "familyName",
      type: "string",
      multiValued: false,
      description: "Family name, or last name.",
      required: false,
      caseExact: false,
      mutability: "readWrite",
      returned: "default",
      uniqueness: "none",
    });
  });

  test("a client that looks for it finds 'User Account' (Microsoft's SCIMReferenceCode)", () => {
    expect(JSON.stringify(schemaBody(userSchema, baseUrl))).toContain("User Account");
  });
});

/** Path and type of each attribute and sub-attribute; `[]` where it is multi-valued. */
function typesOf(attributes: readonly JsonObject[], prefix = ""): [path: string, type: string][] {
  return attributes.flatMap(({ name, type, multiValued, subAttributes = [] }) => {
    const path = `${prefix}${name as string}`;
    return [
      [path, `${type as string}${multiValued === true ? "[]" : ""}`],
      ...typesOf(subAttributes as JsonObject[], `${path}.`),
    ];
  });
}
