/** Which columns a table may have, and what their cells hold. */

/** `list`: items separated by semicolons, or a JSON list. `json`: a JSON object. */
export type CellKind = "text" | "boolean" | "list" | "json";

export interface Columns {
  readonly kinds: ReadonlyMap<string, CellKind>;
  /** A column that holds an object; `profile` also has `profile.NAME` for a text in it. */
  readonly open?: string;
  /** Of each of these, one column at least must be there. */
  readonly required: readonly (readonly string[])[];
}

/** A column as a header names it: a key of the entry, or a key within the open one. */
export interface Column {
  readonly key: string;
  readonly inside: string | undefined;
  readonly kind: CellKind;
}

/** Undefined where no column has that name. */
export function columnNamed(name: string, { kinds, open }: Columns): Column | undefined {
  const kind = kinds.get(name);
  if (kind !== undefined) return { key: name, inside: undefined, kind };
  if (open === undefined || !name.startsWith(`${open}.`)) return undefined;
  const inside = name.slice(open.length + 1);
  return inside === "" ? undefined : { key: open, inside, kind: "text" };
}
