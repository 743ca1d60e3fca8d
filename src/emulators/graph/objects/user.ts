/** A user as Microsoft Graph shows it. */

import type { DirectoryUser } from "../../../directory/directory.ts";
import type { JsonValue } from "../../../ground/json.ts";
import type { Company } from "../../company/company.ts";
import { isDeleted } from "../directory-view.ts";
import { propertyOf } from "./user-properties.ts";

/** One property; null where the user has none. */
export function userValue(user: DirectoryUser, company: Company, name: string): JsonValue {
  switch (name) {
    case "id":
      return user.objectId;
    case "accountEnabled":
      return user.status !== "blocked";
    case "createdDateTime":
      return timeOf(company.timesOf(user.objectId)?.created);
    case "deletedDateTime":
      return isDeleted(user) ? timeOf(company.timesOf(user.objectId)?.updated) : null;
    default:
      return propertyOf(user, name);
  }
}

function timeOf(date: Date | undefined): string | null {
  return date === undefined ? null : graphTime(date);
}

/** ISO 8601 without fractions of a second, as Graph writes most times. */
export function graphTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
