/** Entra's memory as JSON, and back. */

import { AppError } from "../../errors.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import type { EntraMemory } from "./memory.ts";

export function writeEntraMemory(_memory: EntraMemory): JsonObject {
  throw new AppError("usage", "Microsoft Entra ID is not simulated yet.");
}

export function readEntraMemory(_value: JsonValue): EntraMemory {
  throw new AppError("usage", "Microsoft Entra ID is not simulated yet.");
}
