/** What a restart resets (Microsoft Graph: synchronizationJobRestartCriteria). */

import * as z from "zod";
import type { ConsoleAction, EntraReset } from "../../../directory/action.ts";
import { badRequest } from "../graph-error.ts";

const scopes = [
  "None",
  "ConnectorDataStore",
  "Escrows",
  "Watermark",
  "QuarantineState",
  "Full",
  "ForceDeletes",
] as const;
type Scope = (typeof scopes)[number];

const restartBody = z.looseObject({
  criteria: z.looseObject({ resetScope: z.string().nullish() }).nullish(),
});

/** What the portal's button "Restart provisioning" resets. */
const portal: readonly Scope[] = ["QuarantineState", "Watermark", "Escrows"];

/** @throws GraphError 400 for a scope that there is not */
export function resetScopes(body: unknown): ReadonlySet<Scope> {
  const read = restartBody.safeParse(body ?? {});
  if (!read.success) throw badRequest("The criteria must have a resetScope.");
  const names = (read.data.criteria?.resetScope ?? "").split(",").map((name) => name.trim());
  const named = names.filter((name) => name !== "").map(scopeNamed);
  return new Set(named.length === 0 ? portal : named);
}

function scopeNamed(name: string): Scope {
  const scope = scopes.find((one) => one.toLowerCase() === name.toLowerCase());
  if (scope === undefined) throw badRequest(`Requested value '${name}' was not found.`);
  return scope;
}

/** What each scope stands for; `ConnectorDataStore` is for Microsoft's support, and `ForceDeletes` resets nothing. */
const resetsOf: Readonly<Record<Scope, readonly EntraReset[]>> = {
  None: [],
  ConnectorDataStore: [],
  Escrows: ["escrows"],
  Watermark: ["watermark"],
  QuarantineState: ["quarantine"],
  Full: ["watermark", "escrows", "quarantine", "links"],
  ForceDeletes: [],
};

/** What is pressed in the console for it. */
export function restartActions(chosen: ReadonlySet<Scope>): readonly ConsoleAction[] {
  const resets = [...new Set([...chosen].flatMap((scope) => resetsOf[scope]))];
  return [
    { kind: "restart-provisioning", resets },
    ...(chosen.has("ForceDeletes") ? [{ kind: "allow-deletes" } as const] : []),
  ];
}
