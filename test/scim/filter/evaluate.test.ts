import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/ground/json.ts";
import { compileFilter, compileValueFilter } from "../../../src/scim/filter/evaluate.ts";
import { parseFilter } from "../../../src/scim/filter/parse.ts";
import { attribute, findByName, type ResourceType } from "../../../src/scim/schema/attribute.ts";
import { groupResourceType } from "../../../src/scim/schema/group.ts";
import { userResourceType } from "../../../src/scim/schema/user.ts";
import { enterpriseUserSchemaUrn as enterprise } from "../../../src/scim/urn.ts";
import { rfcExample } from "../../support/rfc-example.ts";
import { bjensen, jo, people } from "../../support/scim-people.ts";
import { lenient } from "../../../src/scim/leniency.ts";
import { parseQuoted } from "../../support/parse-quoted.ts";

const matches = (text: string, type: ResourceType = userResourceType) =>
  compileFilter(parseQuoted(text), type);
const found = (text: string): JsonValue[] => people.filter(matches(text)).map((one) => one["userName"] ?? "");

const ofTheRfc: Readonly<Record<string, readonly string[]>> = {
  'userName eq "bjensen"': ["bjensen"],
  'name.familyName co "O\'Malley"': ["jsmith", "Kate"],
  'userName sw "J"': ["jsmith", "Jo"],
  'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"': ["jsmith", "Jo"],
  "title pr": ["bjensen"],
  'meta.lastModified gt "2011-05-13T04:42:34Z"': ["jsmith"],
  'meta.lastModified ge "2011-05-13T04:42:34Z"': ["bjensen", "jsmith", "Jo"],
  'meta.lastModified lt "2011-05-13T04:42:34Z"': ["Kate"],
  'meta.lastModified le "2011-05-13T04:42:34Z"': ["bjensen", "Kate", "Jo"],
  'title pr and userType eq "Employee"': ["bjensen"],
  'title pr or userType eq "Intern"': ["bjensen", "jsmith"],
  'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"': ["bjensen"],
  'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")': ["bjensen", "Jo"],
  'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")': ["Kate"],
  'userType eq "Employee" and (emails.type eq "work")': ["bjensen", "Jo"],
  'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]': ["bjensen"],
  'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]': [
    "bjensen",
    "jsmith",
  ],
};

describe("the filters of RFC 7644 §3.4.2.2, figure 2", () => {
  test("are all here", () => {
    expect(Object.keys(ofTheRfc)).toEqual(rfcExample("7644-3.4.2.2-filters"));
  });

  test.each(Object.entries(ofTheRfc))("%s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe("operators (RFC 7644 §3.4.2.2, table 3)", () => {
  test.each([
    ["eq: the whole value", 'userName eq "jsmit"', []],
    ["ne", 'userName ne "jsmith"', ["bjensen", "Kate", "Jo"]],
    ["co: in the middle", 'userName co "smi"', ["jsmith"]],
    ["sw: only at the start", 'userName sw "smi"', []],
    ["ew: only at the end", 'userName ew "en"', ["bjensen"]],
    ["gt: by the letters", 'userName gt "jo"', ["jsmith", "Kate"]],
    ["ge: the same, too", 'userName ge "jo"', ["jsmith", "Kate", "Jo"]],
    ["lt: by the letters", 'userName lt "jo"', ["bjensen"]],
    ["le: the same, too", 'userName le "jo"', ["bjensen", "Jo"]],
    ["not", 'not (userName eq "jsmith")', ["bjensen", "Kate", "Jo"]],
  ])("%s: %s", (_rule, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe("case by the attribute's caseExact (RFC 7643 §2.2)", () => {
  test.each([
    ["userName ignores it", 'userName eq "BJENSEN"', ["bjensen"]],
    ["a name ignores it, beyond ASCII", 'name.familyName ew "ZOË"', ["Kate"]],
    ["ë may be written as two characters", 'name.familyName ew "Zoe\u0308"', ["Kate"]],
    ["e-mail addresses ignore it", 'emails.value eq "JO@EXAMPLE.COM"', ["Jo"]],
    ["id minds it", 'id eq "kate-1"', []],
    ["id as it is", 'id eq "Kate-1"', ["Kate"]],
    ["externalId minds it", 'externalId eq "00U1KATE"', []],
    ["names of attributes ignore it", 'USERNAME eq "jo"', ["Jo"]],
    ["names of sub-attributes ignore it", 'Emails.VALUE eq "jo@example.com"', ["Jo"]],
    ["and in brackets", 'EMAILS[TYPE eq "home" and Value sw "jo"]', ["Jo"]],
    ["URNs ignore it", `${enterprise.toUpperCase()}:DEPARTMENT eq "tour operations"`, ["bjensen"]],
  ])("%s: %s", (_rule, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe("dates are instants (RFC 7643 §2.3.5)", () => {
  test.each([
    ["another time zone", 'meta.lastModified eq "2011-05-12T22:42:34-06:00"', ["bjensen", "Jo"]],
    ["milliseconds", 'meta.lastModified gt "2012-02-29T12:00:00Z"', ["jsmith"]],
    ["seven digits, as .NET writes them", 'meta.lastModified le "2010-12-31T23:59:59.0000000Z"', ["Kate"]],
    [
      "the year 1, as Microsoft's SCIMReferenceCode asks",
      'meta.lastModified ge "0001-01-03T00:00:00.0000000Z" and meta.lastModified le "2011-01-01T00:00:00Z"',
      ["Kate"],
    ],
    ["ne", 'meta.lastModified ne "2011-05-13T04:42:34Z"', ["jsmith", "Kate"]],
    ["a day is its midnight", 'meta.created ge "2012-02-29"', ["jsmith"]],
  ])("%s: %s", (_rule, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe("booleans", () => {
  test.each([
    ["true", "active eq true", ["bjensen", "Kate", "Jo"]],
    ["false", "active eq false", ["jsmith"]],
    ["ne", "active ne true", ["jsmith"]],
    ["text, as Entra sends it", 'active eq "True"', ["bjensen", "Kate", "Jo"]],
    ["text in a value path", 'emails[primary eq "True"]', ["bjensen", "Jo"]],
    ["ne of text", 'active ne "False"', ["bjensen", "Kate", "Jo"]],
    [
      "primary is false where it is not said (RFC 7643 §2.4)",
      "emails.primary eq false",
      ["bjensen", "jsmith", "Jo"],
    ],
    ["but not where there is no value", 'emails.primary eq "False" and userName eq "kate"', []],
  ])("%s: %s", (_rule, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe("an unassigned attribute is null (RFC 7643 §2.5)", () => {
  test.each([
    ["eq null", "ims eq null", ["Kate", "Jo"]],
    ["ne null", "ims ne null", ["bjensen", "jsmith"]],
    ["an empty list is unassigned", "emails eq null", ["Kate"]],
    ["it is ne to every value", 'title ne "Tour Guide"', ["jsmith", "Kate", "Jo"]],
    ["it is eq to no value", 'title eq ""', ["Jo"]],
    ["it is in no order", 'title lt "z"', ["bjensen", "Jo"]],
    ["it contains nothing, not even the empty text", 'nickName co ""', ["bjensen"]],
    ["a sub-attribute of an unassigned attribute, too", 'ims.type ne "aim"', ["jsmith", "Kate", "Jo"]],
    ["an extension that is not there, too", `${enterprise}:costCenter eq null`, ["jsmith", "Kate", "Jo"]],
  ])("%s: %s", (_rule, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe("pr: not empty (RFC 7644 §3.4.2.2, table 3)", () => {
  test.each([
    ["empty text is not present", "title pr", ["bjensen"]],
    ["empty list is not present", "emails pr", ["bjensen", "jsmith", "Jo"]],
    ["false is present", "active pr", ["bjensen", "jsmith", "Kate", "Jo"]],
    ["complex attribute with something in it", "name pr", ["bjensen", "jsmith", "Kate"]],
    ["sub-attribute", "name.givenName pr", ["bjensen", "jsmith"]],
    ["sub-attribute of one value is enough", "emails.primary pr", ["bjensen", "Jo"]],
    ["extension as a whole", `${enterprise} pr`, ["bjensen"]],
    ["extension attribute", `${enterprise}:manager pr`, ["bjensen"]],
  ])("%s: %s", (_rule, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test("a complex value whose parts are all empty is not present", () => {
    expect(matches("name pr")({ name: { givenName: "", familyName: null } })).toBe(false);
    expect(matches("emails pr")({ emails: [{ value: "" }, {}] })).toBe(false);
    expect(matches(`${enterprise} pr`)({ [enterprise]: { manager: [], notes: [""] } })).toBe(false);
    expect(matches(`${enterprise} pr`)({ [enterprise]: { notes: ["", "x"] } })).toBe(true);
  });
});

describe("of a multi-valued attribute any one value may match (RFC 7644 §3.4.2.2)", () => {
  test.each([
    ["eq", 'emails.type eq "home"', ["bjensen", "jsmith", "Jo"]],
    ["ne, too: some value is another one", 'emails.type ne "home"', ["bjensen", "Kate", "Jo"]],
    ["no value is it: not eq", 'not (emails.type eq "home")', ["Kate"]],
    ["two conditions may be met by two values", 'emails.type eq "work" and emails co "jo@ex"', ["Jo"]],
    ["in brackets they are met by one", 'emails[type eq "work" and value co "jo@ex"]', []],
    ["or in brackets", 'emails[type eq "work" or primary eq true]', ["bjensen", "Jo"]],
    ["not in brackets: a value that is none of it", 'emails[not (type eq "home")]', ["bjensen", "Jo"]],
    ["null in brackets: a value that has none", "emails[type eq null]", ["Jo"]],
    ["pr in brackets", "emails[primary pr]", ["bjensen", "Jo"]],
    ["no value, no match in brackets", 'emails[type ne "pager"]', ["bjensen", "jsmith", "Jo"]],
    ["sub-attribute behind the brackets", 'emails[type eq "home"].value ew "example.com"', ["Jo"]],
    ["values that are not complex", 'schemas co "enterprise"', ["bjensen"]],
    ["and in brackets they are value", 'schemas[Value co "enterprise"]', ["bjensen"]],
    ["a single complex attribute takes brackets, too", 'name[givenName eq "john"]', ["jsmith"]],
  ])("%s: %s", (_rule, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe("a complex attribute alone is compared by its value", () => {
  test.each([
    ["multi-valued (RFC 7644 §3.4.2.2)", 'emails co "example.com"', ["bjensen", "Jo"]],
    ["single-valued", `${enterprise}:manager eq "26118915-6090-4610-87e4-49d8ca9f808d"`, ["bjensen"]],
    ["its value minds case", `${enterprise}:manager eq "26118915-6090-4610-87E4-49D8CA9F808D"`, []],
    [
      "without the URN, as Entra's documents ask for references",
      'id eq "2819c223-7f76-453a-919d-413861904646" and manager eq "26118915-6090-4610-87e4-49d8ca9f808d"',
      ["bjensen"],
    ],
  ])("%s: %s", (_rule, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe("what providers are known to ask", () => {
  const group = rfcExample("7643-8.4-group") as JsonObject;

  test.each([
    ["Entra's probe: a random GUID", 'userName eq "7d420df3-9995-4831-a406-ecf8166f5f6a"', []],
    ["Entra and Okta match by userName", 'userName eq "jsmith"', ["jsmith"]],
    ["Microsoft's SCIM Validator: in another case", 'userName eq "JSmith"', ["jsmith"]],
    ["Entra matches by externalId", 'externalId eq "701984"', ["bjensen"]],
    ["by e-mail address", 'emails[type eq "work"].value eq "BJensen@example.com"', ["bjensen"]],
    ["Okta's unique identifier is called email", 'email eq "jsmith@example.org"', ["jsmith"]],
    ["the same in another case", 'EMAIL eq "jsmith@example.org"', ["jsmith"]],
    ["a disabled user is found", 'userName eq "jsmith" and active eq false', ["jsmith"]],
    [
      "SCIMReferenceCode: groups of conditions, names in another case",
      'name.FamilyName eq "Jensen" and (emails.Value co "a" or emails.Value co "b")',
      ["bjensen"],
    ],
  ])("%s: %s", (_rule, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test.each([
    ["starts with", "userName sw J", ["jsmith", "Jo"]],
    ["date", "meta.Created gt 2012-01-01T00:00:00Z", ["jsmith"]],
    ["digits for text", "externalId eq 701984", ["bjensen"]],
  ])("SCIMReferenceCode without quotes, leniently: %s: %s", (_rule, text, expected) => {
    const keeps = compileFilter(parseFilter(text, lenient), userResourceType);
    expect(people.filter(keeps).map((one) => one["userName"])).toEqual(expected);
  });

  test.each([
    ["Entra matches a group", 'displayName eq "tour guides"', true],
    ["Entra's probe of groups", 'displayName eq "7d420df3-9995-4831-a406-ecf8166f5f6a"', false],
    [
      "Entra asks whether somebody is a member",
      'id eq "e9e30dba-f08f-4109-8486-d5c6a331660a" and members eq "902c246b-6245-4190-8e05-00816be7344a"',
      true,
    ],
    [
      "Entra asks whether somebody is a member who is not",
      'id eq "e9e30dba-f08f-4109-8486-d5c6a331660a" and members eq "nobody"',
      false,
    ],
  ])("%s: %s", (_rule, text, expected) => {
    expect(matches(text, groupResourceType)(group)).toBe(expected);
  });

  test.each(['R&D "core" + QA #1, 100%', "データ基盤", "O'Brien \\ Söhne"])(
    "special characters in a group's name: %s",
    (displayName) => {
      const filter = parseQuoted(`displayName eq ${JSON.stringify(displayName)}`);
      expect(compileFilter(filter, groupResourceType)({ displayName })).toBe(true);
    },
  );
});

describe("what cannot be compared is refused, with the reason (RFC 7644 §3.12, invalidFilter)", () => {
  test.each([
    ["unknown attribute", 'usrName eq "x"', "Unknown attribute usrName. Did you mean userName?"],
    ["unknown attribute like no other", "qqqqqqqq pr", /^Unknown attribute qqqqqqqq\.$/],
    ["unknown sub-attribute", "name.first pr", "Unknown attribute name.first"],
    ["unknown sub-attribute in brackets", "emails[tpe pr]", "emails.tpe. Did you mean type?"],
    ["path in brackets", "emails[emails.type pr]", "Unknown attribute emails.emails.type"],
    ["unknown URN", "urn:example:x:userName pr", "Unknown attribute urn:example:x:userName"],
    ["__proto__", "__proto__ pr", "Unknown attribute __proto__"],
    ["constructor", 'constructor.name eq "Object"', "Unknown attribute constructor.name"],
    ["attribute of a group", "members pr", "Unknown attribute members"],
    ["boolean by gt (table 3)", "active gt true", "active does not support gt"],
    ["boolean by co", "active co true", "active does not support co"],
    ["boolean with text", 'active eq "yes"', 'active must be compared with true or false, not with "yes"'],
    ["boolean with a number", "active eq 1", "active must be compared with true or false, not with 1"],
    [
      "text with a number",
      "userName eq 5",
      'userName must be compared with a string in "quotes", not with 5',
    ],
    ["text with a boolean", "title eq true", "title must be compared with"],
    ["binary by gt (table 3)", 'x509Certificates.value gt "MII"', "value does not support gt"],
    ["binary by ge (table 3)", 'x509Certificates ge "MII"', "value does not support ge"],
    ["binary by lt (table 3)", 'x509Certificates lt "MII"', "value does not support lt"],
    ["binary by le (table 3)", 'x509Certificates le "MII"', "value does not support le"],
    ["date with other text", 'meta.created gt "yesterday"', "created must be compared with a date"],
    [
      "date with a day there is not",
      'meta.created gt "2011-02-30T00:00:00Z"',
      "created must be compared with a date",
    ],
    ["date with a number", "meta.created gt 5", "created must be compared with a date"],
    ["date by co", 'meta.created co "2011-01-01T00:00:00Z"', "created does not support co"],
    ["null by gt", "title gt null", "title does not support gt"],
    ["complex without value", 'name eq "x"', "name cannot be compared: use one of name.formatted"],
    ["extension as a whole", `${enterprise} eq "x"`, "An extension cannot be compared"],
    ["brackets on a simple attribute", "userName[value pr]", "userName has no values to filter"],
    ["brackets on an extension", `${enterprise}[value pr]`, "has no values to filter"],
    ["password, which is never returned", 'password sw "a"', "password cannot be used in a filter"],
  ])("%s: %s", (_rule, text, message) => {
    expect(() => matches(text)).toThrow(
      expect.objectContaining({
        scimType: "invalidFilter",
        status: 400,
        message: expect.stringMatching(message instanceof RegExp ? message : escaped(message)),
      }),
    );
  });

  test("wherever it stands", () => {
    expect(() => matches('userName eq "x" or not (title pr and nosuch pr)')).toThrow("nosuch");
  });
});

describe("numbers", () => {
  const age = attribute("age", "Years.", { type: "integer" });
  const person: ResourceType = {
    ...userResourceType,
    schema: { ...userResourceType.schema, attributes: [age] },
  };

  test.each([
    ["eq", "age eq 21", true],
    ["eq with a fraction", "age eq 21.0", true],
    ["ne", "age ne 21", false],
    ["gt", "age gt 9", true],
    ["le", "age le 20.5", false],
    ["text that is a number", 'age ge "21"', true],
  ])("%s: %s", (_rule, text, expected) => {
    expect(matches(text, person)({ age: 21 })).toBe(expected);
  });

  test.each([
    ["co", "age co 2", "age does not support co"],
    ["text that is none", 'age eq "0x15"', "age must be compared with a number"],
    ["boolean", "age eq true", "age must be compared with a number"],
  ])("%s is refused: %s", (_rule, text, message) => {
    expect(() => matches(text, person)).toThrow(message);
  });
});

describe("the filter of a value path alone, as PATCH uses it", () => {
  const emails = findByName(userResourceType.schema.attributes, "emails")!;
  const chosen = (text: string) =>
    (jo["emails"] as JsonValue[]).filter(compileValueFilter(parseQuoted(text), emails));

  test.each([
    ["one value", 'type eq "WORK"', ["jo@elsewhere.net"]],
    ["several values", 'value ew ".net"', ["jo@elsewhere.net", "jo@nowhere.net"]],
    ["and", 'value ew ".net" and type pr', ["jo@elsewhere.net"]],
    ["none", 'type eq "other"', []],
    ["text for a boolean", 'primary eq "True"', ["Jo@Example.com"]],
    [
      "what is not said to be primary is not (RFC 7643 §2.4)",
      "primary eq false",
      ["jo@elsewhere.net", "jo@nowhere.net"],
    ],
    ["and so it is ne true", "primary ne true", ["jo@elsewhere.net", "jo@nowhere.net"]],
    ["and not null", "primary eq null", []],
    ["but it is not present", "primary pr", ["Jo@Example.com"]],
  ])("%s: %s", (_rule, text, expected) => {
    expect(chosen(text).map((one) => (one as JsonObject)["value"])).toEqual(expected);
  });

  test.each([
    ["brackets", "emails[type pr]", "Brackets inside emails[…]"],
    ["attribute of the resource", "userName pr", "Unknown attribute emails.userName"],
    ["URN", `${enterprise}:type pr`, "Unknown attribute emails."],
  ])("%s is refused: %s", (_rule, text, message) => {
    expect(() => chosen(text)).toThrow(message);
  });
});

test("a boolean that is not there is not false, but for primary", () => {
  expect(matches("active eq false")({})).toBe(false);
  expect(matches("active ne true")({})).toBe(true);
});

test("a filter is compiled once and changes nothing", () => {
  const before = JSON.stringify(bjensen);
  const keeps = matches('emails[type eq "work"].value pr and not (title eq null)');
  expect([keeps(bjensen), keeps(jo), keeps(bjensen)]).toEqual([true, true, true]);
  expect(JSON.stringify(bjensen)).toBe(before);
});

function escaped(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
}
