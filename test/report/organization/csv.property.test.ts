/** CSV as RFC 4180 has it, which no spreadsheet takes for a formula. */

import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { printable } from "../../../src/ground/text/printable.ts";
import { csvText } from "../../../src/report/organization/csv.ts";

const columns = [
  { header: "a", cell: (row: readonly string[]) => row[0] },
  { header: "b", cell: (row: readonly string[]) => row[1] },
];
const texts = fc.array(
  fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("=1+1", "+1", "-1", "@x", "\t=1", '"', ",", " x ", "\r\n"),
  ),
  { minLength: 2, maxLength: 2 },
);

describe("csvText", () => {
  test("a reader gets every cell back, control characters escaped and formulas disarmed", () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 4 }), (rows) => {
        const text = csvText(columns, rows);
        const { data, errors } = Papa.parse<string[]>(text, { newline: "\r\n", skipEmptyLines: false });
        expect(errors.filter(({ code }) => code !== "UndetectableDelimiter")).toEqual([]);
        const [header, ...read] = data.slice(0, -1);
        expect(header).toEqual(["a", "b"]);
        expect(read.map((row) => row.map((cell) => cell.replace(/^'/, "")))).toEqual(
          rows.map((row) => row.map((cell) => printable(cell).replace(/^'/, ""))),
        );
      }),
    );
  });

  test("no cell begins as a formula does", () => {
    fc.assert(
      fc.property(texts, (row) => {
        const { data } = Papa.parse<string[]>(csvText(columns, [row]), { newline: "\r\n" });
        for (const cell of data[1] ?? []) expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/);
      }),
    );
  });

  test("every line ends with CR LF, and holds no other control character", () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 4 }), (rows) => {
        const lines = csvText(columns, rows).split("\r\n");
        expect(lines.length).toBe(rows.length + 2);
        expect(lines.filter((line) => /[\p{Cc}]/u.test(line))).toEqual([]);
      }),
    );
  });
});
