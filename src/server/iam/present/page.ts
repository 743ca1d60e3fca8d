/** A page of a list (Astro API reference: the `…Paginated` objects). */

import type { ServerResponse } from "../../api/message.ts";
import type { PageRequest } from "../requests/page-request.ts";

export interface Page extends Pick<PageRequest, "limit" | "offset"> {
  readonly totalCount: number;
  /** The items as JSON text. */
  readonly items: readonly string[];
}

/** `name` is that of the array: `users`. */
export function pageAnswer(name: string, { limit, offset, totalCount, items }: Page): ServerResponse {
  const rest = `"limit":${limit},"offset":${offset},"totalCount":${totalCount}`;
  return { status: 200, text: `{"${name}":[${items.join(",")}],${rest}}` };
}
