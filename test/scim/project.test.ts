import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/ground/json.ts";
import { parseProjection, project, projectionNeeds, type ProjectionQuery } from "../../src/scim/project.ts";
import { attribute, type ResourceType } from "../../src/scim/schema/attribute.ts";
import { groupResourceType } from "../../src/scim/schema/group.ts";
import { userResourceType } from "../../src/scim/schema/user.ts";
import { enterpriseUserSchemaUrn as enterprise, userSchemaUrn as core } from "../../src/scim/urn.ts";
import { user as anyUser } from "../support/filter-arbitraries.ts";
import { rfcExample } from "../support/rfc-example.ts";
import { bjensen, jo, kate } from "../support/scim-people.ts";

const shown = (resource: JsonObject, query: ProjectionQuery, type: ResourceType = userResourceType) =>
  project(resource, parseProjection(query, type));

const always = { schemas: bjensen["schemas"], id: bjensen["id"] };

describe("nothing asked for", () => {
  test("what is returned by default is shown as it is (RFC 7644 §3.4)", () => {
    expect(shown(bjensen, {})).toEqual(bjensen);
  });

  test("the order of names is kept", () => {
    expect(Object.keys(shown(bjensen, {}))).toEqual(Object.keys(bjensen));
  });

  test.each<[rule: string, attributes: string | readonly string[] | undefined]>([
    ["undefined", undefined],
    ["empty text", ""],
    ["only commas", " , ,"],
    ["empty list", []],
  ])("%s asks for nothing", (_rule, attributes) => {
    expect(shown(bjensen, { attributes, excludedAttributes: attributes })).toEqual(bjensen);
  });
});

describe("attributes: only those, and what is always returned (RFC 7644 §3.9)", () => {
  test.each<[rule: string, attributes: string | readonly string[], rest: JsonObject]>([
    ["one", "userName", { userName: "bjensen" }],
    [
      "several",
      "userName,displayName,active",
      { userName: "bjensen", displayName: "Babs Jensen", active: true },
    ],
    ["a list, as in a search body", ["userName", "active"], { userName: "bjensen", active: true }],
    ["lists with commas, as repeated parameters", ["userName,active"], { userName: "bjensen", active: true }],
    ["spaces around names", " userName , active ", { userName: "bjensen", active: true }],
    ["names in any case", "USERNAME,Name.GIVENname", { userName: "bjensen", name: { givenName: "Barbara" } }],
    ["URN before the name", `${core}:userName`, { userName: "bjensen" }],
    [
      "sub-attribute",
      "name.familyName,name.givenName",
      { name: { familyName: "Jensen", givenName: "Barbara" } },
    ],
    [
      "sub-attribute of each value",
      "emails.value",
      { emails: [{ value: "bjensen@example.com" }, { value: "babs@jensen.org" }] },
    ],
    ["values without the sub-attribute go", "emails.primary", { emails: [{ primary: true }] }],
    ["attribute and its sub-attribute: the whole", "name.givenName,name", { name: bjensen["name"] ?? null }],
    ["common attribute", "meta.resourceType", { meta: { resourceType: "User" } }],
    ["extension as a whole", enterprise, { [enterprise]: bjensen[enterprise] ?? null }],
    ["attribute of the extension", `${enterprise}:costCenter`, { [enterprise]: { costCenter: "4130" } }],
    [
      "sub-attribute of the extension, URN in another case",
      `${enterprise.toUpperCase()}:manager.displayName`,
      { [enterprise]: { manager: { displayName: "John Smith" } } },
    ],
    ["unknown names are ignored", "userName,nosuch,name.nosuch,a..b", { userName: "bjensen" }],
    ["only unknown names: what is always returned", "nosuch", {}],
    ["what the resource has not", "emails.display", {}],
    [
      "filter in brackets is passed over (Microsoft's SCIMReferenceCode)",
      'emails[type eq "a],b"].type,active',
      { emails: [{ type: "work" }, { type: "home" }], active: true },
    ],
  ])("%s: %s", (_rule, attributes, rest) => {
    expect(shown(bjensen, { attributes })).toEqual({ ...always, ...rest });
  });

  test("the partial response of RFC 7644 §3.9", () => {
    const user = { ...bjensen, schemas: [core] };
    expect(shown(user, { attributes: "userName" })).toEqual(rfcExample("7644-3.9-partial-response"));
  });

  test("an empty list that was asked for is shown", () => {
    expect(shown(kate, { attributes: "emails.value" })).toMatchObject({ emails: [] });
  });
});

describe("excludedAttributes: all but those (RFC 7644 §3.9)", () => {
  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(bjensen).filter(([name]) => !names.includes(name)));

  test.each<[rule: string, excludedAttributes: string, expected: JsonObject]>([
    ["one", "emails", without("emails")],
    ["several, in any case", "EMAILS,phonenumbers", without("emails", "phoneNumbers")],
    ["id and schemas are always returned", "id,schemas,meta", without("meta")],
    [
      "sub-attribute of each value",
      "emails.value,emails.primary",
      { ...bjensen, emails: [{ type: "work" }, { type: "home" }] },
    ],
    ["every part of a value: the value goes", "ims.value,ims.type", without("ims")],
    ["extension as a whole", enterprise, without(enterprise)],
    [
      "attribute of the extension",
      `${enterprise}:manager,${enterprise}:division`,
      {
        ...bjensen,
        [enterprise]: {
          employeeNumber: "701984",
          costCenter: "4130",
          organization: "Universal Studios",
          department: "Tour Operations",
        },
      },
    ],
    ["unknown names are ignored", "nosuch,name.nosuch", bjensen],
  ])("%s: %s", (_rule, excludedAttributes, expected) => {
    expect(shown(bjensen, { excludedAttributes })).toEqual(expected);
  });

  test("Entra reads groups without members (Microsoft Learn: SCIM tutorial)", () => {
    const group = rfcExample("7643-8.4-group") as JsonObject;
    const answer = shown(group, { excludedAttributes: "members" }, groupResourceType);
    expect(Object.keys(answer)).toEqual(["schemas", "id", "displayName", "meta"]);
  });

  test("with attributes, too: both are applied", () => {
    const query = {
      attributes: "userName,emails",
      excludedAttributes: "emails.type,emails.primary,userName",
    };
    expect(shown(jo, query)).toEqual({
      schemas: jo["schemas"],
      id: jo["id"],
      emails: [{ value: "jo@elsewhere.net" }, { value: "Jo@Example.com" }, { value: "jo@nowhere.net" }],
    });
  });
});

describe("returned (RFC 7643 §7)", () => {
  const secretive: ResourceType = {
    ...userResourceType,
    schema: {
      ...userResourceType.schema,
      attributes: [
        attribute("plain", ""),
        attribute("large", "", { returned: "request" }),
        attribute("secret", "", { returned: "never" }),
        attribute("whole", "", {
          type: "complex",
          multiValued: true,
          subAttributes: [
            attribute("value", "", { returned: "always" }),
            attribute("note", ""),
            attribute("photo", "", { returned: "request" }),
            attribute("hash", "", { returned: "never" }),
          ],
        }),
      ],
    },
  };
  const value = { value: "v", note: "n", photo: "p", hash: "h" };
  const resource = { id: "1", plain: "a", large: "b", secret: "c", whole: [value, value] };

  test.each<[rule: string, query: ProjectionQuery, expected: JsonObject]>([
    [
      "by default",
      {},
      {
        id: "1",
        plain: "a",
        whole: [
          { value: "v", note: "n" },
          { value: "v", note: "n" },
        ],
      },
    ],
    [
      "never, even where it is asked for",
      { attributes: "secret,whole.hash" },
      { id: "1", whole: [{ value: "v" }, { value: "v" }] },
    ],
    ["request, where it is asked for", { attributes: "large" }, { id: "1", large: "b" }],
    [
      "request in a value, where it itself is asked for",
      { attributes: "whole,whole.photo" },
      {
        id: "1",
        whole: [
          { value: "v", note: "n", photo: "p" },
          { value: "v", note: "n", photo: "p" },
        ],
      },
    ],
    [
      "always in a value, with whatever is asked for of it",
      { attributes: "whole.note", excludedAttributes: "whole.value" },
      {
        id: "1",
        whole: [
          { value: "v", note: "n" },
          { value: "v", note: "n" },
        ],
      },
    ],
  ])("%s", (_rule, query, expected) => {
    expect(shown(resource, query, secretive)).toEqual(expected);
  });

  test("a password is never shown", () => {
    const user = { ...bjensen, password: "t1meMa$heen" };
    expect(shown(user, {})).not.toHaveProperty("password");
    expect(shown(user, { attributes: "password" })).not.toHaveProperty("password");
  });
});

describe("what a projection needs is known without the resource: a Team may have 50,000 members", () => {
  test.each<[query: ProjectionQuery, needed: boolean]>([
    [{}, true],
    [{ attributes: "displayName" }, false],
    [{ attributes: "nosuch" }, false],
    [{ attributes: "displayName,Members" }, true],
    [{ attributes: "members.value" }, true],
    [{ excludedAttributes: "MEMBERS" }, false],
    [{ excludedAttributes: "members.display" }, true],
    [{ attributes: "members", excludedAttributes: "members" }, false],
  ])("%o: %s", (query, needed) => {
    expect(projectionNeeds(parseProjection(query, groupResourceType), "members")).toBe(needed);
  });

  test("what is always returned is always needed, what nobody has never", () => {
    const projection = parseProjection({ attributes: "displayName" }, groupResourceType);
    expect(projectionNeeds(projection, "id")).toBe(true);
    expect(projectionNeeds(projection, "groups")).toBe(false);
  });
});

describe("names that no schema knows", () => {
  const odd = JSON.parse(
    '{"id":"1","__proto__":{"admin":true},"constructor":"x","urn:x:y":{"a":1}}',
  ) as JsonObject;

  test("are shown where everything is, as plain names", () => {
    const answer = shown(odd, {});
    expect(JSON.stringify(answer)).toBe(JSON.stringify(odd));
    expect(answer["admin"]).toBeUndefined();
  });

  test("are not shown where something was asked for", () => {
    expect(shown(odd, { attributes: "userName,__proto__,constructor" })).toEqual({ id: "1" });
  });
});

test("what was shown is shown again, whatever was asked for", () => {
  const written = "userName emails emails.value EMAILS.type name.givenName meta id nosuch".split(" ");
  const extended = ["", ":department", ":manager.value"].map((suffix) => enterprise + suffix);
  const name = fc.constantFrom(`${core}:active`, ...written, ...extended);
  const names = fc.array(name, { maxLength: 4 });
  fc.assert(
    fc.property(anyUser, names, names, (resource, attributes, excludedAttributes) => {
      const query = { attributes, excludedAttributes };
      const once = shown(resource, query);
      expect(shown(once, query)).toEqual(once);
      expect(Object.keys(resource)).toEqual(expect.arrayContaining(Object.keys(once)));
    }),
  );
});

test("the resource is left as it was", () => {
  const before = JSON.stringify(bjensen);
  shown(bjensen, { attributes: "emails.value", excludedAttributes: "emails.type" });
  expect(JSON.stringify(bjensen)).toBe(before);
});
