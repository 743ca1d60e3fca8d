/** Records whose keys are known to the type checker. */

/** A record of these entries; the names are as tight as the entries say. */
export function recordOf<Name extends string, Value>(
  entries: readonly (readonly [name: Name, value: Value])[],
): Readonly<Record<Name, Value>> {
  const record = Object.fromEntries(entries);
  if (hasAll(record, entries)) return record;
  throw new TypeError("a record has what it was made of");
}

function hasAll<Name extends string, Value>(
  record: Readonly<Record<string, Value>>,
  entries: readonly (readonly [name: Name, value: Value])[],
): record is Readonly<Record<Name, Value>> {
  return entries.every(([name]) => Object.hasOwn(record, name));
}
