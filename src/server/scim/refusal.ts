/** What the organization refuses, as the protocol says it (RFC 7644 §3.12). */

import { ScimError } from "../../scim/error.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import type { Refusal } from "../organization/outcome.ts";
import type { OrganizationRules } from "../organization/rules.ts";

export function refusalError(
  type: ResourceType,
  id: string,
  refusal: Refusal,
  { lastOwner }: Pick<OrganizationRules, "lastOwner">,
): ScimError {
  switch (refusal.kind) {
    case "not-found":
      return new ScimError(404, `${type.name} ${id.slice(0, 100)} not found`);
    case "precondition-failed":
      return new ScimError(412, `the ${type.name} has changed since the version that If-Match names`);
    case "conflict":
      return new ScimError(
        "uniqueness",
        `another ${type.name} already has the ${refusal.attribute} ${refusal.value.slice(0, 100)}`,
      );
    case "unknown-member":
      return new ScimError("invalidValue", `members: User ${refusal.value.slice(0, 100)} not found`);
    case "nested-group":
      return new ScimError(
        "invalidValue",
        `members: ${refusal.value.slice(0, 100)} is a Group; nested groups are not supported`,
      );
    case "inactive-member":
      return new ScimError("invalidValue", `members: the User ${refusal.value.slice(0, 100)} is inactive`);
    case "unmanaged-team":
      return new ScimError(
        "uniqueness",
        "the Team was created in Astro; the identity provider does not manage it",
      );
    case "user-name-change":
      return new ScimError("mutability", "the userName of an account cannot be changed");
    case "last-owner":
      return new ScimError(
        lastOwner === "forbid" ? 403 : "mutability",
        "this is the last active Organization Owner; make another user an owner first",
      );
  }
}
