/** A fixture read from its text and the texts of its tables, without a disk. */

import { openFixture } from "../../src/fixture/read.ts";
import type { Fixture } from "../../src/fixture/fixture.ts";
import { readCsv } from "../../src/tables/csv.ts";
import { readNdjson } from "../../src/tables/ndjson.ts";
import { outcomeOf } from "./table-outcome.ts";

/** `files` by the names that the fixture uses. */
export function readInFiles(text: string, files: Readonly<Record<string, string>>): Fixture {
  const opened = openFixture("f.yaml", text);
  const tables = opened.references.map(({ key, name, columns }) => {
    const source = { file: name, text: files[name] ?? "" };
    const { table, mistakes } = outcomeOf(
      name.endsWith(".csv") ? readCsv(source, columns) : readNdjson(source),
    );
    if (table === undefined) throw new Error(`${name}: ${mistakes?.join("\n")}`);
    return [key, table] as const;
  });
  return opened.read({ shipped: false }, new Map(tables));
}

type Entry = Readonly<Record<string, unknown>>;

export function asNdjson(entries: readonly Entry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
}

/** Texts as they are, everything else as JSON; texts within `profile` in columns of their own. */
export function asCsv(entries: readonly Entry[], separator = ","): string {
  const rows = entries.map((entry) => new Map(Object.entries(entry).flatMap(cellsOf)));
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const lines = [columns, ...rows.map((row) => columns.map((column) => row.get(column) ?? ""))];
  return lines.map((cells) => `${cells.map(quoted).join(separator)}\r\n`).join("");
}

function cellsOf([key, value]: readonly [string, unknown]): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[key, value]];
  if (key !== "profile" || typeof value !== "object" || value === null) return [[key, JSON.stringify(value)]];
  const inside = Object.entries(value);
  const texts = inside.flatMap(([name, text]) =>
    typeof text === "string" && text !== "" ? [[`profile.${name}`, text] as const] : [],
  );
  const others = inside.filter(([, one]) => typeof one !== "string" || one === "");
  return [...texts, ["profile", JSON.stringify(Object.fromEntries(others))]];
}
