/** How one attribute's value becomes canonical, by what its schema says. */

import { expect, test } from "vitest";
import { bodyLimits } from "../../src/scim/body-limits.ts";
import { coerceAttribute } from "../../src/scim/value/coerce.ts";
import { attribute, findByName, type Attribute } from "../../src/scim/schema/attribute.ts";
import { enterpriseUserSchema } from "../../src/scim/schema/enterprise-user.ts";
import { membersAttribute } from "../../src/scim/schema/group.ts";
import { userSchema } from "../../src/scim/schema/user.ts";

const user = (name: string): Attribute => findByName(userSchema.attributes, name)!;
const manager = findByName(enterpriseUserSchema.attributes, "manager")!;
const count = attribute("count", "How many.", { type: "integer" });
const share = attribute("share", "How much.", { type: "decimal" });
const since = attribute("since", "Since when.", { type: "dateTime" });
const key = attribute("key", "Which key.", { type: "binary" });
const tags = attribute("tags", "Which tags.", { multiValued: true });

test.each([
  { rule: "text is kept as sent (RFC 7643 §2.3.1)", of: user("title"), value: " Dr. ", is: " Dr. " },
  { rule: "empty text is a value (Okta: OIN test plan, C9337)", of: user("title"), value: "", is: "" },
  { rule: "null is no value (RFC 7643 §2.5)", of: user("title"), value: null, is: undefined },
  { rule: "an empty list is no value (RFC 7643 §2.5)", of: user("emails"), value: [], is: undefined },
  { rule: "a list of nulls is no value", of: user("emails"), value: [null, {}], is: undefined },
  {
    rule: "an object without parts is no value",
    of: user("name"),
    value: { givenName: null },
    is: undefined,
  },
  { rule: "booleans (RFC 7643 §2.3.2)", of: user("active"), value: false, is: false },
  { rule: "whole numbers (RFC 7643 §2.3.4)", of: count, value: 7, is: 7 },
  { rule: "decimals (RFC 7643 §2.3.3)", of: share, value: 0.5, is: 0.5 },
  { rule: "dates (RFC 7643 §2.3.5)", of: since, value: "2026-01-31T12:00:00Z", is: "2026-01-31T12:00:00Z" },
  { rule: "base64 (RFC 7643 §2.3.6)", of: key, value: "YWRh", is: "YWRh" },
  { rule: "references (RFC 7643 §2.3.7)", of: user("profileUrl"), value: "", is: "" },
  { rule: "simple values of a list, none twice", of: tags, value: ["a", "b", "A"], is: ["a", "b"] },
  {
    rule: "names in any case (RFC 7643 §2.1), unknown ones dropped",
    of: user("name"),
    value: { GIVENNAME: "Ada", shoeSize: 38 },
    is: { givenName: "Ada" },
  },
  {
    rule: "read-only parts are dropped (RFC 7644 §3.3)",
    of: membersAttribute,
    value: [{ value: "u1", display: "Ada", type: "User" }],
    is: [{ value: "u1", type: "User" }],
  },
  {
    rule: "members are the same by their value alone (RFC 7643 §4.2)",
    of: membersAttribute,
    value: [{ value: "u1" }, { value: "U1" }, { value: "u1", type: "User" }],
    is: [{ value: "u1" }, { value: "U1" }],
  },
  {
    rule: "values are the same by type and value (RFC 7643 §2.4); the first keeps place and spelling",
    of: user("emails"),
    value: [
      { value: "Ada@x.io", type: "work" },
      { value: "ada@x.io", type: "home" },
      { value: "ada@X.io", type: "Work", display: "Ada" },
    ],
    is: [
      { value: "Ada@x.io", type: "work", display: "Ada" },
      { value: "ada@x.io", type: "home" },
    ],
  },
  {
    rule: "addresses have no value: all their parts tell them apart",
    of: user("addresses"),
    value: [{ locality: "Rome" }, { locality: "Oslo" }, { locality: "rome" }],
    is: [{ locality: "Rome" }, { locality: "Oslo" }],
  },
  {
    rule: "primary is true of one value, the last one (RFC 7643 §2.4)",
    of: user("emails"),
    value: [{ value: "a", primary: true }, { value: "b", primary: "True" }, { value: "c" }],
    is: [{ value: "a", primary: false }, { value: "b", primary: true }, { value: "c" }],
  },
])("$rule", ({ of, value, is }) => {
  expect(coerceAttribute(of, value)).toEqual(is);
});

test.each([
  { of: user("title"), value: 7, detail: "title must be a string, got 7." },
  { of: user("title"), value: ["a", "b"], detail: "title must be a string, got a list." },
  { of: user("active"), value: "yes", detail: 'active must be a boolean, got "yes".' },
  { of: user("active"), value: "", detail: 'active must be a boolean, got "".' },
  { of: user("active"), value: { a: 1 }, detail: "active must be a boolean, got an object." },
  { of: user("emails"), value: [{ primary: 1 }], detail: "emails[0].primary must be a boolean, got 1." },
  { of: user("emails"), value: [{}, { value: true }], detail: "emails[1].value must be a string, got true." },
  { of: user("emails"), value: 7, detail: "emails[0] must be an object, got 7." },
  { of: user("name"), value: "Ada", detail: 'name must be an object, got "Ada".' },
  { of: user("userName"), value: " ", detail: "userName must not be empty." },
  { of: user("password"), value: 12345, detail: "password must be a string, got a number." },
  { of: manager, value: [{ value: "a" }, { value: "b" }], detail: "manager must be an object, got a list." },
  { of: membersAttribute, value: [{ display: "Ada" }], detail: "members[0].value is required." },
  { of: membersAttribute, value: [{ value: "" }], detail: "members[0].value is required." },
  { of: count, value: 1.5, detail: "count must be a whole number, got 1.5." },
  { of: count, value: "7", detail: 'count must be a number, got "7".' },
  { of: share, value: Number.POSITIVE_INFINITY, detail: "share must be a number, got Infinity." },
  { of: since, value: "yesterday", detail: "since must be a date and time such as 2026-01-31T12:00:00Z," },
  { of: key, value: "not base64!", detail: 'key must be base64, got "not base64!".' },
  {
    of: user("title"),
    value: "x".repeat(bodyLimits.maxStringLength + 1),
    detail: "title has 100001 characters, more than 100000.",
  },
  {
    of: user("emails"),
    value: Array.from({ length: bodyLimits.maxValues + 1 }, () => "a@x.io"),
    detail: "emails has 501 values; at most 500 are accepted.",
  },
  {
    of: user("active"),
    value: `\u001B[31m${"x".repeat(60)}`,
    detail: `active must be a boolean, got "\\u001b[31m${"x".repeat(35)}"….`,
  },
])("refused: $detail", ({ of, value, detail }) => {
  expect(() => coerceAttribute(of, value)).toThrow(
    expect.objectContaining({ scimType: "invalidValue", message: expect.stringContaining(detail) }),
  );
});

test("a name in two spellings is refused: nobody can say which one counts (RFC 8259 §4)", () => {
  expect(() => coerceAttribute(user("name"), { givenName: "Ada", GivenName: "Eve" })).toThrow(
    expect.objectContaining({
      scimType: "invalidSyntax",
      message: expect.stringContaining("name.givenName"),
    }),
  );
});

test("a secret of the wrong type is not repeated", () => {
  expect(() => coerceAttribute(user("password"), ["hunter2"])).toThrow(/^(?!.*hunter2)/);
});
