/** A JSON Schema whose objects have no properties beyond those that are declared: what else there is, is a mistake. */

export interface Schema {
  readonly [keyword: string]: unknown;
}

export function withoutExtras<Value>(value: Value): Value {
  return closed(value) as Value;
}

function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, closed(inner)] as const);
  const copy = Object.fromEntries(entries);
  const isObject = typeof copy["properties"] === "object" && copy["type"] === "object";
  return isObject && !("additionalProperties" in copy) ? { ...copy, additionalProperties: false } : copy;
}
