/** The requests to the control endpoint: faults, the last requests, what is held, and back to the start. */

import { AppError } from "../../ground/errors.ts";
import { parseFaults } from "../../fault/parse-faults.ts";
import { maxSeed } from "../../fault/seeded-random.ts";
import { isJsonArray, isJsonObject, type JsonObject } from "../../ground/json.ts";
import { ScimError } from "../../scim/error.ts";
import { exchangeJson } from "../../wire/exchange-json.ts";
import type { Route } from "../api/api.ts";
import type { FaultStatus } from "../faults/faults.ts";
import type { ServerResponse } from "../api/message.ts";
import type { Control } from "./control.ts";

export const controlRoutes: readonly Route<Control>[] = [
  { method: "GET", path: "/faults", handler: async (control) => ok(faultsJson(control)) },
  {
    method: "PUT",
    path: "/faults",
    handler: async (control, { body }) => {
      setFaults(control, body);
      return ok(faultsJson(control));
    },
  },
  {
    method: "DELETE",
    path: "/faults",
    handler: async (control) => {
      control.faults.clear();
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: "/requests",
    handler: async (control) => ok({ requests: control.requests().map(exchangeJson) }),
  },
  {
    method: "DELETE",
    path: "/requests",
    handler: async (control) => {
      control.forgetRequests();
      return { status: 204 };
    },
  },
  { method: "GET", path: "/state", handler: async (control) => ok({ ...(await control.state()) }) },
  {
    method: "POST",
    path: "/reset",
    handler: async (control) => {
      await control.reset();
      return { status: 204 };
    },
  },
];

function ok(body: object): ServerResponse {
  return {
    status: 200,
    text: JSON.stringify({ schemaVersion: 1, ...body }),
  };
}

/** `{ "faults": [ … ], "seed": 7 }`; a fault is settings, or text as `--fault` takes it. */
function setFaults({ faults }: Control, body: unknown): void {
  const specs = isJsonObject(body) ? body["faults"] : undefined;
  if (!isJsonObject(body) || !isJsonArray(specs)) {
    throw new ScimError(
      400,
      'send { "faults": [ … ] }, each a string such as "status=429,rate=0.1" or an object',
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
  throw new ScimError(400, `"seed" must be a whole number from 0 to ${maxSeed}`);
}

function faultsJson({ faults }: Control): object {
  return { seed: faults.seed, faults: faults.list().map(faultJson) };
}

function faultJson({ settings, matched, struck, expiresAt, expired }: FaultStatus): object {
  return { settings, matched, struck, expiresAt: expiresAt?.toISOString() ?? null, expired };
}
