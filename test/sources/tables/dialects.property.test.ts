/** What holds for any company in files: however they are written they read the same, and a part never passes for the whole. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "../../../src/ground/errors.ts";
import { toTheEnd } from "../../../src/ground/to-the-end.ts";
import { decode } from "../../../src/sources/tables/decode.ts";
import { directoryFromTables } from "../../../src/sources/tables/directory.ts";
import type { TableFormat } from "../../../src/sources/tables/table-spec.ts";
import { plainDirectory } from "../../support/directory-in-files.ts";

interface File {
  readonly file: string;
  readonly format: TableFormat;
  readonly bytes: Buffer;
}

/** As the program reads the bytes of files. */
function directoryIn(files: readonly File[]) {
  const texts = files.map(({ bytes, ...file }) => {
    const decoded = decode(file.file, bytes);
    if (decoded.kind !== "text") throw new AppError("source-incomplete", decoded.message);
    return { ...file, text: decoded.text };
  });
  return plainDirectory(toTheEnd(directoryFromTables(texts, {})));
}

const word = fc.string({
  unit: fc.constantFrom(...Array.from("aZé漢😀 ,;\"'\t\n=")),
  minLength: 1,
  maxLength: 8,
});
const person = fc.record({ firstName: word, lastName: word }, { requiredKeys: [] });
const company = fc.record({
  people: fc.array(person, { minLength: 1, maxLength: 5 }),
  groups: fc.array(word, { minLength: 1, maxLength: 3 }),
  pairs: fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 1, maxLength: 6 }),
});
type Company = typeof company extends fc.Arbitrary<infer Value> ? Value : never;

type Row = Readonly<Record<string, string>>;

function tablesOf({ people, groups, pairs }: Company): Readonly<Record<string, readonly Row[]>> {
  const emails = people.map((_, at) => `p${at}@example.com`);
  const names = groups.map((name, at) => `${at}${name}.`);
  return {
    people: people.map((one, at) => ({ email: emails[at] ?? "", firstName: "", lastName: "", ...one })),
    groups: names.map((name) => ({ name, push: "true" })),
    memberships: pairs.map(([group, user]) => ({
      group: names[group % names.length] ?? "",
      user: emails[user % emails.length] ?? "",
    })),
  };
}

const dialect = fc.record({
  separator: fc.constantFrom(",", ";", "\t"),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  quotes: fc.constantFrom("where needed", "everywhere"),
  encoding: fc.constantFrom(
    "utf8",
    "utf8 with mark",
    "utf16le",
    "utf16le with mark",
    "utf16be with mark",
    "utf16be",
  ),
});
type Dialect = typeof dialect extends fc.Arbitrary<infer Value> ? Value : never;

function asCsv(rows: readonly Row[], { separator, lineEnd, quotes, encoding }: Dialect): Buffer {
  const written = (cell: string): string =>
    quotes === "everywhere" || /["\n\r,;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
  const text = lines.map((cells) => cells.map(written).join(separator) + lineEnd).join("");
  return encoded(text, encoding);
}

function encoded(text: string, encoding: Dialect["encoding"]): Buffer {
  const whole = encoding.endsWith("with mark") ? `\uFEFF${text}` : text;
  if (encoding.startsWith("utf8")) return Buffer.from(whole, "utf8");
  const little = Buffer.from(whole, "utf16le");
  return encoding.startsWith("utf16be") ? little.swap16() : little;
}

function filesOf(one: Company, written: Dialect): readonly File[] {
  return Object.entries(tablesOf(one)).map(([name, rows]) => ({
    file: `${name}.csv`,
    format: "csv",
    bytes: asCsv(rows, written),
  }));
}

function asNdjson(one: Company): readonly File[] {
  const entry = (row: Row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([key, value]) =>
        value === "" ? [] : [[key, key === "push" ? value === "true" : value]],
      ),
    );
  return Object.entries(tablesOf(one)).map(([name, rows]) => ({
    file: `${name}.ndjson`,
    format: "ndjson",
    bytes: Buffer.from(rows.map((row) => `${JSON.stringify(entry(row))}\n`).join("")),
  }));
}

test("any company is the same directory in every dialect of CSV, and in NDJSON", () => {
  fc.assert(
    fc.property(company, dialect, (one, written) => {
      const { notCompared, ...read } = directoryIn(filesOf(one, written));
      // A column without a value is there; a key that nobody has is not.
      expect(notCompared).toEqual(["displayName", "profileUrl"]);
      expect(directoryIn(asNdjson(one))).toMatchObject(read);
    }),
  );
});

const cut = fc.record({
  one: company,
  written: dialect,
  file: fc.nat(2),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
});

test("a file that is cut off anywhere is refused, or says the same; only a cut between two rows cannot be seen", () => {
  fc.assert(
    fc.property(cut, ({ one, written, file, at }) => {
      const files = filesOf(one, written);
      const whole = directoryIn(files);
      const shorter = files.map((each, index) => {
        if (index !== file) return each;
        return { ...each, bytes: each.bytes.subarray(0, Math.floor(each.bytes.length * at)) };
      });
      const read = orRefusal(() => directoryIn(shorter));
      if (typeof read === "string" || isEqual(read, whole)) return;
      expect(isBetweenRows(shorter[file]?.bytes, tablesOf(one), { file, written })).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test("NDJSON that is cut off within a line is refused", () => {
  fc.assert(
    fc.property(company, fc.nat(2), fc.nat(10_000), (one, file, at) => {
      const files = asNdjson(one);
      const bytes = files[file]?.bytes ?? Buffer.alloc(0);
      const kept = bytes.subarray(0, at % bytes.length);
      const read = orRefusal(() =>
        directoryIn(files.map((each, index) => (index === file ? { ...each, bytes: kept } : each))),
      );
      const ends = kept.length === 0 || kept.toString().endsWith("}") || kept.toString().endsWith("\n");
      expect(typeof read === "string" || ends).toBe(true);
    }),
  );
});

function orRefusal<Value>(read: () => Value): Value | string {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.message;
  }
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether the bytes are the first rows of the table, whole; the last line break may lack its second half. */
function isBetweenRows(
  bytes: Buffer | undefined,
  tables: ReturnType<typeof tablesOf>,
  { file, written }: { readonly file: number; readonly written: Dialect },
): boolean {
  const rows = Object.values(tables)[file] ?? [];
  const half = written.lineEnd === "\n" ? [] : [{ ...written, lineEnd: "\r" as never }];
  return rows.some((_, count) =>
    [written, ...half].some((way) => {
      const first = asCsv(rows.slice(0, count), written);
      const last = count === 0 ? Buffer.alloc(0) : first;
      return bytes !== undefined && (bytes.equals(last) || endsHalf(bytes, first, way));
    }),
  );
}

function endsHalf(bytes: Buffer, whole: Buffer, { encoding }: Dialect): boolean {
  const character = encoding.startsWith("utf8") ? 1 : 2;
  return whole.length - bytes.length === character && bytes.equals(whole.subarray(0, bytes.length));
}
