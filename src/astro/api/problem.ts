/** Why a server refused, in its own words: SCIM's error body or that of Astro's APIs. */

import { z } from "zod";
import type { WireResponse } from "../../wire/exchange.ts";

/** RFC 7644 §3.12. */
const scimProblem = z.object({
  scimType: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
  status: z.union([z.string(), z.number()]),
});

/** Astro API reference, Error: every API of Astro answers so; whether its SCIM endpoint does is not documented. */
const astroProblem = z.object({
  message: z.string(),
  requestId: z.string().optional().catch(undefined),
});

const longestDetail = 300;

/**
 * One line for people, without a full stop: status, error type, detail, and the request id that Astronomer's support
 * asks for.
 * `409 uniqueness: userName is taken`, `404: Team not found (request clz9x…)`, `502`.
 */
export function describeProblem(response: WireResponse): string {
  const scim = scimProblem.safeParse(response.json);
  if (scim.success) {
    const { scimType, detail } = scim.data;
    return line(response.status, scimType, detail);
  }
  const astro = astroProblem.safeParse(response.json);
  if (!astro.success) return String(response.status);
  const { message, requestId } = astro.data;
  const suffix = requestId === undefined || requestId === "" ? "" : ` (request ${shortened(requestId)})`;
  return line(response.status, undefined, message) + suffix;
}

/** The reason alone, in the server's words, without a full stop; undefined where it gives none. */
export function reasonOf({ json }: WireResponse): string | undefined {
  const scim = scimProblem.safeParse(json);
  const reason = scim.success ? scim.data.detail : astroProblem.safeParse(json).data?.message;
  const plain = reason?.trim().replace(/\.$/, "");
  return plain === undefined || plain === "" ? undefined : shortened(plain);
}

/** True where the server speaks SCIM or Astro's own error form, and not a proxy's or a web page's. */
export function isKnownProblem(response: WireResponse): boolean {
  return scimProblem.safeParse(response.json).success || astroProblem.safeParse(response.json).success;
}

function line(status: number, scimType: string | undefined, detail: string | undefined): string {
  const head = scimType === undefined ? String(status) : `${status} ${shortened(scimType)}`;
  return detail === undefined || detail === "" ? head : `${head}: ${shortened(detail.replace(/\.$/, ""))}`;
}

function shortened(text: string): string {
  return text.length <= longestDetail ? text : `${text.slice(0, longestDetail)}…`;
}
