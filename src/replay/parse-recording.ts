/** From the text of a recording to its entries, or to what is wrong with it and where. */

import type { z } from "zod";
import { AppError } from "../ground/errors.ts";
import type { JsonValue } from "../ground/json.ts";
import { maxJsonNesting, parseJsonText } from "../wire/parse-json-text.ts";
import { harEntries, harFile } from "./har-file.ts";
import { jsonFaultAt } from "./json-fault.ts";
import { mendArchive, mendLines } from "./mend-cut.ts";
import type { RecordedEntry, RecordedFile } from "./recorded-entry.ts";
import { entryOfLine, traceLine } from "./trace-lines.ts";

const formHint = "A recording is a HAR file or an NDJSON file written by --trace.";

/**
 * An HTTP Archive, or the NDJSON of `--trace`: what the text begins with decides. `file` is its name, for messages. Of one
 * that ends within its last entry, as a program that is killed may leave it, the entries before are read.
 * @throws AppError invalid-file, with the place
 */
export function parseRecording(file: string, text: string): RecordedFile {
  // Some tools for Windows begin their files with a byte order mark.
  const content = text.replace(/^\uFEFF/, "");
  if (content.trim() === "") throw invalid(`The recording ${file} is empty.`, formHint);
  const recorded = /^\s*\{\s*"log"\s*:/.test(content) ? parseHar(file, content) : parseLines(file, content);
  if (recorded.entries.length > 0) return recorded;
  throw invalid(`The recording ${file} has no requests.`, formHint);
}

function parseHar(file: string, content: string): RecordedFile {
  const { value, isCutOff } = parseArchive(file, content);
  const har = harFile.safeParse(value);
  if (har.success) return { format: "har", entries: harEntries(har.data), isCutOff };
  throw invalid(`The recording ${file} is not a HAR file: ${issueIn(har.error)}.`, formHint);
}

/** A cut recording is read up to its last whole entry; without a whole entry it is refused, like any text that is not JSON. */
function parseArchive(
  file: string,
  content: string,
): { readonly value: JsonValue; readonly isCutOff: boolean } {
  try {
    const value: JsonValue = JSON.parse(content);
    return { value, isCutOff: false };
  } catch {
    const value = mendArchive(content);
    if (value !== undefined && (harFile.safeParse(value).data?.log.entries.length ?? 0) > 0) {
      return { value, isCutOff: true };
    }
    throw syntaxError(content, { file, line: 1, whole: "archive" });
  }
}

function parseLines(file: string, content: string): RecordedFile {
  const whole = mendLines(content);
  const isCutOff = whole !== undefined && endsTooEarly(content.slice(whole.length));
  const entries = entriesOfLines(file, isCutOff ? whole : content);
  return { format: "ndjson", entries, isCutOff };
}

function endsTooEarly(line: string): boolean {
  return line.trim() !== "" && !isWhole(line) && jsonFaultAt(line) >= line.trimEnd().length;
}

function entriesOfLines(file: string, content: string): readonly RecordedEntry[] {
  return content.split("\n").flatMap((text, index): readonly RecordedEntry[] => {
    if (text.trim() === "") return [];
    const line = index + 1;
    const parsed = traceLine.safeParse(parseText(text, { file, line, whole: "line" }));
    if (parsed.success) return [entryOfLine(parsed.data, line)];
    throw invalid(
      `The recording ${file} is not a trace: line ${line}, at ${issueIn(parsed.error)}.`,
      formHint,
    );
  });
}

interface Piece {
  readonly file: string;
  /** In which line of the file the text begins. */
  readonly line: number;
  readonly whole: "archive" | "line";
}

function parseText(text: string, piece: Piece): JsonValue {
  const value = parseJsonText(text);
  if (value !== undefined) return value;
  throw syntaxError(text, piece);
}

function syntaxError(text: string, { file, line, whole }: Piece): AppError {
  const at = jsonFaultAt(text);
  const before = text.slice(0, at).split("\n");
  const place = `${file}:${line + before.length - 1}:${(before.at(-1) ?? "").length + 1}`;
  if (at < text.trimEnd().length) {
    return invalid(`The recording is not JSON at ${place}.`, formHint);
  }
  if (isWhole(text)) {
    return invalid(`The recording nests deeper than ${maxJsonNesting} levels at ${place}.`, formHint);
  }
  const mend =
    whole === "line"
      ? `Remove line ${line} to replay the rest.`
      : "Replace the incomplete entry with ]}} to replay the rest.";
  return invalid(`The recording is incomplete: it ends at ${place}.`, mend);
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** `log.entries[3].request.url: expected string, received undefined`: the first thing that is wrong. */
function issueIn({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return "its format";
  const path = issue.path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`));
  const message = issue.message.replace(/^Invalid input: /, "").replace(/\.$/, "");
  return `${path.join("").replace(/^\./, "") || "its top level"}: ${message}`;
}

function invalid(message: string, hint: string): AppError {
  return new AppError("invalid-file", message, { hint });
}
