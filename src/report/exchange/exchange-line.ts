/** One line for one request that we sent: for `--verbose`. */

import type { ChalkInstance } from "chalk";
import { decodedPath } from "../../ground/decoded-path.ts";
import type { Exchange } from "../../wire/exchange.ts";
import { printable } from "../../ground/printable.ts";

/** `  GET /Users?filter=userName eq "ada@example.com"  200  3 ms`: decoded, so that it can be read. */
export function exchangeLine({ request, answer, durationMs }: Exchange, paint: ChalkInstance): string {
  const result =
    answer.kind === "response"
      ? (answer.status < 400 ? paint.green : paint.red)(answer.status)
      : paint.red(answer.reason);
  const path = printable(decodedPath(request.path));
  return paint.dim(`  ${request.method} ${path}  `) + result + paint.dim(`  ${Math.round(durationMs)} ms`);
}
