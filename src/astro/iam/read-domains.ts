/** The domains of an organization, by which people sign in. */

import { z } from "zod";
import type { Send } from "../../wire/exchange.ts";
import { expectIamJson, unexpectedForm } from "./judge.ts";
import { organizationPath } from "./requests.ts";
import type { IamListOptions } from "./read-list.ts";

/** A domain of the organization, with the status that Astro gives it: `VERIFIED` or `PENDING`. */
export interface DomainRecord {
  readonly name: string;
  readonly status: string;
}

const schema = z.object({
  managedDomains: z
    .array(z.object({ name: z.string().min(1), status: z.string() }))
    .nullable()
    .optional(),
});

/**
 * Undefined where the answer does not show them: the organization may have none, or the token may not see them (Astro API
 * overview: an answer may be a part, depending on the role).
 * @throws AppError as `expectIamJson`
 */
export async function readDomains(
  send: Send,
  { root, organizationId }: Pick<IamListOptions, "root" | "organizationId">,
): Promise<readonly DomainRecord[] | undefined> {
  const asked = { root, organizationId, request: `GET /organizations/${organizationId}` };
  const headers = { accept: "application/json" };
  const answer = await send({ method: "GET", path: organizationPath(organizationId), headers });
  const parsed = schema.safeParse(expectIamJson(answer, asked));
  if (!parsed.success) throw unexpectedForm(asked, "domains that Astro does not describe");
  return parsed.data.managedDomains ?? undefined;
}
