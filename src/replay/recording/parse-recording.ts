/** From the text of a recording to its entries, or to what is wrong with it and where. */

import type { z } from "zod";
import { AppError } from "../../ground/errors.ts";
import type { JsonValue } from "../../ground/json.ts";
import { maxJsonNesting, parseJsonText } from "../../wire/parse-json-text.ts";
import { harEntries, harFile } from "./har-file.ts";
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
  } catch (error) {
    const value = mendArchive(content);
    if (value !== undefined && (harFile.safeParse(value).data?.log.entries.length ?? 0) > 0) {
      return { value, isCutOff: true };
    }
    throw invalid(`The recording ${file} is not JSON${placeIn(content, error)}.`, formHint);
  }
}

/** Which line a parser complains of, where it tells. What it quotes of the text may hold a secret. */
function placeIn(text: string, error: unknown): string {
  const at = error instanceof SyntaxError ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  return at === undefined ? "" : ` at line ${text.slice(0, Number(at)).split("\n").length}`;
}

function parseLines(file: string, content: string): RecordedFile {
  const whole = mendLines(content);
  const isCutOff = whole !== undefined && !isJson(content.slice(whole.length));
  const entries = entriesOfLines(file, isCutOff ? whole : content);
  return { format: "ndjson", entries, isCutOff };
}

function entriesOfLines(file: string, content: string): readonly RecordedEntry[] {
  return content.split("\n").flatMap((text, index): readonly RecordedEntry[] => {
    if (text.trim() === "") return [];
    const line = index + 1;
    const parsed = traceLine.safeParse(parseLine(text, file, line));
    if (parsed.success) return [entryOfLine(parsed.data, line)];
    throw invalid(
      `The recording ${file} is not a trace: line ${line}, at ${issueIn(parsed.error)}.`,
      formHint,
    );
  });
}

function parseLine(text: string, file: string, line: number): JsonValue {
  const value = parseJsonText(text);
  if (value !== undefined) return value;
  const what = isJson(text) ? `nests deeper than ${maxJsonNesting} levels` : "is not JSON";
  throw invalid(`The recording ${file} ${what} at line ${line}.`, formHint);
}

function isJson(text: string): boolean {
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
