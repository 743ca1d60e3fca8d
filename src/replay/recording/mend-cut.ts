/**
 * The whole entries of a recording that ends within its last one: its writer was killed in the middle of a write.
 * `--record` and `--trace` write an entry a line, so what stands before the last line is whole.
 */

import type { JsonValue } from "../../ground/json.ts";

/** The archive with the entries that are whole; undefined where there is none of that form. */
export function mendArchive(text: string): JsonValue | undefined {
  // Where only the end of the archive is missing, the last line is whole.
  return closed(text) ?? closed(withoutLastLine(text));
}

/** The lines before the last one; undefined where there are none, or the last one was ended. */
export function mendLines(text: string): string | undefined {
  const whole = withoutLastLine(text);
  return text.endsWith("\n") || whole.trim() === "" ? undefined : whole;
}

function withoutLastLine(text: string): string {
  return text.slice(0, text.lastIndexOf("\n") + 1);
}

/** With the comma gone that waits for another entry, and the brackets closed that stand around the entries. */
function closed(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(`${text.trimEnd().replace(/,$/, "")}]}}`);
    return value;
  } catch {
    return undefined;
  }
}
