/** The User resource type (RFC 7643 §4.1). */

import { attribute, type ResourceType, type Schema } from "./attribute.ts";
import { commonAttributes, plural } from "./common.ts";
import { enterpriseUserSchema } from "./enterprise-user.ts";
import { userSchemaUrn } from "../urn.ts";

const nameParts = attribute("name", "The parts of the user's name.", {
  type: "complex",
  subAttributes: [
    attribute("formatted", "The full name, ready for display."),
    attribute("familyName", "Family name, or last name."),
    attribute("givenName", "Given name, or first name."),
    attribute("middleName", "Middle name or names."),
    attribute("honorificPrefix", "Honorific prefix, such as Dr."),
    attribute("honorificSuffix", "Honorific suffix, such as III."),
  ],
});

const addresses = attribute("addresses", "Postal addresses.", {
  type: "complex",
  multiValued: true,
  subAttributes: [
    attribute("formatted", "The full address, ready for display."),
    attribute("streetAddress", "Street, house number, P.O. box."),
    attribute("locality", "City."),
    attribute("region", "State or region."),
    attribute("postalCode", "Postal code."),
    attribute("country", "Country, ISO 3166-1 alpha-2."),
    attribute("type", "What kind of address this is.", { canonicalValues: ["work", "home", "other"] }),
    attribute("primary", "Whether this is the preferred address; at most one is.", { type: "boolean" }),
  ],
});

const groups = attribute(
  "groups",
  "The groups that the user belongs to; read-only, derived from their members.",
  {
    type: "complex",
    multiValued: true,
    mutability: "readOnly",
    subAttributes: [
      attribute("value", "Identifier of the group.", { caseExact: true, mutability: "readOnly" }),
      attribute("$ref", "URI of the group.", {
        type: "reference",
        caseExact: true,
        mutability: "readOnly",
        referenceTypes: ["Group"],
      }),
      attribute("display", "Name of the group.", { mutability: "readOnly" }),
      attribute("type", "How the user belongs to it.", {
        mutability: "readOnly",
        canonicalValues: ["direct", "indirect"],
      }),
    ],
  },
);

export const userSchema: Schema = {
  id: userSchemaUrn,
  name: "User",
  description: "User Account",
  attributes: [
    attribute("userName", "The name by which the user signs in; in Astro, an e-mail address.", {
      required: true,
      uniqueness: "server",
    }),
    nameParts,
    attribute("displayName", "The name of the user, for display."),
    attribute("nickName", "The casual name of the user."),
    attribute("profileUrl", "URI of the user's profile page.", {
      type: "reference",
      caseExact: true,
      referenceTypes: ["external"],
    }),
    attribute("title", "The user's title, such as Vice President."),
    attribute("userType", "The relation between organization and user."),
    attribute("preferredLanguage", "Preferred languages, as in Accept-Language."),
    attribute("locale", "Locale for dates, numbers and currency."),
    attribute("timezone", "Time zone in the form of the IANA database."),
    attribute("active", "Whether the account is active.", { type: "boolean" }),
    attribute("password", "Accepted, but never stored or returned.", {
      caseExact: true,
      mutability: "writeOnly",
      returned: "never",
    }),
    plural("emails", "E-mail addresses.", ["work", "home", "other"]),
    plural("phoneNumbers", "Telephone numbers.", ["work", "home", "mobile", "fax", "pager", "other"]),
    plural("ims", "Instant messaging addresses.", [
      "aim",
      "gtalk",
      "icq",
      "xmpp",
      "msn",
      "skype",
      "qq",
      "yahoo",
    ]),
    plural("photos", "URIs of pictures of the user.", ["photo", "thumbnail"], {
      type: "reference",
      caseExact: true,
      referenceTypes: ["external"],
    }),
    addresses,
    groups,
    plural("entitlements", "Entitlements of the user.", []),
    plural("roles", "Roles of the user, as the provider names them.", []),
    plural("x509Certificates", "Certificates issued to the user.", [], { type: "binary", caseExact: true }),
  ],
};

export const userResourceType: ResourceType = {
  name: "User",
  endpoint: "/Users",
  description: "User Account",
  schema: userSchema,
  extensions: [enterpriseUserSchema],
  commonAttributes,
};
