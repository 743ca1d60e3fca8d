/** What the handlers of SCIM work with, without a server around it. */

import type { BehaviourChoice } from "../../src/astro/behaviour/table.ts";
import { ScimError } from "../../src/scim/error.ts";
import { Work } from "../../src/scim/work.ts";
import { resolveBehaviour } from "../../src/astro/behaviour/resolve.ts";
import type { ServerRequest, ServerResponse } from "../../src/server/api/message.ts";
import { createOperations } from "../../src/server/organization/operations.ts";
import type { QueryParameters } from "../../src/server/api/query.ts";
import { createCursors } from "../../src/server/scim/list/cursors.ts";
import type { Organization } from "../../src/server/scim/organization.ts";
import { routes } from "../../src/server/scim/routes.ts";
import { shortcuts } from "../../src/server/scim/shortcuts/shortcuts.ts";
import { MemoryRows } from "../../src/server/store/memory/memory-rows.ts";
import { systemWorld } from "../../src/world/system-world.ts";

/** Ids are `c1`, `c2`, …, and each instant is a second after the last one. */
export function organizationOf(choice: BehaviourChoice = {}): Organization & { readonly rows: MemoryRows } {
  let [made, asked] = [0, 0];
  const newId = (): string => `c${(made += 1)}`;
  const now = (): Date => new Date(Date.UTC(2026, 0, 31) + (asked += 1) * 1_000);
  const behaviour = resolveBehaviour(choice);
  const { yieldToOthers } = systemWorld().timers;
  const rows = new MemoryRows(now().getTime(), yieldToOthers);
  return {
    rows,
    operations: createOperations({
      rows,
      rules: behaviour,
      origin: { api: "scim", actor: { kind: "token", id: "token", name: "the token" } },
      now,
      newId,
    }),
    baseUrl: "http://localhost/scim/v2/o",
    behaviour,
    // Cursors that say when they were made are the same only at the same time.
    cursors: createCursors(new Uint8Array(32), () => new Date(0)),
    newId,
    yieldToOthers,
    maxBodyBytes: 1_000_000,
    revokeExpiredInvites: undefined,
    shortcuts,
  };
}

/** Carries a request out as the route of that path does; what it answers in pieces is put together. */
export async function ask(
  organization: Organization,
  method: string,
  route: string,
  parts: Partial<Pick<ServerRequest, "params" | "query" | "body">> = {},
): Promise<Pick<ServerResponse, "status" | "headers" | "text"> | { readonly error: string }> {
  const found = routes.find((one) => one.method === method && one.path === route);
  if (found === undefined) throw new Error(`there is no route ${method} ${route}`);
  const query: QueryParameters = [];
  const request = { method, params: {}, query, headers: {}, body: undefined, ...parts };
  try {
    const { pieces, ...answer } = await found.handler(organization, {
      ...request,
      work: new Work(),
      isAbandoned: () => false,
    });
    let text = answer.text ?? "";
    for await (const piece of pieces ?? []) text += piece;
    return { ...answer, text };
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return { error: error.message };
  }
}
