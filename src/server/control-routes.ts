/**
 * The control endpoint: `/_control/…` on the port of the local Astro, for the same token. It is ours and nothing of
 * SCIM's, so discovery does not announce it.
 */

import { AppError } from "../errors.ts";
import { parseFaults } from "../fault/parse-faults.ts";
import { maxSeed } from "../fault/seeded-random.ts";
import { isJsonArray, isJsonObject, type JsonObject } from "../json.ts";
import { ScimError } from "../scim/error.ts";
import type { Control } from "./control.ts";
import type { FaultStatus } from "./faults.ts";
import type { ServerRequest, ServerResponse } from "./message.ts";
import { exchangeJson } from "../wire/exchange-json.ts";
import type { RoutePath } from "./routes.ts";

export const controlPath = "/_control";

export interface ControlRoute extends RoutePath {
  /** @throws ScimError 400 for a body that is not understood */
  readonly handler: (request: ServerRequest) => Promise<ServerResponse>;
}

export function controlRoutes(control: Control): readonly ControlRoute[] {
  return [
    route("GET", "/faults", async () => ok(faultsJson(control))),
    route("PUT", "/faults", async ({ body }) => {
      setFaults(control, body);
      return ok(faultsJson(control));
    }),
    route("DELETE", "/faults", async () => {
      control.faults.clear();
      return { status: 204 };
    }),
    route("GET", "/requests", async () => ok({ requests: control.requests().map(exchangeJson) })),
    route("DELETE", "/requests", async () => {
      control.forgetRequests();
      return { status: 204 };
    }),
    route("GET", "/state", async () => ok({ ...(await control.state()) })),
    route("POST", "/reset", async () => {
      await control.reset();
      return { status: 204 };
    }),
  ];
}

function route(method: ControlRoute["method"], path: string, handler: ControlRoute["handler"]): ControlRoute {
  return { method, path: controlPath + path, handler };
}

function ok(body: object): ServerResponse {
  return {
    status: 200,
    headers: { "content-type": "application/json; charset=utf-8" },
    text: JSON.stringify({ schemaVersion: 1, ...body }),
  };
}

/** `{ "faults": [ … ], "seed": 7 }`; a fault is settings, or text as `--fault` takes it. */
function setFaults({ faults }: Control, body: unknown): void {
  const specs = isJsonObject(body) ? body["faults"] : undefined;
  if (!isJsonObject(body) || !isJsonArray(specs)) {
    throw new ScimError(
      400,
      'send { "faults": [ … ] }, each a text such as "status=429,rate=0.1", or settings',
    );
  }
  try {
    faults.replace(parseFaults(specs), seedOf(body));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new ScimError(400, [error.message, error.hint].join(" "));
  }
}

function seedOf({ seed }: JsonObject): { readonly seed?: number } {
  if (seed === undefined) return {};
  if (typeof seed === "number" && Number.isInteger(seed) && seed >= 0 && seed <= maxSeed) return { seed };
  throw new ScimError(400, `"seed" is a whole number from 0 to ${maxSeed}`);
}

function faultsJson({ faults }: Control): object {
  return { seed: faults.seed, faults: faults.list().map(faultJson) };
}

function faultJson({ settings, matched, struck, expiresAt, expired }: FaultStatus): object {
  return { settings, matched, struck, expiresAt: expiresAt?.toISOString() ?? null, expired };
}
