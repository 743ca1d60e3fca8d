/** `--input FILE` or `-`: the JSON body of a request. */

import { resolve } from "node:path";

import { fileProblem, readSmallFile } from "../../files/read-small-file.ts";
import { AppError, type FilePlace } from "../../ground/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { Io } from "../../world/io.ts";

const maxInputBytes = 10 * 1024 * 1024;

/**
 * The object in a file, or on standard input for `-`.
 * @throws AppError invalid-file, with the place where it is not JSON
 */
export async function readInput(io: Io, file: string): Promise<JsonObject> {
  const name = file === "-" ? "standard input" : file;
  const text = file === "-" ? await standardInput(io) : await textOf(io, file);
  const value = parsed(text, name);
  if (isJsonObject(value)) return value;
  throw new AppError("invalid-file", `${name} does not contain a JSON object.`, {
    hint: 'The body of a request is an object, such as {"name": "data-platform"}.',
  });
}

async function textOf(io: Io, file: string): Promise<string> {
  try {
    return await readSmallFile(io.disk, resolve(io.cwd, file), maxInputBytes, { pipe: "of the shell" });
  } catch (error) {
    throw new AppError("invalid-file", `The file ${file} can't be read: ${fileProblem(error)}.`, {
      cause: error,
    });
  }
}

async function standardInput({ stdin }: Io): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length > maxInputBytes) throw new AppError("invalid-file", "standard input is far too large.");
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string, name: string): JsonValue {
  try {
    const value: JsonValue = JSON.parse(text.replace(/^\uFEFF/, ""));
    return value;
  } catch (error) {
    const place = placeOf(error, text, name);
    throw new AppError("invalid-file", `${name} is not JSON${place === undefined ? whyNot(error) : ""}.`, {
      hint: "Nothing was sent.",
      ...(place === undefined ? {} : { place }),
    });
  }
}

/** `: unexpected token '}'`, where V8 does not name the position. */
function whyNot(error: unknown): string {
  const [, what] = /^Unexpected (token '[^']+')/.exec(error instanceof Error ? error.message : "") ?? [];
  return what === undefined ? "" : `: unexpected ${what}`;
}

/** V8 names the position in the text, or says that the text ended too early; of short texts it does neither. */
function placeOf(error: unknown, text: string, file: string): FilePlace | undefined {
  const message = error instanceof Error ? error.message : "";
  const [, position] = /position (\d+)/.exec(message) ?? [];
  const at =
    position === undefined ? (/end of JSON/.test(message) ? text.length : undefined) : Number(position);
  if (at === undefined) return undefined;
  const before = text.slice(0, at).split("\n");
  const line = text.split("\n")[before.length - 1] ?? "";
  const column = (before.at(-1) ?? "").length + 1;
  return { file, line: before.length, column, text: line.slice(0, 200) };
}
