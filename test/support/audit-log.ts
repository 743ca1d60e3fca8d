/** The audit log of a local Astro, as a client reads it. */

import { gunzipSync } from "node:zlib";
import { request } from "undici";
import type { AstroServer } from "../../src/server/start.ts";

export interface AuditLogAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Of an error. */
  // Tests read what they expect to be there; what is not there fails the test.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly lines: readonly any[];
}

/** `query` as in `?startDate=2026-01-15T09:00:00Z`. */
export async function readAuditLog(
  { apiUrl, organizationId, token }: Pick<AstroServer, "apiUrl" | "organizationId" | "token">,
  query = "",
): Promise<AuditLogAnswer> {
  const url = `${apiUrl}/organizations/${organizationId}/audit-logs${query}`;
  const answer = await request(url, { headers: { authorization: `Bearer ${token}` } });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  const { statusCode: status, headers } = answer;
  if (status !== 200) return { status, headers, body: JSON.parse(bytes.toString()), lines: [] };
  const text = gunzipSync(bytes).toString();
  const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  return { status, headers, body: undefined, lines: lines.map((line) => JSON.parse(line)) };
}
