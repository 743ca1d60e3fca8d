/** The table of documented attributes, and what is read, written and named by SCIM paths. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  attributeLabel,
  attributeNames,
  comparisonAt,
  documentedAttributes,
} from "../../src/astro/attributes.ts";
import { parseMappedPath, readMappedValue, withMappedValue } from "../../src/astro/mapped-path.ts";
import {
  isOtherUserAttribute,
  targetAttribute,
  userAttributePath,
} from "../../src/astro/target-attribute.ts";
import { baseProfileAttributes } from "../../src/idp/okta/mapping/base-profile.ts";
import { userSourceAttributes } from "../../src/idp/entra/mapping/source-attributes.ts";
import { userResourceType } from "../../src/scim/schema/user.ts";
import { enterpriseUserSchemaUrn as enterprise } from "../../src/scim/urn.ts";

describe.each(attributeNames)("the documented attribute %s", (name) => {
  const { path, okta, entra, label }: (typeof documentedAttributes)[typeof name] = documentedAttributes[name];

  test("is a text of a SCIM user that a client may write, in the schema's spelling", () => {
    expect(targetAttribute(path, userResourceType)).toMatchObject({ path: { text: path }, type: "text" });
  });

  test("is made of attributes that each provider has", () => {
    expect(baseProfileAttributes).toContain(okta.source);
    expect(entra === undefined || userSourceAttributes.has(entra.source)).toBe(true);
  });

  test("has a label that no other has", () => {
    expect(attributeNames.filter((other) => documentedAttributes[other].label === label)).toEqual([name]);
    expect(attributeLabel(path)).toBe(label);
  });
});

describe("attributes that are not documented", () => {
  test.each([
    ["title", "title"],
    ["TITLE", "title"],
    ["department", `${enterprise}:department`],
    [`${enterprise.toLowerCase()}:Department`, `${enterprise}:department`],
    ["urn:ietf:params:scim:schemas:core:2.0:User:nickName", "nickName"],
    ['phoneNumbers[type eq "work"].value', 'phoneNumbers[type eq "work"].value'],
    ["urn:example:2.0:User:badge", "urn:example:2.0:User:badge"],
  ])("%s is %s", (written, path) => {
    expect(isOtherUserAttribute(written)).toBe(true);
    expect(userAttributePath(written)).toBe(path);
  });

  test.each([
    "jobTitle",
    "displayName",
    "name.givenName",
    "userName",
    "externalId",
    "password",
    "active",
    "id",
    "groups",
    "emails",
    "manager",
    "no path",
    'emails[type sw "w"].value',
  ])("%s is none", (written) => {
    expect(isOtherUserAttribute(written)).toBe(false);
  });

  test.each([
    ["emails[primary eq true].value", "ignoring-case"],
    ['emails[type eq "work"].value', "ignoring-case"],
    ["name.middleName", "exact"],
    [`${enterprise}:department`, "exact"],
  ])("%s is compared %s", (path, comparison) => {
    expect(comparisonAt(path)).toBe(comparison);
  });
});

describe("a value at a path", () => {
  const paths = [
    ...attributeNames.map((name) => documentedAttributes[name].path),
    "title",
    'emails[type eq "work"].value',
    `${enterprise}:department`,
  ];
  const values = fc.array(fc.tuple(fc.constantFrom(...paths), fc.string({ minLength: 1 })), { maxLength: 8 });

  test("is read back as it was put, and nothing is left of what was taken away", () => {
    fc.assert(
      fc.property(values, (written) => {
        const put = written.reduce(
          (body, [path, value]) => withMappedValue(body, parseMappedPath(path), value),
          {},
        );
        const last = new Map(written);
        for (const [path, value] of last) expect(readMappedValue(put, parseMappedPath(path))).toBe(value);
        const left = [...last.keys()].reduce(
          (body, path) => withMappedValue(body, parseMappedPath(path), undefined),
          put,
        );
        expect(left).toEqual({});
      }),
    );
  });
});
