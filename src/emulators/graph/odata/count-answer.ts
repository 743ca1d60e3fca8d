/** `$count` as a segment of the path. */

import type { EmulatedAnswer } from "../../http/emulated-api.ts";
import { unsupportedQuery } from "../graph-error.ts";
import type { GraphRequest } from "../graph-route.ts";

/** A bare number; only the advanced engine counts. */
export function countOf({ headers }: GraphRequest, count: number): EmulatedAnswer {
  if (headers["consistencylevel"]?.toLowerCase() !== "eventual") {
    throw unsupportedQuery("$count is not currently supported.");
  }
  return { status: 200, headers: { "content-type": "text/plain" }, body: count };
}
