import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ScimError } from "../../src/scim/error.ts";
import { printAttributePath } from "../../src/scim/filter/attribute-path.ts";
import { printFilter } from "../support/print-filter.ts";
import { parseAttributePath, parsePatchPath, resolveAttributePath, valuesAt } from "../../src/scim/path.ts";
import { groupResourceType } from "../../src/scim/schema/group.ts";
import { userResourceType } from "../../src/scim/schema/user.ts";
import { enterpriseUserSchemaUrn as enterprise, userSchemaUrn as core } from "../../src/scim/urn.ts";
import { anyFilter, anyPath } from "../support/filter-arbitraries.ts";
import { bjensen, jo, kate } from "../support/scim-people.ts";

describe("an attribute path is taken apart (RFC 7644 §3.10)", () => {
  test.each([
    ["attribute", "userName", { attribute: "userName" }],
    ["sub-attribute", "name.familyName", { attribute: "name", subAttribute: "familyName" }],
    ["$ref (RFC 7643 §2.4)", "members.$ref", { attribute: "members", subAttribute: "$ref" }],
    ["hyphen and digits", "x509-1_a", { attribute: "x509-1_a" }],
    ["URN, whose version has a dot", `${core}:userName`, { schemaUrn: core, attribute: "userName" }],
    [
      "URN and sub-attribute",
      `${enterprise}:manager.displayName`,
      { schemaUrn: enterprise, attribute: "manager", subAttribute: "displayName" },
    ],
    [
      "dot behind the URN (Microsoft's SCIMReferenceCode)",
      `${enterprise}.manager.displayName`,
      { schemaUrn: enterprise, attribute: "manager", subAttribute: "displayName" },
    ],
  ])("%s: %s", (_rule, text, path) => {
    expect(parseAttributePath(text)).toEqual(path);
  });

  test.each([
    ["nothing", ""],
    ["white space", "user Name"],
    ["digit first", "1name"],
    ["empty sub-attribute", "name."],
    ["empty attribute", ".familyName"],
    ["three names", "a.b.c"],
    ["no attribute behind the colon", `${core}:`],
    ["prefix that is no URN", "http://example.com:userName"],
    ["letter beyond ASCII", "naïve"],
    ["bracket", 'emails[type eq "work"]'],
  ])("%s is refused: %j", (_rule, text) => {
    expect(() => parseAttributePath(text)).toThrow(
      expect.objectContaining({ scimType: "invalidPath", message: expect.stringMatching(/position 1\.$/) }),
    );
  });
});

describe("a PATCH path is an attribute path, or brackets and a sub-attribute (RFC 7644 §3.5.2, figure 7)", () => {
  const work = { kind: "compare", path: { attribute: "type" }, operator: "eq", value: "work" };

  test.each([
    ["members", { attributePath: { attribute: "members" }, valueFilter: undefined }],
    [
      "name.familyName",
      { attributePath: { attribute: "name", subAttribute: "familyName" }, valueFilter: undefined },
    ],
    ['addresses[type eq "work"]', { attributePath: { attribute: "addresses" }, valueFilter: work }],
    [
      'emails[type eq "work"].value',
      { attributePath: { attribute: "emails", subAttribute: "value" }, valueFilter: work },
    ],
    [
      'members[value eq "2819c223-7f76-453a-919d-413861904646"].displayName',
      {
        attributePath: { attribute: "members", subAttribute: "displayName" },
        valueFilter: {
          kind: "compare",
          path: { attribute: "value" },
          operator: "eq",
          value: "2819c223-7f76-453a-919d-413861904646",
        },
      },
    ],
    [
      `${core}:emails[type eq "work"].value`,
      {
        attributePath: { schemaUrn: core, attribute: "emails", subAttribute: "value" },
        valueFilter: work,
      },
    ],
    [
      'emails[type eq "a].b:c[\\"]"].$ref',
      {
        attributePath: { attribute: "emails", subAttribute: "$ref" },
        valueFilter: { ...work, value: 'a].b:c["]' },
      },
    ],
    [
      'emails[type eq "work" and not (primary eq true)]',
      {
        attributePath: { attribute: "emails" },
        valueFilter: {
          kind: "and",
          operands: [
            work,
            {
              kind: "not",
              operand: { kind: "compare", path: { attribute: "primary" }, operator: "eq", value: true },
            },
          ],
        },
      },
    ],
  ])("%s", (text, path) => {
    expect(parsePatchPath(text)).toEqual(path);
  });

  test.each([
    ["sub-attribute before the brackets", 'name.emails[type eq "work"]', "invalidPath", 12],
    ["no dot behind the brackets", 'emails[type eq "work"]value', "invalidPath", 23],
    ["no name behind the dot", 'emails[type eq "work"].', "invalidPath", 23],
    ["two names behind the brackets", 'emails[type eq "work"].a.b', "invalidPath", 23],
    ["second pair of brackets", 'emails[type eq "work"][a pr]', "invalidPath", 23],
    ["no attribute before the brackets", '[type eq "work"]', "invalidPath", 1],
    ["empty brackets (table 9: invalidFilter)", "emails[]", "invalidFilter", 8],
    ["brackets left open", 'emails[type eq "work"', "invalidFilter", 22],
    ["string left open", 'emails[type eq "work]', "invalidFilter", 16],
    ["brackets within brackets (erratum 4690)", 'emails[type[a pr] eq "x"]', "invalidFilter", 12],
  ])("%s is refused: %s", (_rule, text, scimType, position) => {
    expect(() => parsePatchPath(text)).toThrow(
      expect.objectContaining({
        scimType,
        message: expect.stringContaining(`at position ${position}.`),
      }),
    );
  });
});

describe("a path is found in the schemas, names and URNs in any case (RFC 7643 §2.1)", () => {
  const found = (text: string, type = userResourceType) => {
    const resolved = resolveAttributePath(type, parseAttributePath(text));
    return resolved && [resolved.extension?.id, resolved.attribute?.name, resolved.subAttribute?.name];
  };

  test.each([
    ["core attribute", "USERNAME", [undefined, "userName", undefined]],
    ["core sub-attribute", "Name.FamilyNAME", [undefined, "name", "familyName"]],
    ["common attribute", "meta.lastmodified", [undefined, "meta", "lastModified"]],
    ["core URN", `${core.toUpperCase()}:username`, [undefined, "userName", undefined]],
    ["core URN before a common attribute", `${core}:id`, [undefined, "id", undefined]],
    ["extension attribute", `${enterprise}:Department`, [enterprise, "department", undefined]],
    ["extension sub-attribute", `${enterprise}:manager.value`, [enterprise, "manager", "value"]],
    ["extension with a dot", `${enterprise}.manager`, [enterprise, "manager", undefined]],
    ["extension with dots", `${enterprise}.manager.value`, [enterprise, "manager", "value"]],
    ["extension as a whole", enterprise, [enterprise, undefined, undefined]],
    ["extension as a whole, another case", enterprise.toLowerCase(), [enterprise, undefined, undefined]],
    ["extension attribute without URN (Entra)", "manager", [enterprise, "manager", undefined]],
    ["core before extension", "displayName", [undefined, "displayName", undefined]],
  ])("%s: %s", (_rule, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test.each([
    ["unknown attribute", "nosuch"],
    ["unknown sub-attribute", "name.nosuch"],
    ["sub-attribute of a simple attribute", "userName.value"],
    ["unknown URN", "urn:example:nosuch:userName"],
    ["core attribute under the extension's URN", `${enterprise}:userName`],
    ["extension attribute under the core URN", `${core}:department`],
    ["core schema as a whole", core],
    ["__proto__", "__proto__"],
    ["constructor", "constructor"],
    ["prototype below an attribute", "name.prototype"],
    ["toString", "toString"],
  ])("%s is nothing: %s", (_rule, text) => {
    expect(found(text)).toBeUndefined();
  });

  test("a Group knows members and no emails", () => {
    expect(found("members.$ref", groupResourceType)).toEqual([undefined, "members", "$ref"]);
    expect(found("emails", groupResourceType)).toBeUndefined();
  });
});

describe("the values at a path", () => {
  const values = (resource: typeof bjensen, text: string) => {
    const resolved = resolveAttributePath(userResourceType, parseAttributePath(text));
    return resolved && valuesAt(resource, resolved);
  };

  test.each([
    ["singular attribute", bjensen, "userName", ["bjensen"]],
    ["singular sub-attribute", bjensen, "name.givenName", ["Barbara"]],
    ["each value of a multi-valued attribute", bjensen, "emails.type", ["work", "home"]],
    ["null where a value lacks the sub-attribute", jo, "emails.type", ["work", "home", null]],
    ["unassigned attribute", kate, "title", []],
    ["empty list is unassigned (RFC 7643 §2.5)", kate, "emails.value", []],
    ["unassigned sub-attribute", kate, "name.givenName", [null]],
    ["extension attribute", bjensen, `${enterprise}:costCenter`, ["4130"]],
    ["extension that is not there", kate, `${enterprise}:costCenter`, []],
    ["extension as a whole", bjensen, enterprise, [bjensen[enterprise]]],
  ])("%s", (_rule, resource, text, expected) => {
    expect(values(resource, text)).toEqual(expected);
  });
});

test.each([
  ["a b", 'Expected an attribute path such as name.familyName but found "a b" at position 1.'],
  ["", "Expected an attribute path such as name.familyName but found nothing at position 1."],
  [
    `a[b pr]${"x".repeat(50)}`,
    `Expected '.' and the name of a sub-attribute, or the end of the path but found "${"x".repeat(40)}" at position 8.`,
  ],
])("what was expected, what was found, and where: %j", (text, message) => {
  expect(() => parsePatchPath(text)).toThrow(expect.objectContaining({ message }));
});

test("a printed path is parsed to the same one again", () => {
  fc.assert(
    fc.property(anyPath, anyFilter, fc.boolean(), ({ subAttribute, ...head }, filter, bracketed) => {
      fc.pre(!printFilter(filter).includes("["));
      const path = { ...head, ...(subAttribute === undefined ? {} : { subAttribute }) };
      const suffix = subAttribute === undefined ? "" : `.${subAttribute}`;
      const text = bracketed
        ? `${printAttributePath(head)}[${printFilter(filter)}]${suffix}`
        : printAttributePath(path);
      expect(parsePatchPath(text)).toEqual({
        attributePath: path,
        valueFilter: bracketed ? filter : undefined,
      });
    }),
  );
});

test("no text makes a path fail with anything but a ScimError", () => {
  const piece = fc.constantFrom(
    ...'emails [ ] . : "x" " \\ type eq pr and ( ) urn:a:b: __proto__ $ref \0 é'.split(" "),
    " ",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.array(piece, { maxLength: 15 }).map((pieces) => pieces.join("")),
    fc.tuple(anyPath, piece).map(([path, tail]) => printAttributePath(path) + tail),
  );
  const failures = fc.sample(texts, 1000).map((text) => {
    try {
      return resolveAttributePath(userResourceType, parsePatchPath(text).attributePath);
    } catch (error) {
      return error;
    }
  });
  const errors = failures.filter((failure) => failure instanceof Error);
  expect(errors.filter((error) => !(error instanceof ScimError))).toEqual([]);
  expect(errors.length).toBeGreaterThan(100);
});

test("a path error is a ScimError of status 400", () => {
  expect(() => parseAttributePath("a b")).toThrow(ScimError);
  expect(() => parseAttributePath("a b")).toThrow(expect.objectContaining({ status: 400 }));
});
