/** Four users that the filters, orders and projections of the tests tell apart. */

import type { JsonObject } from "../../src/ground/json.ts";
import { rfcExample } from "./rfc-example.ts";

const rfcUser = rfcExample("7643-8.3-enterprise-user") as JsonObject;

/** The user of RFC 7643 §8.3 under the name that the filters of RFC 7644 use; without the password, which no server keeps. */
export const bjensen: JsonObject = Object.fromEntries(
  Object.entries({ ...rfcUser, userName: "bjensen" }).filter(([name]) => name !== "password"),
);

export const jsmith: JsonObject = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  id: "c75ad752-64ae-4823-840d-ffa80929976c",
  userName: "jsmith",
  name: { givenName: "John", familyName: "O'Malley" },
  userType: "Intern",
  active: false,
  emails: [{ value: "jsmith@example.org", type: "home" }],
  ims: [{ value: "jsmith@foo.com", type: "xmpp" }],
  meta: {
    resourceType: "User",
    created: "2012-02-29T12:00:00.500Z",
    lastModified: "2012-02-29T12:00:00.500Z",
  },
};

/** Without any e-mail address. */
export const kate: JsonObject = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  id: "Kate-1",
  externalId: "00u1Kate",
  userName: "Kate",
  name: { familyName: "o'malley-Zoë" },
  userType: "Contractor",
  active: true,
  emails: [],
  meta: { resourceType: "User", created: "2010-01-01T00:00:00Z", lastModified: "2010-12-31T23:59:59Z" },
};

/** With a home address at example.com, a work address elsewhere, an empty title, and another time zone. */
export const jo: JsonObject = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  id: "jo-1",
  userName: "Jo",
  title: "",
  userType: "Employee",
  active: true,
  emails: [
    { value: "jo@elsewhere.net", type: "work" },
    { value: "Jo@Example.com", type: "home", primary: true },
    { value: "jo@nowhere.net" },
  ],
  meta: { resourceType: "User", created: "2011-01-01T00:00:00Z", lastModified: "2011-05-13T06:42:34+02:00" },
};

export const people: readonly JsonObject[] = [bjensen, jsmith, kate, jo];
