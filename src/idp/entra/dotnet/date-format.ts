/** .NET's custom and standard date and time format strings, written with the invariant culture. */

import { dayNames, monthNames } from "../../calendar-names.ts";
import { calendarOf, type Calendar, type DateTime } from "./date-time.ts";
import { DotnetError } from "./dotnet-error.ts";

const fieldLetters = ["d", "f", "F", "g", "h", "H", "K", "m", "M", "s", "t", "y", "z"] as const;
export type FieldLetter = (typeof fieldLetters)[number];

export type FormatToken =
  | { readonly kind: "field"; readonly letter: FieldLetter; readonly count: number }
  /** One character that stands for itself. */
  | { readonly kind: "literal"; readonly text: string };

/** What a single letter stands for (.NET: Standard date and time format strings, invariant culture). */
const standardFormats: ReadonlyMap<string, string> = new Map([
  ["d", "MM/dd/yyyy"],
  ["D", "dddd, dd MMMM yyyy"],
  ["f", "dddd, dd MMMM yyyy HH:mm"],
  ["F", "dddd, dd MMMM yyyy HH:mm:ss"],
  ["g", "MM/dd/yyyy HH:mm"],
  ["G", "MM/dd/yyyy HH:mm:ss"],
  ["m", "MMMM dd"],
  ["M", "MMMM dd"],
  ["o", "yyyy-MM-dd'T'HH:mm:ss.fffffffK"],
  ["O", "yyyy-MM-dd'T'HH:mm:ss.fffffffK"],
  ["r", "ddd, dd MMM yyyy HH:mm:ss 'GMT'"],
  ["R", "ddd, dd MMM yyyy HH:mm:ss 'GMT'"],
  ["s", "yyyy-MM-dd'T'HH:mm:ss"],
  ["t", "HH:mm"],
  ["T", "HH:mm:ss"],
  ["u", "yyyy-MM-dd HH:mm:ss'Z'"],
  ["U", "dddd, dd MMMM yyyy HH:mm:ss"],
  ["y", "yyyy MMMM"],
  ["Y", "yyyy MMMM"],
]);

/**
 * The parts of a format: runs of a specifier, and characters that stand for themselves, be it because no specifier
 * is written like them, behind a backslash, or in quotes. A format of one letter is a standard one.
 * @throws DotnetError for a standard format that .NET has not, and for a quote that is not closed
 */
export function formatTokens(format: string): readonly FormatToken[] {
  const custom = format.length === 1 ? standardFormats.get(format) : format;
  if (custom === undefined || custom === "") throw new DotnetError(`"${format}" is not a date format.`);
  const pieces = custom.match(/'[^']*'|"[^"]*"|\\[^]|[%K]|([dfFghHmMstyz])\1*|[^]/gu) ?? [];
  return pieces.flatMap((piece) => tokensOf(piece, format));
}

function tokensOf(piece: string, format: string): readonly FormatToken[] {
  const letter = fieldLetters.find((one) => one === piece.charAt(0));
  if (letter !== undefined) {
    const isFraction = letter === "f" || letter === "F";
    if (isFraction && piece.length > 7) throw new DotnetError(`"${format}" has more than seven ${letter}.`);
    return [{ kind: "field", letter, count: piece.length }];
  }
  if (piece === "%") return [];
  if (piece === "\\" || piece === "'" || piece === '"') {
    throw new DotnetError(`"${format}" ends inside quotes or after a backslash.`);
  }
  const isQuoted = piece.length > 1 && (piece.startsWith("'") || piece.startsWith('"'));
  const text = isQuoted ? piece.slice(1, -1) : piece.replace("\\", "");
  return Array.from(text, (one) => ({ kind: "literal", text: one }));
}

/**
 * Writes a date (.NET: DateTime.ToString with the invariant culture).
 * @throws DotnetError for text that is not a format
 */
export function formatDateTime(date: DateTime, format: string): string {
  const calendar = calendarOf(date);
  let text = "";
  for (const token of formatTokens(format)) {
    if (token.kind === "literal") {
      text += token.text;
      continue;
    }
    const field = token.letter === "K" ? kindSuffix(date) : writeField(calendar, token);
    // A point in front of a fraction that is nothing is not written.
    text = field === "" && token.letter === "F" && text.endsWith(".") ? text.slice(0, -1) : text + field;
  }
  return text;
}

function kindSuffix({ kind }: DateTime): string {
  if (kind === "utc") return "Z";
  return kind === "local" ? "+00:00" : "";
}

type FieldToken = FormatToken & { readonly kind: "field" };

const writers: Readonly<Record<Exclude<FieldLetter, "K">, (date: Calendar, count: number) => string>> = {
  d: ({ day, weekday }, count) => named(count, day, dayNames[weekday]),
  M: ({ month }, count) => named(count, month, monthNames[month - 1]),
  f: ({ fraction }, count) => pad(fraction, 7).slice(0, count),
  F: ({ fraction }, count) => pad(fraction, 7).slice(0, count).replace(/0+$/, ""),
  g: () => "A.D.",
  h: ({ hour }, count) => pad(hour % 12 === 0 ? 12 : hour % 12, Math.min(count, 2)),
  H: ({ hour }, count) => pad(hour, Math.min(count, 2)),
  m: ({ minute }, count) => pad(minute, Math.min(count, 2)),
  s: ({ second }, count) => pad(second, Math.min(count, 2)),
  t: ({ hour }, count) => (hour < 12 ? "AM" : "PM").slice(0, count),
  y: ({ year }, count) => pad(count <= 2 ? year % 100 : year, count),
  z: (_, count) => ["+0", "+00"][count - 1] ?? "+00:00",
};

function writeField(calendar: Calendar, { letter, count }: FieldToken): string {
  return letter === "K" ? "" : writers[letter](calendar, count);
}

function named(count: number, value: number, name = ""): string {
  if (count <= 2) return pad(value, count);
  return count === 3 ? name.slice(0, 3) : name;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, "0");
}
