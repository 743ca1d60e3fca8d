/** One line for one request to the local Astro. */

import type { ChalkInstance } from "chalk";
import type { ServedRequest } from "../../server/log/observation.ts";
import { decodedPath } from "../../ground/decoded-path.ts";
import { printable } from "../../ground/printable.ts";

/** `12:03:04  GET    /Users?filter=userName eq "ada@example.com"  200  1 ms`: decoded, so that it can be read. */
export function servedLine(served: ServedRequest, at: Date, paint: ChalkInstance): string {
  const time = at.toTimeString().slice(0, 8);
  const path = printable(decodedPath(served.url.replace(/^\/scim\/v2\/[^/?]+/, "")));
  const status = served.status ?? "cut";
  const isFine = typeof status === "number" && status < 400;
  const why = served.detail === undefined ? "" : `  ${printable(served.detail)}`;
  return `${paint.dim(time)}  ${served.method.padEnd(6)} ${path}  ${isFine ? paint.green(status) : paint.red(status)}  ${paint.dim(`${Math.round(served.durationMs)} ms`)}${why}`;
}
