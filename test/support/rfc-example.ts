/** The JSON examples of the RFCs, kept in test/rfc/ by RFC and section. */

import { readFileSync } from "node:fs";
import type { JsonValue } from "../../src/ground/json.ts";

export function rfcExample(name: string): JsonValue {
  return JSON.parse(readFileSync(new URL(`../rfc/${name}.json`, import.meta.url), "utf8")) as JsonValue;
}
