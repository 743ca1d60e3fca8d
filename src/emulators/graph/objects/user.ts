/** A user as Microsoft Graph shows it. */

import type { DirectoryUser } from "../../../directory/directory.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { Company } from "../../company/company.ts";
import { isDeleted } from "../directory-view.ts";
import { propertiesOf } from "./user-properties.ts";

/** With every property. */
export function userObject(user: DirectoryUser, company: Company): JsonObject {
  const times = company.timesOf(user.objectId);
  return {
    ...propertiesOf(user),
    id: user.objectId,
    accountEnabled: user.status !== "blocked",
    createdDateTime: times === undefined ? null : graphTime(times.created),
    deletedDateTime: isDeleted(user) && times !== undefined ? graphTime(times.updated) : null,
  };
}

/** ISO 8601 without fractions of a second, as Graph writes most times. */
export function graphTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
