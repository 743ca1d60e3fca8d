/** An Entra whose requests to a tiny SCIM server are looked at, one after another. */

import type { EntraAppSettings, EntraMapping } from "../../src/directory/entra-app-settings.ts";
import { documentedEntraSettings } from "../../src/directory/entra-app-settings.ts";
import type { Directory } from "../../src/directory/directory.ts";
import { resolveEntraFidelity, type GivenFidelity } from "../../src/fidelity/resolve.ts";
import type { JsonValue } from "../../src/ground/json.ts";
import type { RunSummary } from "../../src/idp/run/events.ts";
import type { WireRequest } from "../../src/wire/exchange.ts";
import { probes, rehearseEntra, type EntraRehearsal } from "./entra-rehearsal.ts";
import { tinyScim, type TinyScim, type TinyScimOptions } from "./tiny-scim.ts";

export interface WatchedEntra {
  readonly entra: EntraRehearsal;
  readonly server: TinyScim;
  /** The lines since the last look, probes apart: `GET /Users/u1`. */
  readonly sent: () => readonly string[];
  /** The bodies since the last look. */
  readonly bodies: () => readonly JsonValue[];
}

export interface WatchOptions extends TinyScimOptions {
  readonly settings?: Partial<EntraAppSettings>;
  readonly given?: GivenFidelity;
}

export function watchEntra(
  directory: Directory,
  { settings = {}, given = {}, ...options }: WatchOptions = {},
): WatchedEntra {
  const requests: WireRequest[] = [];
  const server = tinyScim(options);
  const entra = rehearseEntra(
    directory,
    (request) => {
      requests.push(request);
      return server.send(request);
    },
    { fidelity: resolveEntraFidelity(given), ...settings },
  );
  const all = (): readonly WireRequest[] => requests.splice(0);
  return {
    entra,
    server,
    sent: () =>
      all()
        .map(({ method, path }) => `${method} ${path}`)
        .filter((line) => !probes.includes(line)),
    bodies: () => all().flatMap(({ body }) => body ?? []),
  };
}

/** `ada@example.com created`, or the code of a failure, or why nothing was sent. */
export function outcomesOf({ reports }: RunSummary): readonly string[] {
  return reports.map(({ subject, outcome }) => {
    switch (outcome.kind) {
      case "done":
        return `${subject.name} ${outcome.did}`;
      case "failed":
        return `${subject.name} ${outcome.failure.code ?? "failed"}`;
      case "nothing-sent":
        return `${subject.name}: ${outcome.why}`;
      case "interrupted":
        return `${subject.name} interrupted`;
    }
  });
}

/** The body of a PATCH. */
export function patchOf(...operations: readonly JsonValue[]): JsonValue {
  return { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations };
}

/** The documented mappings of users, with these rows in the place of those of the same target, or behind them. */
export function mappedUsers(...rows: readonly EntraMapping[]): Pick<EntraAppSettings, "users"> {
  const { users } = documentedEntraSettings;
  const targets = new Set(rows.map(({ target }) => target));
  return {
    users: { ...users, mappings: [...users.mappings.filter(({ target }) => !targets.has(target)), ...rows] },
  };
}

export function directRow(target: string, attribute: string, more: Partial<EntraMapping> = {}): EntraMapping {
  return { target, source: { kind: "direct", attribute }, applies: "always", ...more };
}

export function expressionRow(target: string, text: string): EntraMapping {
  return { target, source: { kind: "expression", text }, applies: "always" };
}
