/** Comma-separated values as RFC 4180 has them, safe to open in a spreadsheet. */

import { printable } from "../../ground/text/printable.ts";
import type { Column } from "./table.ts";

/** A header line, then a line for each item; every line ends with CR LF (RFC 4180 §2). */
export function csvText<Item>(columns: readonly Column<Item>[], items: readonly Item[]): string {
  const lines = [
    columns.map(({ header }) => field(header)),
    ...items.map((item) => columns.map(({ cell }) => field(String(cell(item) ?? "")))),
  ];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

/**
 * What a spreadsheet would take for a formula gets an apostrophe before it (OWASP: CSV Injection): a user chooses the own
 * full name, and opening the file must not run it. Line breaks and other control characters are escaped.
 */
function field(text: string): string {
  const safe = printable(/^[\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r]/.test(text) ? `'${text}` : text);
  return /[",]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
