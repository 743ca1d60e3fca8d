/** Where an attribute of Okta's app is sent, and what cannot be. */

import { describe, expect, test } from "vitest";

import {
  appAttribute,
  isSamePlace,
  type AddedAttribute,
} from "../../src/astro/okta-attributes/okta-app-attribute.ts";
import { AppError } from "../../src/ground/errors.ts";

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const custom = "urn:ietf:params:scim:schemas:custom:Space";

function added(externalName?: string, externalNamespace?: string, type?: AddedAttribute["type"]) {
  return {
    from: "user.x",
    ...(externalName === undefined ? {} : { externalName }),
    ...(externalNamespace === undefined ? {} : { externalNamespace }),
    ...(type === undefined ? {} : { type }),
  };
}

describe("by its name alone, an attribute goes where the app's default one goes", () => {
  test.each([
    ["email", "emails[primary eq true].value"],
    ["title", "title"],
    ["middleName", "name.middleName"],
    ["emailType", "emails[primary eq true].type"],
    ["primaryPhone", "phoneNumbers[primary eq true].value"],
    ["locality", "addresses[primary eq true].locality"],
    ["department", `${enterprise}:department`],
    ["managerValue", `${enterprise}:manager.value`],
    ["managerDisplayName", `${enterprise}:manager.displayName`],
    ["roles", "roles"],
    ['emails[type eq "work"].value', 'emails[type eq "work"].value'],
  ])("%s: %s", (name, path) => {
    expect(appAttribute(name, "user.x")?.path.text).toBe(path);
  });
});

describe("with an external name and namespace, an attribute goes where these say", () => {
  test.each<[name: string, AddedAttribute, path: string]>([
    ["role", added("roles.^[primary==true].value", core), "roles[primary eq true].value"],
    ["base", added("roles.^[type=='base'].value", core), 'roles[type eq "base"].value'],
    ["home", added('emails.^[type == "home"].value', core), 'emails[type eq "home"].value'],
    ["unit", added("department", enterprise), `${enterprise}:department`],
    ["unit", added("Department", enterprise.toUpperCase()), `${enterprise}:department`],
    ["badge", added("custom_attr_1", custom), `${custom}:custom_attr_1`],
    ["badge", added(undefined, custom), `${custom}:badge`],
    ["tier", added("tiers.^[type=='a'].value", custom), `${custom}:tiers[type eq "a"].value`],
    ["title", added(undefined, custom), `${custom}:title`],
    ["title", added("nickName"), "nickName"],
    ["division", added("costCenter"), `${enterprise}:costCenter`],
    ["teams", added("teams", custom, "string array"), `${custom}:teams`],
    ["isWork", added("emails.^[type=='work'].primary", core, "boolean"), 'emails[type eq "work"].primary'],
    ["roleNames", added("roles", core, "string array"), "roles"],
  ])("%s %o: %s", (name, entry, path) => {
    expect(appAttribute(name, entry)?.path.text).toBe(path);
  });

  test("without a namespace an added attribute goes nowhere", () => {
    expect(appAttribute("badge", added("badge"))).toBeUndefined();
  });
});

describe("what cannot be sent is told in a sentence", () => {
  function complaint(name: string, entry: AddedAttribute): string {
    try {
      appAttribute(name, entry);
    } catch (error) {
      if (error instanceof AppError) return `${error.message} ${error.hint}`;
      throw error;
    }
    return "none";
  }

  test.each<[what: string, name: string, AddedAttribute, sentence: string]>([
    [
      "a namespace that is no URN",
      "badge",
      added("badge", "tessssst"),
      "The external namespace of badge is not a schema of a user: tessssst.",
    ],
    ["a namespace with a slip", "badge", added("badge", `r${core.slice(2)}`), `Did you mean ${core}?`],
    [
      "nearly the enterprise extension",
      "unit",
      added("department", `${enterprise}s`),
      `Did you mean ${enterprise}?`,
    ],
    [
      "the schema of groups",
      "badge",
      added("displayName", "urn:ietf:params:scim:schemas:core:2.0:Group"),
      "is not a schema of a user",
    ],
    [
      "the URN in the external name",
      "badge",
      added(`${custom}:badge`, custom),
      "Write the name of the attribute alone; its URN is the externalNamespace.",
    ],
    [
      "a path of three parts",
      "zip",
      added("address.home.zip", custom),
      "The external name of zip cannot be read: address.home.zip",
    ],
    [
      "two conditions",
      "mail",
      added("emails.^[type=='work' && primary==true].value", core),
      "or a part of one of several values (roles.^[primary==true].value",
    ],
    [
      "a value without its part",
      "role",
      added("roles.^[primary==true]", core),
      "The external name of role cannot be read",
    ],
    [
      "an attribute that no SCIM user has",
      "job",
      added("titel", core),
      "A User has no attribute titel to map to. Did you mean title?",
    ],
    [
      "a whole complex attribute",
      "who",
      added("name", core),
      "The target attribute name has parts: map one of them.",
    ],
    [
      "a manager",
      "boss",
      added("manager", enterprise),
      "The attribute boss cannot be sent as manager, which has parts. Name one of them: externalName: manager.value.",
    ],
    [
      "a list as a text",
      "role",
      added("roles", core),
      "The attribute role is sent as roles, a list of values with parts, and its data type is string. Name one value, externalName: roles.^[primary==true].value, or set type: string array.",
    ],
    [
      "a list for one value",
      "title",
      added(undefined, undefined, "string array"),
      "The attribute title is sent as title, which does not hold the data type string array. Set type: string.",
    ],
    [
      "a text for a boolean",
      "isWork",
      added("emails.^[type=='work'].primary", core),
      "which does not hold the data type string. Set type: boolean.",
    ],
    ["what belongs to the account", "on", added("active", core, "boolean"), "cannot be sent as active"],
    [
      "the userName, whatever the namespace",
      "login",
      added("userName", custom),
      "The userName comes from applicationUsername",
    ],
    [
      "another place for a documented attribute",
      "email",
      added("mail", custom),
      "Every app has the attribute email",
    ],
  ])("%s", (_what, name, entry, sentence) => {
    expect(complaint(name, entry)).toContain(sentence);
  });
});

describe("two attributes are in one place", () => {
  const place = (externalName: string, type?: AddedAttribute["type"]) => {
    const attribute = appAttribute("x", added(externalName, core, type));
    if (attribute === undefined) throw new Error("it has a namespace");
    return attribute.path;
  };
  test.each<[one: string, other: string, same: boolean]>([
    ["title", "title", true],
    ["roles.^[primary==true].value", "roles.^[primary==true].value", true],
    ["roles", "roles.^[primary==true].value", true],
    ["roles.^[primary==true].value", "roles.^[type=='a'].value", false],
    ["roles.^[primary==true].value", "roles.^[primary==true].display", false],
    ["name.middleName", "name.honorificPrefix", false],
  ])("%s and %s: %s", (one, other, same) => {
    const typeOf = (name: string) => (name === "roles" ? "string array" : "string");
    expect(isSamePlace(place(one, typeOf(one)), place(other, typeOf(other)))).toBe(same);
  });
});
