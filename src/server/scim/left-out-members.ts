/** In words for the log of requests: which members were sent and are not in the Team. */

import type { LeftOut } from "../organization/outcome.ts";
import type { ServerResponse } from "../api/message.ts";

/** Longer than any id of Astro. */
const longestId = 100;

/** `members: User x not found, left out`; nothing where everybody joined. */
export function leftOutDetail({ unknown, inactive }: LeftOut): Pick<ServerResponse, "detail"> {
  const parts = [part(unknown, "not found"), part(inactive, "inactive")].filter((one) => one !== undefined);
  return parts.length === 0 ? {} : { detail: `members: ${parts.join("; ")}` };
}

function part(ids: readonly string[], why: string): string | undefined {
  const [first, ...others] = ids;
  if (first === undefined) return undefined;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return `User ${first.slice(0, longestId)}${more} ${why}, left out`;
}
