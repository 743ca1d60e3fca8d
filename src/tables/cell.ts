/** What a cell of a CSV table holds, as a fixture would write it inline. */

import { isJsonArray, isJsonObject } from "../ground/json.ts";
import type { CellKind } from "./columns.ts";

/** A cell that cannot be read stays a text, which the checks of the entries then refuse. */
export function cellValue(cell: string, kind: CellKind): unknown {
  switch (kind) {
    case "text":
      return cell;
    case "boolean":
      return booleans.get(cell.toLowerCase()) ?? cell;
    case "list":
      return cell.startsWith("[") ? (jsonOf(cell, isJsonArray) ?? cell) : cell.split(";");
    case "json":
      return jsonOf(cell, isJsonObject) ?? cell;
  }
}

/** Spreadsheets write them in capital letters. */
const booleans: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);

function jsonOf<Kind>(text: string, isKind: (value: unknown) => value is Kind): Kind | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isKind(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
