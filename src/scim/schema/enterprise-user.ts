/** The enterprise extension of User (RFC 7643 §4.3). */

import { attribute, type Schema } from "./attribute.ts";
import { enterpriseUserSchemaUrn } from "../urn.ts";

export const enterpriseUserSchema: Schema = {
  id: enterpriseUserSchemaUrn,
  name: "EnterpriseUser",
  description: "Enterprise User",
  attributes: [
    attribute("employeeNumber", "Number given to a person by the organization."),
    attribute("costCenter", "Name of a cost center."),
    attribute("organization", "Name of an organization."),
    attribute("division", "Name of a division."),
    attribute("department", "Name of a department."),
    attribute("manager", "The user's manager.", {
      type: "complex",
      subAttributes: [
        attribute("value", "Identifier of the manager's User resource.", { caseExact: true }),
        attribute("$ref", "URI of the manager's User resource.", {
          type: "reference",
          caseExact: true,
          referenceTypes: ["User"],
        }),
        attribute("displayName", "Name of the manager.", { mutability: "readOnly" }),
      ],
    }),
  ],
};
