/** Values of an app profile that somebody entered by hand: a new assignment does not have them. */

import type { ManagementApi } from "../../../management/management-api.ts";
import { findAppProfile } from "../../../management/okta/app-users.ts";
import { listMappingsTo } from "../../../management/okta/profile-mappings.ts";

const longestValue = 60;

/** Reads the mappings once. @throws AppError where Okta cannot be read */
export function profileLostBy(
  api: ManagementApi,
  appId: string,
): (userId: string) => Promise<readonly string[]> {
  let mapped: Promise<ReadonlySet<string>> | undefined;
  return async (userId) => {
    mapped ??= readMapped(api, appId);
    return unmappedValues(await findAppProfile(api, appId, userId), await mapped);
  };
}

async function readMapped(api: ManagementApi, appId: string): Promise<ReadonlySet<string>> {
  const mappings = await listMappingsTo(api, appId);
  return new Set(mappings.flatMap(({ properties }) => Object.keys(properties)));
}

/** `costCenter "4711"`, in the order of the names; Okta gives the userName by itself. */
export function unmappedValues(
  profile: Readonly<Record<string, unknown>>,
  mapped: ReadonlySet<string>,
): readonly string[] {
  return Object.entries(profile)
    .filter(([name, value]) => value !== null && value !== "" && name !== "userName" && !mapped.has(name))
    .map(([name, value]) => `${name} ${shortened(JSON.stringify(value))}`)
    .toSorted();
}

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length <= longestValue ? text : `${characters.slice(0, longestValue).join("")}…`;
}
