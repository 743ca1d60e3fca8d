/** One exchange as a file holds it, whatever the form of the file: nothing is left out yet. */

import { isJsonObject, type JsonValue } from "../../ground/json.ts";
import { parseJsonText } from "../../wire/parse-json-text.ts";

export type RecordedBody =
  | { readonly kind: "json"; readonly json: JsonValue }
  /** Something else than JSON, as a web page. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "none" }
  /** There was one, but the recording does not have it. */
  | { readonly kind: "not-recorded" };

export interface RecordedEntry {
  /** From 1: the line of an NDJSON file, the place in an archive's list of entries. */
  readonly number: number;
  /** Who sent it, where the recording tells. */
  readonly source: string | undefined;
  readonly method: string;
  /** Absolute in an archive; below the SCIM base URL in a trace. */
  readonly url: string;
  /** Milliseconds since 1970; undefined if it is unknown. */
  readonly startedAtMs: number | undefined;
  readonly requestHeaders: readonly (readonly [name: string, value: string])[];
  readonly requestBody: RecordedBody;
  /** Undefined where nothing came back. */
  readonly status: number | undefined;
  /** Names in lower case. */
  readonly answerHeaders: ReadonlyMap<string, string>;
  readonly answerBody: RecordedBody;
}

export interface RecordedFile {
  readonly format: "har" | "ndjson";
  readonly entries: readonly RecordedEntry[];
  /** Whether it ends within an entry, which is none of these. */
  readonly isCutOff: boolean;
}

/** The body that a text is. */
export function bodyOf(text: string): RecordedBody {
  if (text.trim() === "") return { kind: "none" };
  const json = parseJsonText(text);
  return json === undefined ? { kind: "text", text } : { kind: "json", json };
}

/** The members of a body that is a JSON object. */
export function objectIn(body: RecordedBody): JsonObjectOrUndefined {
  return body.kind === "json" && isJsonObject(body.json) ? body.json : undefined;
}

type JsonObjectOrUndefined = Extract<JsonValue, { readonly [name: string]: JsonValue }> | undefined;
